"""The workflows of a folder as a graph: what starts what, whose code runs where, and with which rights.  Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).parents[2]
WORKFLOWS = REPOSITORY / ".github" / "workflows"

#: What happens by the hand of anybody at all, and then runs what they wrote.
PROPOSED = ("pull_request", "pull_request_target", "merge_group")


class NoWorkflow(Exception):
    """A file that cannot be read as a workflow; what is not understood is not trusted."""


class _Strict(yaml.BaseLoader):
    """Every scalar is text, so that “on” stays a word; a key that comes twice is refused, an alias too."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise NoWorkflow("an alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found = super().construct_mapping(node, deep=True)
        if len(found) != len(node.value):
            raise NoWorkflow("a key that comes twice")
        return found


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a workflow; ``raw`` is what the file says of it."""

    workflow: Workflow
    key: str
    raw: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.workflow.file}: {self.key}"

    @property
    def steps(self) -> list[dict[str, Any]]:
        steps = self.raw.get("steps", [])
        return steps if isinstance(steps, list) else []

    @property
    def needs(self) -> list[str]:
        found = self.raw.get("needs", [])
        return [found] if isinstance(found, str) else list(found)

    @property
    def rights(self) -> dict[str, str]:
        found = self.raw.get("permissions")
        return found if isinstance(found, dict) else {}

    @property
    def has_power(self) -> bool:
        """Say whether it holds something that is worth taking: a right to change, an identity, a secret."""
        return any(level != "read" for level in self.rights.values()) or "secrets." in str(self.raw) or "environment" in self.raw

    def condition(self) -> str:
        """Return all that must hold before it runs, with what must hold for those that it needs."""
        own = str(self.raw.get("if", ""))
        before = [self.workflow.jobs[one].condition() for one in self.needs if one in self.workflow.jobs]
        return " && ".join(one for one in (own, *before) if one)


@dataclass(frozen=True, slots=True)
class Workflow:
    """A file of workflows."""

    file: str
    text: str
    raw: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.raw.get("name", self.file))

    @property
    def triggers(self) -> dict[str, Any]:
        found = self.raw.get("on", {})
        if isinstance(found, str):
            return {found: ""}
        return dict.fromkeys(found, "") if isinstance(found, list) else found

    @property
    def jobs(self) -> dict[str, Job]:
        found = self.raw.get("jobs", {})
        return {key: Job(self, key, raw) for key, raw in found.items()} if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Graph:
    """All workflows, and which of them are reached from a proposal."""

    workflows: tuple[Workflow, ...]

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(job for one in self.workflows for job in one.jobs.values())

    def runs_proposals(self, workflow: Workflow) -> bool:
        """Say whether the code of a proposal runs there: it is started by one, or called by what is."""
        if any(one in workflow.triggers for one in PROPOSED):
            return True
        return any(self.runs_proposals(caller) for caller in self.callers(workflow) if caller is not workflow)

    def follows_proposals(self, workflow: Workflow) -> bool:
        """Say whether it is started by the end of a workflow that a stranger starts, however far back."""
        return self._follows(workflow, frozenset())

    def _follows(self, workflow: Workflow, seen: frozenset[str]) -> bool:
        if workflow.file in seen:
            return False
        after = workflow.triggers.get("workflow_run") or {}
        names = after.get("workflows", []) if isinstance(after, dict) else []
        before = [one for one in self.workflows if one.name in names]
        seen = seen | {workflow.file}
        return any(self.runs_proposals(one) or "issues" in one.triggers or self._follows(one, seen) for one in before)

    def callers(self, workflow: Workflow) -> Iterator[Workflow]:
        for one in self.workflows:
            if any(str(job.raw.get("uses", "")).endswith(f"/{workflow.file}") for job in one.jobs.values()):
                yield one


def read(files: dict[str, str]) -> Graph:
    """Return the graph of workflows from their texts, by the name of the file.

    Raises:
        NoWorkflow: one is none.
    """
    found = []
    for file, text in sorted(files.items()):
        try:
            raw = yaml.load(text, _Strict)  # noqa: S506 - a loader that makes texts alone
        except yaml.YAMLError as error:
            raise NoWorkflow(f"{file}: {error}") from error
        if not isinstance(raw, dict):
            raise NoWorkflow(f"{file}: no table")
        found.append(Workflow(file, text, raw))
    return Graph(tuple(found))


def texts(folder: Path = WORKFLOWS) -> dict[str, str]:
    """Return the workflows of a folder, by the name of the file."""
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()) if re.fullmatch(r".*\.ya?ml", file.name)}
