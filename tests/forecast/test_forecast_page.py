"""What docs/forecast.md shows is read as it says."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

from levelhead.doors.beside_files import read_events
from levelhead.doors.chain_files import read_chains

DOCS = Path(__file__).resolve().parents[2] / "docs"


def blocks():
    return re.findall(r"```csv\n(.*?)```", (DOCS / "forecast.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_event_file_and_the_chain_of_the_page_are_read(tmp_path):
    events, chain = blocks()
    (tmp_path / "events.csv").write_text(events)
    (tmp_path / "chain.csv").write_text(chain)
    assert read_events(tmp_path / "events.csv").kinds == ("CPI", "FOMC")
    (read,) = read_chains(tmp_path / "chain.csv")
    assert (read.quotes, read.smiles[0].sessions) == (7, 25)
    # call less put at 5500: 142.10 - 119.25 above the strike
    assert abs(read.smiles[0].forward - 5522.85) < 1e-9


def test_the_committee_met_eight_times_a_year():
    events = read_events(DOCS / "events_fomc.csv").events
    scheduled = Counter(event.date.year for event in events if event.announced is None)
    # in 2020 the meeting of 17 and 18 March was held on the 15th instead
    assert scheduled == {year: 8 - (year == 2020) for year in range(2008, 2026)}
    assert all(event.date.weekday() in (1, 2, 3) for event in events if event.announced is None)
    assert len(events) == 18 * 8 - 1 + 2


def test_consumer_prices_came_in_the_middle_of_a_month_and_once_on_a_day_named_late():
    events = read_events(DOCS / "events_cpi.csv").events
    scheduled = Counter(event.date.year for event in events if event.announced is None)
    # of 2010 January's is absent, of 2011 all but the first, and of 2025 what the closed offices moved or dropped
    assert scheduled == {2010: 11, 2011: 1, 2022: 11, 2023: 12, 2024: 12, 2025: 9}
    assert all(event.kind == "CPI" and event.date.weekday() < 5 and 10 <= event.date.day <= 19 for event in events[:-1])
    assert (events[-1].date, events[-1].announced) == (dt.date(2025, 10, 24), dt.date(2025, 10, 10))
