"""A note from a file whose last bar is not closed yet says so."""

from __future__ import annotations

import datetime as dt

import pytest
from made_market import run, write_made

from levelhead.doors import clock


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (dt.datetime(2025, 3, 14, 15, 0, tzinfo=dt.UTC), True),  # the session of 14 March closes at 17:00 New York, 21:00 UTC
        (dt.datetime(2025, 3, 14, 21, 30, tzinfo=dt.UTC), False),
    ],
)
def test_a_bar_that_is_still_forming_is_named(tmp_path, monkeypatch, now, said):
    monkeypatch.setattr(clock, "now", lambda: now)
    file = write_made(tmp_path, "rty.csv", last="2025-03-14", n=300, seed=5, price=2000.0)
    result = run("note", "RTY", "--bars", file, "--format", "md", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert ("the bar is still forming" in result.stderr) == said
    written = (tmp_path / "out" / "RTY-2025-03-14" / "note.md").read_text(encoding="utf-8")
    assert ("still forming" in written) == said
