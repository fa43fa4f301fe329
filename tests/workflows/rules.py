"""What has to hold in every workflow: each rule is a function from the graph to what breaks it, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.workflows.graph import Graph, Job

Rule = Callable[[Graph], Iterator[str]]

#: What may start a workflow.  Not `pull_request_target`, which runs with rights where a stranger proposes;
#: not `issue_comment`, where anybody's word would start something; nothing that is called from elsewhere.
TRIGGERS = {"pull_request", "merge_group", "push", "schedule", "workflow_dispatch", "workflow_run", "issues"}

#: The actions, each at the one commit that was looked at; another is another decision.
ACTIONS = {
    "actions/checkout": ("de0fac2e4500dabe0009e67214ff5f5447ce83dd", "v6.0.2"),
    "actions/setup-python": ("a309ff8b426b58ec0e2a45f0f869d46889d02405", "v6.2.0"),
    "actions/upload-artifact": ("043fb46d1a93c77aae656e7c1c64a875d1fc6a0a", "v7.0.1"),
    "actions/download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}

#: Every right that any job may have, and which jobs may have more than a look.
RIGHTS = {"actions", "contents", "deployments", "id-token", "issues", "pages", "pull-requests"}
WRITERS = {
    "comment.yml: comment": {"pull-requests"},
    "preview.yml: preview": {"pull-requests"},
    "publish.yml: deploy": {"pages", "id-token"},
    "publish.yml: keep": {"contents"},
    "letter.yml: draft": {"contents", "pull-requests"},
    "intake.yml: intake": {"contents", "issues", "pull-requests"},
}

#: Where each secret may be: in one environment that people guard.
SECRETS = {
    "HANDBILL_SERVICE": "letters",
    "HANDBILL_TOKEN": "letters",
    "HANDBILL_PREVIEW_REPOSITORY": "preview",
    "HANDBILL_PREVIEW_URL": "preview",
    "HANDBILL_PREVIEW_TOKEN": "preview",
}

#: Every expression and every condition of a job, as it is written.  The forge reads one in capitals, in brackets or behind a “!” as well,
#: and the rules below look for words.
EXPRESSIONS = {
    "github.event.pull_request.number",
    "github.event_name == 'pull_request' && 'HEAD^1' || github.event.merge_group.base_sha",
    "github.token",
    "inputs.digests",
    "inputs.letter",
    "matrix.python",
    "matrix.what",
    "runner.temp",
    "steps.deploy.outputs.page_url",
    "steps.due.outputs.due",
    *(f"secrets.{name}" for name in SECRETS),
}
CONDITIONS = {
    "!cancelled()",
    "!cancelled() && github.event_name == 'pull_request'",
    "github.event.issue.state == 'open'",
    "github.event.label.name == 'preview'",
    "github.event.workflow_run.event == 'pull_request'",
    "github.event_name == 'schedule' || github.event.workflow_run.conclusion == 'success'",
    "github.ref == 'refs/heads/main'",
    "inputs.what == 'draft' && github.ref == 'refs/heads/main'",
    "inputs.what == 'send' && github.ref == 'refs/heads/main'",
    "needs.due.outputs.due == 'true'",
}

#: What the machine itself provides to a step.
PROVIDED = {"GITHUB_EVENT_PATH", "RUNNER_TEMP"}

#: A step is one line of one program: words of plain signs, or a variable between quotes.
_WORD = r"(?:[\w./:@=-]+|\"(?:[\w./:@=-]|\$[A-Z_]+)+\")"
_RUN = re.compile(rf"python3 build\.py(?: {_WORD})*")
#: A script of our own, for whoever tries the program and holds nothing.
_SCRIPTS = {"ci.yml": ".ci/run", "nightly.yml": '.ci/nightly "$WHAT"'}
_USES = re.compile(r"^\s*(?:- )?uses:\s*(\S+?)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
#: What a stranger writes, or what names their code.
_STRANGE = re.compile(
    r"github\.(?:head_ref|event(?!_name|_path|\.workflow_run\.(?:event|conclusion)\b|\.issue\.state\b|\.label\.name\b|\.pull_request\.number\b|\.merge_group\.base_sha\b))|\binputs\."
)
_MOST_MINUTES = 60


def _reads(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with where it stands, such as ``steps.2.env.NAME``."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _reads(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _reads(one, f"{path}.{place}")
    else:
        yield path, str(value)


def triggers(graph: Graph) -> Iterator[str]:
    for one in graph.workflows:
        for name, how in one.triggers.items():
            if name not in TRIGGERS:
                yield f"{one.file}: is started by {name}"
            if name == "push" and (how or {}) != {"branches": ["main"]}:
                yield f"{one.file}: runs for pushes to other branches than main"
            if name == "workflow_run" and (not isinstance(how, dict) or how.get("types") != ["completed"] or not how.get("workflows")):
                yield f"{one.file}: does not say which workflow it follows, and when"
            if name == "workflow_run" and isinstance(how, dict):
                known = {other.name for other in graph.workflows}
                yield from (f"{one.file}: follows {name}, which does not exist" for name in how.get("workflows", []) if name not in known)
    for file in ("ci.yml", "check.yml"):
        for one in graph.workflows:
            if one.file == file and not {"pull_request", "merge_group"} <= set(one.triggers):
                yield f"{file}: does not run for proposals in the merge queue"


def nothing_by_default(graph: Graph) -> Iterator[str]:
    for one in graph.workflows:
        if one.raw.get("permissions") != {}:
            yield f"{one.file}: gives rights to all its jobs"
        if one.raw.get("env") or one.raw.get("defaults"):
            yield f"{one.file}: gives variables or a shell to all its jobs"


def least_rights(graph: Graph) -> Iterator[str]:
    for job in graph.jobs:
        rights = job.raw.get("permissions")
        if not isinstance(rights, dict):
            yield f"{job.name}: does not list its rights"
            continue
        for name, level in rights.items():
            if name not in RIGHTS or level not in ("read", "write"):
                yield f"{job.name}: has the right {name}: {level}"
            elif level == "write" and name not in WRITERS.get(job.name, set()):
                yield f"{job.name}: may write {name}"


def limits(graph: Graph) -> Iterator[str]:
    for one in graph.workflows:
        turn = one.raw.get("concurrency")
        if not isinstance(turn, dict) or not turn.get("group") or "cancel-in-progress" not in turn:
            yield f"{one.file}: does not say what runs at the same time"
        elif any(job.has_power for job in one.jobs.values()) and turn["cancel-in-progress"] != "false":
            yield f"{one.file}: may be broken off in the middle of a change"
    for job in graph.jobs:
        minutes = str(job.raw.get("timeout-minutes", ""))
        if not minutes.isdigit() or not 0 < int(minutes) <= _MOST_MINUTES:
            yield f"{job.name}: has no limit of time"


def machines(graph: Graph) -> Iterator[str]:
    for job in graph.jobs:
        if job.raw.get("runs-on") != "ubuntu-latest":
            yield f"{job.name}: runs on {job.raw.get('runs-on')}"
        for key in ("container", "services", "defaults", "continue-on-error"):
            if key in job.raw:
                yield f"{job.name}: has {key}"
        for step in job.steps:
            for key in ("shell", "working-directory", "continue-on-error"):
                if key in step:
                    yield f"{job.name}: a step has {key}"


def actions(graph: Graph) -> Iterator[str]:
    for one in graph.workflows:
        pinned = [found for line in one.text.splitlines() if (found := _USES.match(line))]
        used = [step["uses"] for job in one.jobs.values() for step in job.steps if "uses" in step]
        if sorted(f"{found[1]}@{found[2]}" for found in pinned) != sorted(used):
            yield f"{one.file}: an action is not named by commit and version"
        for found in pinned:
            if ACTIONS.get(found[1]) != (found[2], found[3]):
                yield f"{one.file}: uses {found[0].strip()}"
    for job in graph.jobs:
        if "uses" in job.raw:
            yield f"{job.name}: is a workflow from elsewhere"


def one_program(graph: Graph) -> Iterator[str]:
    for job in graph.jobs:
        for step in job.steps:
            if "run" not in step:
                continue
            line = str(step["run"])
            if line == _SCRIPTS.get(job.workflow.file):
                continue
            if not _RUN.fullmatch(line):
                yield f"{job.name}: runs “{line}”"
            known = {*PROVIDED, *job.raw.get("env", {}), *step.get("env", {})}
            yield from (f"{job.name}: nobody says what ${name} is" for name in re.findall(r"\$([A-Z_]+)", line) if name not in known)


def known_words(graph: Graph) -> Iterator[str]:
    """What an expression means is known of those that were looked at, and of no other."""
    for job in graph.jobs:
        for path, value in _reads(job.raw):
            if re.search(r"(?:^|\.)if$", path):
                plain = _EXPRESSION.sub(lambda found: found[1], value).strip()
                if plain not in CONDITIONS:
                    yield f"{job.name}: runs if {plain}"
            elif value.count("${{") != len(found := _EXPRESSION.findall(value)) or {one.strip() for one in found} - EXPRESSIONS:
                yield f"{job.name}: asks for {value} in {path}"


def texts_stay_texts(graph: Graph) -> Iterator[str]:
    """What somebody wrote reaches a program through a variable, and is never put into a line of it."""
    for job in graph.jobs:
        for path, value in _reads(job.raw):
            for expression in _EXPRESSION.findall(value):
                if re.search(r"\.run$", path):
                    yield f"{job.name}: an expression in a run"
                is_variable = re.fullmatch(r"(?:steps\.\d+\.)?env\.\w+", path) is not None
                if not is_variable and not re.search(r"(?:^|\.)if$", path) and _STRANGE.search(expression):
                    yield f"{job.name}: puts {expression.strip()} into {path}"
                if "toJSON" in expression or re.search(r"\bfromJSON\b", expression):
                    yield f"{job.name}: hands a whole context over"


def checkouts(graph: Graph) -> Iterator[str]:
    for job in graph.jobs:
        for step in job.steps:
            if not str(step.get("uses", "")).startswith("actions/checkout@"):
                continue
            given = step.get("with", {})
            if given.get("persist-credentials") != "false":
                yield f"{job.name}: leaves the token on the disk"
            yield from (f"{job.name}: checks out with {key}" for key in given if key not in ("persist-credentials", "fetch-depth", "lfs"))


def own_artifacts(graph: Graph) -> Iterator[str]:
    """An artifact is unpacked where it was made by the same run, of the default branch; every other is opened by our own program."""
    for job in graph.jobs:
        for step in job.steps:
            given = step.get("with", {})
            if str(step.get("uses", "")).startswith("actions/download-artifact@") and (
                graph.runs_proposals(job.workflow) or set(job.workflow.triggers) - {"push", "schedule", "workflow_dispatch"}
                or set(given) != {"name", "path"} or given["name"] not in _made(job)
            ):  # fmt: skip
                yield f"{job.name}: unpacks what others may have made"


def _made(job: Job) -> set[str]:
    """Return the names of the artifacts of the jobs that went before."""
    steps = [step for key in job.needs for step in job.workflow.jobs[key].steps]
    own = {step["with"]["name"] for step in steps if str(step.get("uses", "")).startswith("actions/upload-artifact@")}
    return own.union(*(_made(job.workflow.jobs[key]) for key in job.needs)) if job.needs else own


def no_caches(graph: Graph) -> Iterator[str]:
    for job in graph.jobs:
        for step in job.steps:
            if "cache" in str(step.get("uses", "")).lower() or any("cache" in key for key in step.get("with", {})):
                yield f"{job.name}: keeps or takes a cache"


def proposals_hold_nothing(graph: Graph) -> Iterator[str]:
    """Where a stranger's code runs there is nothing to take: no secret, no token, no right but to read, no environment."""
    for job in graph.jobs:
        if not graph.runs_proposals(job.workflow):
            continue
        if job.rights != {"contents": "read"}:
            yield f"{job.name}: runs a proposal's code with the rights {job.rights}"
        for path, value in _reads(job.raw):
            if re.search(r"\bsecrets\b|github\.token|\bgithub\s*\[", value):
                yield f"{job.name}: runs a proposal's code with a secret in {path}"
        if "environment" in job.raw:
            yield f"{job.name}: runs a proposal's code in an environment"


def what_follows_runs_no_proposal(graph: Graph) -> Iterator[str]:
    """What is started by a stranger, and has rights, runs the default branch alone and takes all else for data."""
    for job in graph.jobs:
        one = job.workflow
        if not (graph.follows_proposals(one) or "issues" in one.triggers):
            continue
        for step in job.steps:
            action = str(step.get("uses", "")).split("@")[0]
            if action and action not in ("actions/checkout", "actions/setup-python"):
                yield f"{job.name}: uses {action} beside a stranger's data"
            command = re.match(r"python3 build\.py (\w+)", str(step.get("run", "")))
            if "run" in step and (command is None or command[1] not in ("forge", "intake")):
                yield f"{job.name}: runs more than what reads a stranger's data"
        for path, value in _reads(job.raw):
            if "github.event" in value and path != "if":
                yield f"{job.name}: takes {path} from the event"
        if "workflow_run" in one.triggers and "github.event.workflow_run." not in job.condition():
            yield f"{job.name}: does not ask what it follows"


def secrets_are_guarded(graph: Graph) -> Iterator[str]:
    for job in graph.jobs:
        where = job.raw.get("environment")
        where = where.get("name") if isinstance(where, dict) else where
        for path, value in _reads(job.raw):
            for name in re.findall(r"\bsecrets\b(?:\.(\w+))?", value):
                if SECRETS.get(name) is None or SECRETS[name] != where:
                    yield f"{job.name}: has the secret {name or '(all)'} outside its environment"
                if not re.fullmatch(r"steps\.\d+\.env\.\w+", path):
                    yield f"{job.name}: gives a secret to {path}, wanted one step alone"
            if "github.token" in value and not re.fullmatch(r"steps\.\d+\.env\.GITHUB_TOKEN", path):
                yield f"{job.name}: gives the token to {path}, wanted one step alone"
        if "secrets" in job.raw:
            yield f"{job.name}: hands all secrets on"


def apart(graph: Graph) -> Iterator[str]:
    """Who puts the site up cannot send letters, who sends letters cannot change anything here; neither can be started from a branch."""
    for job in graph.jobs:
        puts_up = {"pages", "id-token"} & set(job.rights)
        sends = "HANDBILL_TOKEN" in str(job.raw) or job.raw.get("environment") == "letters"
        if puts_up and (any("run" in step for step in job.steps) or "secrets." in str(job.raw) or {"pages", "id-token"} != set(job.rights)):
            yield f"{job.name}: can put the site up, and more"
        if sends and job.rights != {"contents": "read"}:
            yield f"{job.name}: can send letters, and more"
        if sends and not any("--digests" in str(step.get("run", "")) for step in job.steps):
            yield f"{job.name}: sends without the digest that was approved"
        by_hand = "workflow_dispatch" in job.workflow.triggers
        if by_hand and job.has_power and "github.ref == 'refs/heads/main'" not in job.condition():
            yield f"{job.name}: can be started from another branch"
        if "||" in job.condition() and by_hand and job.has_power:
            yield f"{job.name}: can be started from another branch, by an “or”"


def required_checks_always_run(graph: Graph) -> Iterator[str]:
    """A job that is skipped counts as passed where it is required, so ci and check are never skipped as a whole."""
    for job in graph.jobs:
        if job.workflow.file in ("ci.yml", "check.yml"):
            if "if" in job.raw or "needs" in job.raw:
                yield f"{job.name}: can be skipped"
            narrowed = job.workflow.triggers.get("pull_request")
            if narrowed:
                yield f"{job.name}: runs for some proposals only"


RULES: tuple[Rule, ...] = (
    triggers, nothing_by_default, least_rights, limits, machines, actions, one_program, known_words, texts_stay_texts, checkouts,
    own_artifacts, no_caches, proposals_hold_nothing, what_follows_runs_no_proposal, secrets_are_guarded, apart, required_checks_always_run,
)  # fmt: skip


def broken(graph: Graph) -> list[str]:
    """Return everything that breaks a rule."""
    return [f"{rule.__name__}: {one}" for rule in RULES for one in rule(graph)]
