"""Small changes to a module, each of which its tests must notice.

``python -m tests.mutants outputs/mail/text.py tests/outputs/mail/test_text.py
…`` changes one thing at a time, runs the tests named, and lists the changes
that none of them noticed.  It forks, so it runs where processes can.
"""

from __future__ import annotations

import ast
import copy
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

SOURCE = Path(__file__).parents[1] / "src" / "handbill"

#: How long the tests may take with a change before they are taken to hang, in seconds.
PATIENCE = 60

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
    """Yield what does nothing when the program runs: docstrings, annotations, and what only type checkers read."""
    if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
        yield node.body[0]
        yield node.body[0].value  # type: ignore[attr-defined]
    for name in ("annotation", "returns"):
        if getattr(node, name, None):
            yield from ast.walk(getattr(node, name))
    if isinstance(node, ast.ImportFrom):
        yield from ast.walk(node)


def changed(tree: ast.Module, number: int) -> ast.Module:
    """Return a copy of a module with the change at that node."""
    other = copy.deepcopy(tree)
    node = next(one for at, one in enumerate(ast.walk(other)) if at == number)
    for _, act in changes(node):
        act()
    return ast.fix_missing_locations(other)


def is_noticed(tree: ast.Module, dotted: str, tests: list[str]) -> bool:
    """Say whether the tests fail, crash or hang when the module is *tree*."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        signal.alarm(PATIENCE)
        try:
            import pytest

            module = ModuleType(dotted)
            module.__file__ = str(SOURCE / f"{dotted.replace('.', '/')}.py")
            sys.modules[dotted] = module
            exec(compile(tree, "mutant", "exec"), module.__dict__)  # noqa: S102 - the module's own source
            setattr(importlib.import_module(dotted.rpartition(".")[0]), dotted.rpartition(".")[2], module)
            os._exit(int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", *tests])) != 0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] != 0


def main(path: str, tests: list[str]) -> int:
    """Print every change that the tests do not notice, and how many they do; return 1 below nine in ten."""
    tree = ast.parse((SOURCE / path).read_text(encoding="utf-8"))
    dotted = f"handbill.{path.removesuffix('.py').replace('/', '.')}"
    # What the module needs is imported once, before the processes part.
    for known in ("pytest", "hypothesis", "handbill.outputs.mail.compose", "tests.outputs.mail.letters"):
        importlib.import_module(known)
    for name in [one for one in sys.modules if one == dotted]:
        del sys.modules[name]
    assert not is_noticed(tree, dotted, tests), "the tests fail without any change"
    every = list(places(tree))
    lost = []
    for number, name in every:
        if not is_noticed(changed(tree, number), dotted, tests):
            lost.append(name)
            print(f"{path}:{name}", flush=True)  # noqa: T201
    noticed = 1 - len(lost) / len(every)
    print(f"{path}: {len(every) - len(lost)} of {len(every)} changes noticed, {noticed:.1%}")  # noqa: T201
    return int(noticed < 0.9)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
