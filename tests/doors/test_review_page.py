"""What docs/review.md tells a reader to type works, on a note and bars made for it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from made_market import run

from levelhead.config import house_from

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, flags=re.DOTALL)
NOTE = """E-mini Russell 2000 (RTY), 14 March 2025

| Scenario | Probability |
|---|---|
| Rally toward 9,500 | 60% |
| Breakdown below 1,000 | 40% |

Support at 1,000. Resistance at 9,500.
"""


@pytest.fixture
def desk(market, tmp_path, monkeypatch):
    shutil.copy(market / "rty.csv", tmp_path)
    (tmp_path / "theirs.txt").write_text(NOTE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEVELHEAD_LEDGER", str(tmp_path / "ledger.sqlite"))
    return tmp_path


def test_the_commands_run_in_the_order_of_the_page(desk):
    lines = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
    assert len(lines) == 5
    for line in lines:
        done = run(*shlex.split(line)[1:])
        assert done.exit_code in ((0, 1) if " check " in line else (0,)), f"{line}: {done.stderr}"
        assert done.stdout.strip(), line


def test_the_notebook_example_runs(desk):
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    exec(compile(code, "review.md", "exec"), {})


def test_the_house_file_example_is_read():
    import tomllib

    (text,) = [text for kind, text in BLOCKS if kind == "toml"]
    assert house_from(tomllib.loads(text), where="review.md").model.name == "llama3.1"
