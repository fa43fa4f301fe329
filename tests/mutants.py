"""Small changes to a module, each of which its tests must notice.

``python -m tests.mutants outputs/mail/text.py tests/outputs/mail/test_text.py
…`` changes one thing at a time, runs the tests named, and lists the changes
that none of them noticed.  What stands after a ``+`` among the tests runs for
those changes alone that the tests before it did not notice.  Without words it
does so for the modules of ``tests/guards.txt``, those by which a hub is safe.
It forks, so it runs where processes can.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import shlex
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from types import ModuleType

SOURCE = Path(__file__).parents[1] / "src" / "handbill"
GUARDS = Path(__file__).parent / "guards.txt"

#: How much longer the tests may take with a change than without before they are taken to hang, and how long in any case:
#: in seconds of the clock, and of the processor.
SLOWER, PATIENCE_S, PATIENCE_PROCESSOR_S = 5, 60, 4

_IMPORTED = "imported.json"

#: What must be noticed, of all changes to a module.
LEAST = 0.9

_COMPARED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield what can be changed at a node: a name for it, and the act."""
    if isinstance(node, ast.Compare):
        operator = type(node.ops[0])
        yield operator.__name__, lambda: node.ops.__setitem__(0, _COMPARED[operator]())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield other.__name__, lambda: setattr(node, "op", other())
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        other = ast.Sub if isinstance(node.op, ast.Add) else ast.Add
        yield other.__name__, lambda: setattr(node, "op", other())
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "not", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "no if", node.ifs.clear
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, str)):
        value = node.value
        other = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else "" if value else "XX"
        yield f"{value!r} → {other!r}", lambda: setattr(node, "value", other)
    elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Yield, ast.YieldFrom, ast.Call)):
        yield "left out", lambda: setattr(node, "value", ast.Constant(None))
    elif isinstance(node, ast.Return) and node.value and not (isinstance(node.value, ast.Constant) and not node.value.value):
        yield "return nothing", lambda: setattr(node, "value", ast.Constant(""))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args and not node.keywords:
        inner = node.func.value
        yield f"no {node.func.attr}", lambda: (setattr(node, "func", ast.Name("str", ast.Load())), node.args.append(inner), None)[-1]


def places(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield each change of a module as its number among the nodes, and the name of it with its line."""
    silent = {id(part) for node in ast.walk(tree) for part in _silent(node)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) not in silent:
            for name, _ in changes(node):
                yield number, f"{getattr(node, 'lineno', 0)}: {name}"


def _silent(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what does nothing when the program runs: docstrings, annotations, how a dataclass keeps its fields, and what only type checkers read."""
    if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
        yield node.body[0]
        yield node.body[0].value  # type: ignore[attr-defined]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in ("__all__", "TYPE_CHECKING"):
        yield from ast.walk(node.value)
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        yield from ast.walk(node)
    if isinstance(node, ast.ClassDef):
        for one in node.decorator_list:
            yield from ast.walk(one)
    for name in ("annotation", "returns"):
        if getattr(node, name, None):
            yield from ast.walk(getattr(node, name))
    if isinstance(node, ast.ImportFrom):
        yield from ast.walk(node)


def change(tree: ast.Module, number: int) -> None:
    """Change a module at the node of that number."""
    for _, act in changes(next(islice(ast.walk(tree), number, None))):
        act()
    ast.fix_missing_locations(tree)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed module to whoever imports it."""

    def __init__(self, dotted: str, tree: ast.Module) -> None:
        self._dotted, self._tree = dotted, tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self._dotted:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=str(_file_of(name)))

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(_file_of(self._dotted))
        exec(compile(self._tree, module.__file__, "exec"), module.__dict__)  # noqa: S102 - the module's own source


def _change_for_others(dotted: str, tree: ast.Module, folder: Path) -> None:
    """Let programs that the tests start import the changed module as well, from a new folder."""
    folder.mkdir()
    (folder / "changed.py").write_text(ast.unparse(tree), encoding="utf-8")
    (folder / "sitecustomize.py").write_text(_HOOK.format(file=str(folder / "changed.py"), dotted=dotted), encoding="utf-8")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


#: What Python runs before anything else: the changed file stands for the module.
_HOOK = """
import importlib.util, sys
class Changed:
    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_file_location(name, {file!r}) if name == {dotted!r} else None
sys.meta_path.insert(0, Changed())
"""


def _file_of(dotted: str) -> Path:
    return SOURCE.parent / f"{dotted.replace('.', '/')}.py"


def begun(tree: ast.Module, at: int | None, dotted: str, tests: Sequence[str], patience: tuple[float, float], room: Path) -> int:
    """Return the number of a process that runs the tests with the module changed at that node; they fail, crash or hang where it does not end with 0.

    *patience* is in seconds of the clock, for what waits, and of the processor,
    for what never ends.  Where nothing is changed, the names of all that was imported are left in the folder *room*.
    """
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    # Whatever the tests start ends with them.
    os.setsid()
    for sign, timer, patience_s in zip((signal.SIGALRM, signal.SIGPROF), (signal.ITIMER_REAL, signal.ITIMER_PROF), patience, strict=True):
        signal.signal(sign, lambda *_: os.killpg(0, signal.SIGKILL))
        signal.setitimer(timer, patience_s)
    try:
        import pytest

        sys.meta_path.insert(0, _Changed(dotted, tree))
        if at is not None:
            change(tree, at)
            _change_for_others(dotted, tree, room / str(os.getpid()))
        code = int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-W", "ignore", *tests]))
        if at is None:
            (room / _IMPORTED).write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")
        os._exit(code != 0)
    except BaseException:
        os._exit(1)


def _dependants(dotted: str) -> set[str]:
    """Return the modules that import one, also by way of others."""
    leads: dict[str, set[str]] = {}
    for file in SOURCE.rglob("*.py"):
        name = ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)
        found = leads.setdefault(name, set())
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
            elif isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
    met = {dotted}
    while more := {name for name, found in leads.items() if found & met} - met:
        met |= more
    return met


def _import_what_stays(names: Sequence[str], dotted: str) -> None:
    """Import what the tests import but for what could hold a part of the module: once, before the processes part."""
    changing = _dependants(dotted)
    for name in names:
        if not name.startswith(("tests", "conftest", "_pytest.")) and name not in changing:
            with suppress(Exception):
                importlib.import_module(name)


def unnoticed(path: str, tests: Sequence[str], same: Sequence[str] = (), jobs: int = os.cpu_count() or 1) -> tuple[list[str], int]:
    """Return the changes to a module that its tests do not notice, and how many were tried; in lines that hold one of *same*, none is."""
    source = (SOURCE / path).read_text(encoding="utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    idle = {number for number, line in enumerate(lines, 1) if any(one in line for one in same)}
    unused = [one for one in same if one not in source]
    if unused:
        raise SystemExit(f"{path}: has no {unused}")
    dotted = f"handbill.{path.removesuffix('.py').replace('/', '.')}"
    every = [(number, name) for number, name in places(tree) if int(name.partition(":")[0]) not in idle]
    steps = [list(group) for is_sign, group in groupby(tests, "+".__eq__) if not is_sign]
    waiting, running, lost = [(number, name, 0) for number, name in every], {}, []
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        patience = [_patience(path, tree, dotted, step, room, jobs) for step in steps]
        _import_what_stays(json.loads((room / _IMPORTED).read_text(encoding="utf-8")), dotted)
        while waiting or running:
            while waiting and len(running) < jobs:
                number, name, step = waiting.pop(0)
                running[begun(tree, number, dotted, steps[step], patience[step], room)] = number, name, step
            child, status = os.wait()
            number, name, step = running.pop(child, (0, "", 0))
            if name and status == 0 and step + 1 < len(steps):
                waiting.append((number, name, step + 1))
            elif name and status == 0:
                lost.append(name)
                print(f"{path}:{name}", flush=True)  # noqa: T201
    return lost, len(every)


def _patience(path: str, tree: ast.Module, dotted: str, tests: Sequence[str], room: Path, jobs: int) -> tuple[float, float]:
    """Return how long to wait for the tests, by the clock and by the processor, after a run of them without any change."""
    since = time.monotonic()
    _, status, used = os.wait4(begun(tree, None, dotted, tests, (3600, 3600), room), 0)
    if status:
        raise SystemExit(f"{path}: its tests fail without any change")
    waited_s, worked_s = time.monotonic() - since, used.ru_utime + used.ru_stime
    return max(PATIENCE_S, SLOWER * jobs * waited_s), max(PATIENCE_PROCESSOR_S, SLOWER * worked_s)


def guards() -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each module of ``guards.txt``, its tests, and pieces of those lines of it whose changes change nothing."""
    same: list[str] = []
    for line in reversed(GUARDS.read_text(encoding="utf-8").splitlines()):
        if line.startswith(" "):
            same.append(line.partition(" -- ")[0].strip())
        elif line and not line.startswith("#"):
            path, *words = shlex.split(line)
            yield path, [f"tests/{one}" if one.endswith(".py") else one for one in words], same
            same = []


def main(words: Sequence[str]) -> int:
    """Print every change that the tests do not notice, and how many they do; return 1 where it is less than nine in ten of a module.

    *words* are a module and its tests, or some modules of the guards, or none for all of these.
    """
    wanted = list(guards())
    if words and all(one in {path for path, *_ in wanted} for one in words):
        wanted = [one for one in wanted if one[0] in words]
    elif words:
        wanted = [(words[0], list(words[1:]), [])]
    is_below = False
    for path, tests, same in wanted:
        # In a process of its own, as what one module needs imported may be what another one changes.
        is_below |= bool(_apart(partial(_judged, path, tests, same)))
    return int(is_below)


def _judged(path: str, tests: Sequence[str], same: Sequence[str]) -> int:
    lost, tried = unnoticed(path, tests, same)
    noticed = 1 - len(lost) / tried
    print(f"{path}: {tried - len(lost)} of {tried} changes noticed, {noticed:.1%}", flush=True)  # noqa: T201
    return int(noticed < LEAST)


def _apart(act: Callable[[], int]) -> int:
    child = os.fork()
    if not child:
        code = 1
        try:
            code = act()
        except SystemExit as ended:
            print(ended, flush=True)  # noqa: T201
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
