"""The house rules that a machine can hold: who imports whom, who may know the clock, how long a file grows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "levelhead"

EVERY_ROOM = {
    "domain", "kernels", "claims", "wire", "market", "reading", "forecast", "desk", "ledger", "review", "evaluate", "render",
}  # fmt: skip
MAY_IMPORT = {
    "domain": set(),
    "kernels": set(),
    "claims": {"domain", "kernels"},
    "wire": {"domain"},
    "market": {"domain", "kernels"},
    "reading": {"domain", "kernels"},
    "forecast": {"domain", "kernels", "claims", "reading"},
    "desk": {"domain", "kernels", "claims", "reading", "forecast"},
    "ledger": {"domain", "kernels", "claims", "wire"},
    "review": {"domain", "kernels", "claims", "wire", "reading"},
    "evaluate": {"domain", "kernels", "claims", "wire", "reading", "forecast", "desk", "ledger"},
    "render": {"domain", "wire"},
    "doors": EVERY_ROOM | {"config", "__init__"},
    "config": EVERY_ROOM,
    "__init__": EVERY_ROOM | {"doors", "config"},
    "__main__": {"doors"},
}
FRAME_LIBRARIES = {"pandas", "polars", "pyarrow"}
# What a process start must not pay for.
HEAVY = {
    "duckdb",
    "matplotlib",
    "jinja2",
    "pydantic",
    "scipy",
    "numba",
    "arch",
    "sklearn",
    "httpx2",
    "stamina",
    "yfinance",
    "fsspec",
}
SOURCES = sorted(SOURCE.rglob("*.py"))
PYTHON = sorted(p for folder in ("src", "tests", "benchmarks", "scripts") for p in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def room_of(path: Path) -> str:
    inside = path.relative_to(SOURCE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(node: ast.AST) -> Iterator[str]:
    """Dotted names of the modules that the import statements under `node` name, at any depth."""
    for part in ast.walk(node):
        if isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            assert part.level == 0, "imports are absolute"
            yield part.module or ""
            yield from (f"{part.module}.{alias.name}" for alias in part.names)


def rooms_imported(path: Path) -> set[str]:
    names = (name.split(".") for name in imported(tree(path)))
    return {parts[1] for parts in names if parts[0] == "levelhead" and len(parts) > 1} & (EVERY_ROOM | {"doors", "config"})


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_a_room_imports_only_what_the_table_allows(path):
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is no room of the design"
    assert rooms_imported(path) - {room} <= MAY_IMPORT[room]


def test_the_table_would_catch_a_lazy_import(tmp_path):
    lazy = tmp_path / "lazy.py"
    lazy.write_text("def f():\n    from levelhead.desk.compose import compose_note\n    return compose_note\n")
    assert rooms_imported(lazy) == {"desk"}


def test_the_contracts_of_the_linter_say_the_same_as_the_table():
    import tomllib

    linted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for contract in linted[:-1]:
        room = contract["source_modules"][0].removeprefix("levelhead.")
        forbidden = {m.removeprefix("levelhead.") for m in contract["forbidden_modules"]}
        present = {p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").exists()} | {"config"}
        assert forbidden == present - {room} - MAY_IMPORT[room], contract["name"]


@pytest.mark.parametrize("path", PYTHON, ids=short)
def test_no_file_grows_past_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_no_frame_library_is_imported_by_us(path):
    assert not {name.split(".")[0] for name in imported(tree(path))} & FRAME_LIBRARIES


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_heavy_libraries_are_imported_where_they_are_used(path):
    top = {name.split(".")[0] for statement in tree(path).body for name in imported_at_start(statement)}
    assert not top & HEAVY


def imported_at_start(statement: ast.stmt) -> Iterator[str]:
    """Imports that run when the module is loaded: not those inside functions, nor those for type checkers only."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
        return
    if isinstance(statement, ast.Import | ast.ImportFrom):
        yield from imported(statement)
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            yield from imported_at_start(child)


CLOCK = re.compile(
    r"^(((dt|datetime)\.)?(datetime|date)\.(now|utcnow|today)"
    r"|time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|localtime|gmtime|strftime))$"
)
SURROUNDINGS = re.compile(r"^(os\.(environ|getenv|getcwd)|sys\.argv|getpass\..*|socket\..*|platform\..*|locale\..*)")
GLOBAL_RANDOM = re.compile(
    r"^(random\.\w+|(np|numpy)\.random\.(?!Generator|default_rng|SeedSequence|PCG64|Philox|SFC64|BitGenerator)\w+)$"
)
ALLOWED_TO_KNOW = {"doors", "__init__", "__main__"}


def reaches_outside(module: ast.AST) -> set[str]:
    """Expressions under `module` that read the clock, the surroundings of the process or a global random generator."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            text = ast.unparse(node)
            if CLOCK.match(text) or SURROUNDINGS.match(text) or GLOBAL_RANDOM.match(text):
                found.add(text)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("default_rng") and not node.args and not node.keywords:
            found.add(ast.unparse(node))
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {n for n in imported(node) if n.split(".")[0] in {"random", "secrets", "time"}}
    return found


@pytest.mark.parametrize("path", [p for p in SOURCES if room_of(p) not in ALLOWED_TO_KNOW], ids=short)
def test_nothing_below_the_doors_knows_the_clock_the_environment_or_global_chance(path):
    assert reaches_outside(tree(path)) == set()


@pytest.mark.parametrize(
    "line",
    [
        "dt.datetime.now()",
        "dt.date.today()",
        "time.time()",
        "os.environ['X']",
        "np.random.normal()",
        "np.random.default_rng()",
        "import random",
    ],
)
def test_the_search_finds_each_way_to_the_outside(line):
    assert reaches_outside(ast.parse(line))


def test_the_search_lets_a_seeded_generator_pass():
    assert not reaches_outside(ast.parse("np.random.default_rng(seed); np.random.Generator(np.random.PCG64(3))"))


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_everything_public_says_what_it_is(path):
    assert ast.get_docstring(tree(path)), "the file"
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            overload = any("overload" in ast.unparse(d) for d in getattr(node, "decorator_list", []))
            assert overload or ast.get_docstring(node), node.name


def test_each_room_has_a_signpost():
    for room in SOURCE.iterdir():
        if room.is_dir() and room.name != "__pycache__":
            doc = ast.get_docstring(tree(room / "__init__.py")) or ""
            assert len(doc) > 40, f"{room.name}/__init__.py says what the room is for and what it may import"


# Spelled in two halves, so that this file does not hold them.
LEFT_OPEN = re.compile("|".join(["TO" + "DO", "FIX" + "ME", r"\bX" + r"XX\b", r"issue #?" + r"\d", "/wo" + "rk/"]))


@pytest.mark.parametrize("path", [*PYTHON, *ROOT.glob("*.md"), ROOT / "Makefile", *(ROOT / "docs").glob("*.md")], ids=short)
def test_nothing_is_left_open_in_the_text(path):
    assert not LEFT_OPEN.findall(path.read_text(encoding="utf-8"))
