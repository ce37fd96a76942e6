"""What docs/context.md shows is read as it says."""

import re
from pathlib import Path

from levelhead.doors.beside_files import read_beside
from levelhead.doors.context_files import read_positions
from levelhead.doors.context_options import context_options
from levelhead.market.universe import read_universe

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "context.md").read_text(encoding="utf-8")


def test_the_universe_and_the_reports_of_the_page_are_read(tmp_path):
    stocks, reports = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "stocks.csv").write_text(stocks)
    found = read_universe(tmp_path / "stocks.csv")
    assert (found.symbols, found.close.tolist(), found.high[0]) == (("A", "B"), [131.2, 129.84, 54.1], 132.05)
    (tmp_path / "cot.csv").write_text(f"{reports}2025-03-04,2025-03-07,10,25,100\n")
    assert (read_positions(tmp_path / "cot.csv").long - read_positions(tmp_path / "cot.csv").short).tolist() == [-15]


def test_the_shipped_event_files_are_one_schedule():
    events = read_beside(events=[DOCS / "events_fomc.csv", DOCS / "events_cpi.csv"]).events
    assert events is not None
    assert events.kinds == ("CPI", "FOMC")
    assert events.name == "events_fomc.csv, events_cpi.csv"
    twice = read_beside(events=[DOCS / "events_cpi.csv", DOCS / "events_cpi.csv"]).events
    assert twice is not None
    assert len(twice.events) == 57


def test_each_option_stands_in_the_table():
    import click

    @context_options
    def command(**given):
        raise NotImplementedError

    names = [option.opts[0] for option in click.command()(command).params]
    assert sorted(names) == ["--breadth", "--cot", "--credit"]
    assert all(f"| `{name} " in PAGE for name in names)
