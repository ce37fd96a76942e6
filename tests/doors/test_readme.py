"""What the README tells a newcomer to type works, on bars made for it."""

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from made_market import run

from levelhead.config import house_from
from levelhead.kernels.compiled import compiled_kernels, runs_compiled

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
LINES = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("levelhead ")]


@pytest.fixture(scope="module")
def desk(market, tmp_path_factory):
    """A folder as the reader has it: rty.csv, es.csv, nq.csv."""
    folder = tmp_path_factory.mktemp("reader")
    for file in market.iterdir():
        shutil.copy(file, folder)
    return folder


def test_the_two_commands_are_targets_of_make():
    targets = [line.removeprefix("make ") for line in LINES if line.startswith("make ")]
    assert targets == ["note", "test"]
    for target in targets:
        plan = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert {"note": "levelhead note IXIC --source sample --peer SPX", "test": "-m pytest"}[target] in plan


def test_every_line_for_a_shell_is_one_that_is_tested():
    others = [line for line in LINES if line not in COMMANDS and not line.startswith("make ")]
    assert others == [". .venv/bin/activate"]
    assert len(COMMANDS) == 15


def test_the_commands_run_in_the_order_of_the_page(desk, monkeypatch):
    monkeypatch.chdir(desk)
    for line in COMMANDS:
        result = run(*shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}: {result.stderr}"
        assert result.stdout.strip(), line
    assert {p.name for p in (desk / "notes" / "RTY-2025-03-14").iterdir()} >= {"note.md", "note.html", "levels.csv", "levels.pine"}


def test_the_notebook_example_runs(desk, monkeypatch):
    monkeypatch.chdir(desk)
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    names: dict[str, object] = {}
    page = code.replace("lh.Note.from_json(note.to_json()) == note", "same = lh.Note.from_json(note.to_json()) == note")
    with compiled_kernels(runs_compiled()):  # what the page asks for ends with it
        exec(compile(page, "README", "exec"), names)
    assert names["same"] is True
    assert names["note"].name == "RTY-2025-03-13"


def test_the_house_file_example_is_understood():
    (text,) = [text for kind, text in BLOCKS if kind == "toml"]
    house = house_from(tomllib.loads(text), where="README")
    assert (house.house.desk, house.account.risk, house.settings.most_plans) == ("North Desk", 0.005, 2)
    from levelhead.market.instruments import find_instrument

    assert find_instrument("ZZZ", extra=house.instruments).tick == 0.5


def test_what_the_page_points_to_exists():
    for place in re.findall(r"\]\(((?!https?:)[^)#]+)\)", README):
        assert (ROOT / place).exists(), place


def test_the_command_reference_is_what_the_commands_say():
    import importlib.util

    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == module.commands(), "run make docs"


def test_ci_runs_what_make_check_runs():
    assert "exec make --no-print-directory check" in (ROOT / ".ci" / "run").read_text()
    (check,) = re.findall(r"^check: ([a-z -]+)", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert check.split() == ["format-check", "lint", "types", "contracts", "test"]
