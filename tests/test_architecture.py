"""The house rules that a machine can check; each fault is named with its file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "knowledge": ("knowledge",),
    "bot": ("bot",),
    "nlu": ("nlu",),
    "actions": ("actions", "knowledge", "bot.message"),
    "api": ("api", "actions", "knowledge", "bot", "nlu"),
}
"""Our packages that each package may import; nothing points back."""
LONGEST = 300
NEVER_COLLECTED = {"build", "dist", "venv", "node_modules"}
SENTENCE = re.compile("[\u4e00-\u9fff][。！？；，：”]|[。！？；，：“][\u4e00-\u9fff]|[\u4e00-\u9fff]{6}")
"""What only stands in text for people; short words by which messages are recognised may stand in code."""

FILES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {module_of(path): path for path in FILES}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> list[tuple[int, str]]:
    """Every import of ours with its line and the module that it takes: `from bot import message` takes bot.message."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, one.name) for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: relative import"
            inner = {one.name: f"{node.module}.{one.name}" for one in node.names}
            found += [(node.lineno, inner[one] if inner[one] in MODULES else str(node.module)) for one in inner]
    return [(line, name) for line, name in found if name.split(".")[0] in MAY_IMPORT]


def is_within(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in allowed)


def public_without_docstring(path: Path) -> Iterator[str]:
    """The module, its public classes and functions, and the public methods of these classes."""
    module = tree_of(path)
    if module.body and not ast.get_docstring(module):
        yield f"{name_of(path)}: the module"
    outer = [node for node in module.body if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    public = [node for node in outer if not node.name.startswith("_")]
    inner = [one for node in public if isinstance(node, ast.ClassDef) for one in node.body]
    methods = [one for one in inner if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in (*public, *(one for one in methods if not one.name.startswith("_"))):
        if not ast.get_docstring(node):
            yield f"{name_of(path)}:{node.lineno}: {node.name}"


def sentences_of(path: Path) -> list[str]:
    """Chinese sentences in literals; docstrings and other strings that stand for themselves are comments."""
    said = {id(node.value) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Expr)}
    literals = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant) and id(node) not in said]
    return [
        f"{name_of(path)}:{node.lineno}: {node.value}"
        for node in literals
        if isinstance(node.value, str) and SENTENCE.search(node.value)
    ]


def cases_in(path: Path) -> list[str]:
    names = [node.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [name for name in names if name.startswith("test_")]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_package_imports_only_what_lies_below_it(path: Path) -> None:
    allowed = MAY_IMPORT[module_of(path).split(".")[0]]
    wrong = [f"{name_of(path)}:{line}: {name}" for line, name in imports_of(path) if not is_within(name, allowed)]

    assert wrong == [], f"may import only: {', '.join(allowed)}"


def test_only_the_rasa_runtime_reads_what_is_written_for_it() -> None:
    outside = [path for path in FILES if not is_within(module_of(path), ("bot.rasa", "nlu"))]
    wrong = [
        f"{name_of(path)}:{line}: {name}"
        for path in outside
        for line, name in imports_of(path)
        if is_within(name, ("bot.rasa", "nlu"))
    ]

    assert wrong == [], "bot/rasa and nlu run on another Python with other libraries"


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: {name for _, name in imports_of(path)} - {module} for module, path in MODULES.items()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"imports go round in a circle: {' <- '.join(error.args[1])}")


def test_every_file_with_tests_is_one_that_pytest_collects() -> None:
    unseen = [
        name_of(path)
        for path in TESTS
        if cases_in(path)
        and (not path.name.startswith("test_") or {part.lstrip(".") for part in path.parts} & NEVER_COLLECTED)
    ]

    assert unseen == [], "tests stand in files named test_*.py"


def test_every_file_named_like_a_test_has_tests() -> None:
    assert [name_of(path) for path in TESTS if path.name.startswith("test_") and not cases_in(path)] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_is_public_says_what_it_does(path: Path) -> None:
    assert list(public_without_docstring(path)) == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "path", [path for path in FILES if module_of(path).split(".")[0] in ("actions", "api")], ids=name_of
)
def test_what_people_read_stands_in_the_data_and_not_in_code(path: Path) -> None:
    assert sentences_of(path) == []


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_every_package_is_looked_at(package: str) -> None:
    assert any(module.startswith(f"{package}.") for module in MODULES)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import api.main", ["api.main"]),
        ("from bot import message", ["bot.message"]),
        ("from bot.message import Reply", ["bot.message"]),
        ("def f():\n    from knowledge import model, check", ["knowledge.model", "knowledge.check"]),
        ("import json\nfrom botany import plants", []),
    ],
)
def test_imports_are_recognised_however_they_are_written(tmp_path: Path, source: str, found: list[str]) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")

    assert [name for _, name in imports_of(path)] == found


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('reply = "您的申请已经提交"', 1),
        ('reply = f"{name}，您好"', 1),
        ('word = "是什么"', 0),
        ('"""说明：这里写着一句中文。"""', 0),
    ],
)
def test_sentences_are_told_from_words_and_comments(
    tmp_path: Path, source: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")

    assert len(sentences_of(path)) == count
