"""Every command in other timeframes: the words, the names, the pivots' period, and that nothing is known too early."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import numpy as np
import pytest
from cut_bars import rows_of
from made_market import run, write_made

from levelhead.domain.bars import Bars
from levelhead.doors.clock import standing_of
from levelhead.doors.face import compose_note, read_bars
from levelhead.market.hours import with_trade_dates
from levelhead.market.instruments import find_instrument
from levelhead.market.resampling import resample
from levelhead.market.sessions import session_table
from levelhead.reading.recompute import recompute
from levelhead.render.literals import literal_digits, texts
from levelhead.render.markdown import to_markdown
from levelhead.wire.document import from_json, to_document, to_json

# Words of daily bars, which a note of other bars must not say of itself. Its calendar may speak of sessions and days.
DAILY_WORDS = re.compile(r"\b(\d+-day|[Dd]aily(?! pivot)|start days|sessions?)\b")


@pytest.fixture(scope="module")
def long_market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """rty.csv and es.csv: 1,900 made days to Friday 2025-03-14, 380 weeks."""
    folder = tmp_path_factory.mktemp("long")
    write_made(folder, "rty.csv", last="2025-03-14", n=1900, seed=3, price=2040.0)
    write_made(folder, "es.csv", last="2025-03-14", n=1900, seed=4, price=5600.0)
    return folder


@pytest.fixture(scope="module")
def half_hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """es.csv: made half-hours of every session from 2025-01-06 to 2025-03-14, over the change of clocks on March 9th."""
    table = session_table("CME_EQUITY")
    assert table is not None
    rows = np.searchsorted(table.dates, table.between(dt.date(2025, 1, 6), dt.date(2025, 3, 14)))
    times = np.concatenate([np.arange(table.opens[i], table.closes[i], np.timedelta64(30, "m")) for i in rows])
    rng = np.random.default_rng(8)
    close = np.round(4 * (5900 + np.cumsum(rng.normal(0, 4, len(times))))) / 4
    start = np.concatenate([close[:1], close[:-1]])
    high, low = np.maximum(start, close) + 1.5, np.minimum(start, close) - 1.25
    lines = [f"{t}:00Z,{o},{h},{lo},{c},100" for t, o, h, lo, c in zip(times, start, high, low, close, strict=True)]
    file = tmp_path_factory.mktemp("half") / "es.csv"
    file.write_text("\n".join(["time,open,high,low,close,volume", *lines]) + "\n", encoding="utf-8")
    return file


def note_json(*arguments: object) -> dict:
    result = run("note", *arguments, "--format", "json", "--out", "-")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def said(document: dict) -> list[str]:
    """What a note says of its own bars: its texts, what its facts mean, its labels; not the block about the calendar."""
    of_the_calendar = set(document["morning"])
    meanings = [
        entry["meaning"]
        for part in ("facts", "estimates")
        for name, entry in document[part].items()
        if not name.startswith(("expiry", "calendar", "this_", "prior_", "high_52w", "low_52w"))
    ]
    rules = [claim["rule"] for claim in document["claims"]]
    return [*(t for t in texts(document) if t not in of_the_calendar), *meanings, *rules, document["provenance"]["model"]]


def without_references(text: str) -> str:
    return re.sub(r"\{[^{}]*\}", "", text)


@pytest.mark.parametrize(("timeframe", "noun", "pivots"), [("1w", "week", "pivot_year"), ("1mo", "month", "pivot_year")])
def test_a_weekly_or_monthly_note_speaks_of_its_own_bars(timeframe, noun, pivots, long_market):
    document = note_json("RTY", "--bars", long_market / "rty.csv", "--timeframe", timeframe)
    assert document["facts"]["sma_50"]["meaning"] == f"50-{noun} simple moving average"
    assert f"{pivots}_traditional.p" in document["facts"]
    assert not any(name.startswith("pivot_month") for name in document["facts"])
    assert [text for text in said(document) if DAILY_WORDS.search(without_references(text))] == []
    assert literal_digits(document) == []


def test_the_weekly_page_and_text_say_bars_and_weeks(long_market):
    document = note_json("RTY", "--bars", long_market / "rty.csv", "--peer", f"ES={long_market / 'es.csv'}", "--timeframe", "1w")
    page = to_markdown(document)
    assert "weekly bars · replayed" in page
    assert "Weekly chart of RTY" in page
    assert "The horizon is 12 bars." in page
    assert "earlier starts of RTY" in page
    assert "50-week" in page
    body = page.partition("## Key levels")[2].partition("## Provenance")[0]
    assert DAILY_WORDS.findall(body) == []
    assert any("fitted to bars of whole trade dates" in sentence for sentence in document["provenance"]["not_yet_known"])


def test_a_week_under_way_is_provisional_and_its_folder_is_its_own(long_market, tmp_path):
    for more in ((), ("--timeframe", "1w")):
        result = run(
            "note",
            "RTY",
            "--bars",
            long_market / "rty.csv",
            "--as-of",
            "2025-03-12",
            "--format",
            "json,md",
            "--out",
            tmp_path,
            *more,
        )
        assert result.exit_code == 0, result.stderr
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["RTY-1w-2025-03-12", "RTY-2025-03-12"]
    document = json.loads((tmp_path / "RTY-1w-2025-03-12" / "note.json").read_text())
    days = read_bars(long_market / "rty.csv", "RTY").until(dt.date(2025, 3, 12))
    assert document["provenance"]["provisional"]["price"] == days.last == document["facts"]["last"]["value"]
    assert document["series"]["high"][-1] == days.high[-3:].max()  # Monday the 10th to Wednesday the 12th
    assert "week of Wednesday 12 March not closed" in (tmp_path / "RTY-1w-2025-03-12" / "note.md").read_text()
    again = run("explain", tmp_path / "RTY-1w-2025-03-12", "sma_50", "--bars", long_market / "rty.csv")
    assert again.stdout.rstrip().endswith("as the note has it.")
    other = run("explain", tmp_path / "RTY-1w-2025-03-12", "sma_50", "--bars", long_market / "rty.csv", "--timeframe", "1mo")
    assert (other.exit_code, "was written on 1w bars; leave --timeframe 1mo out" in other.stderr) == (2, True)


def test_asking_daily_bars_for_daily_ones_changes_no_byte(long_market):
    plain = run("note", "RTY", "--bars", long_market / "rty.csv", "--format", "json", "--out", "-")
    asked = run("note", "RTY", "--bars", long_market / "rty.csv", "--format", "json", "--out", "-", "--timeframe", "1d")
    assert plain.stdout == asked.stdout


@pytest.mark.parametrize(("timeframe", "pivots"), [("30m", "pivot_week"), ("4h", "pivot_week")])
def test_an_intraday_note_keeps_its_moments_and_recomputes(timeframe, pivots, half_hours):
    note = compose_note(read_bars(half_hours, "ES"), timeframe=timeframe)
    document = to_document(note)
    assert f"{pivots}_traditional.p" in note.facts
    assert note.as_of == dt.date(2025, 3, 14)
    assert isinstance(note.facts["all_time_high"].date, dt.datetime)
    assert [text for text in said(_of_own_bars(document)) if DAILY_WORDS.search(without_references(text))] == []
    assert literal_digits(document) == []
    assert " UTC" in to_markdown(document)
    text = to_json(note)
    assert to_json(from_json(text)) == text  # a bar that starts at midnight is no date
    bars = resample(read_bars(half_hours, "ES"), timeframe)
    numeric = [name for name, fact in note.facts.items() if isinstance(fact.value, float)]
    assert len(numeric) > 80
    for name in numeric:
        assert recompute(name, note.facts, bars, {}) == pytest.approx(note.facts[name].value, rel=1e-9, abs=1e-9), name


def _of_own_bars(document):
    """The note without what it says of longer bars, whose days are days."""
    facts = {name: fact for name, fact in document["facts"].items() if not name.startswith("timeframe.")}
    return {**document, "facts": facts, "sections": [each for each in document["sections"] if each["name"] != "timeframes"]}


def test_fifteen_minutes_have_the_pivots_of_the_day_before():
    bars = _quarters()
    note = compose_note(bars)
    before = bars.dates == np.datetime64("2025-03-13")
    h, lo, c = bars.high[before].max(), bars.low[before].min(), bars.close[before][-1]
    assert note.facts["pivot_day_traditional.p"].value == pytest.approx((h + lo + c) / 3)
    assert (note.facts["prior_day.high"].value, note.facts["prior_day.low"].value) == (h, lo)
    assert any("does not know the hours" in sentence for sentence in note.provenance.not_yet_known)


def test_prices_are_said_in_bars(long_market, half_hours):
    weekly = run("price", "RTY", "touch +1 ATR within 8 sessions", "--bars", long_market / "rty.csv", "--timeframe", "1w")
    assert weekly.exit_code == 0, weekly.stderr
    assert "The high or low of a weekly bar at or beyond the price decides" in weekly.stdout
    assert "On 1w bars: each session of this claim is one 1w bar, not a day." in weekly.stdout
    hourly = run("price", "ES", "touch +1 ATR within 8 sessions", "--bars", half_hours, "--timeframe", "1h", "--hours", "rth")
    assert "The high or low of a 1-hour bar" in hourly.stdout


def test_what_cannot_be_made_is_refused_in_one_sentence(long_market, half_hours):
    for arguments, sentence in (
        (("--bars", long_market / "rty.csv", "--timeframe", "1h"), "has 1d bars, of which 1h bars cannot be made"),
        (("--bars", half_hours, "--timeframe", "15m"), "has 30m bars, of which 15m bars cannot be made"),
        (("--bars", long_market / "rty.csv", "--hours", "rth"), "regular hours can be cut from intraday bars only"),
        (("--bars", half_hours, "--timeframe", "yearly"), "'yearly' is no timeframe; give one of 1m, 5m, 15m"),
        (("--bars", half_hours, "--zone", "Wall Street"), "'Wall Street' is no time zone"),
    ):
        result = run("note", "RTY", *arguments)
        assert (result.exit_code, result.stderr.count("levelhead: ")) == (2, 1), result.stderr
        assert sentence in result.stderr


@pytest.mark.parametrize("timeframe", ["1w", "1mo"])
def test_notes_of_longer_bars_do_not_repaint(timeframe, long_market):
    result = run("repaint", "RTY", "--bars", long_market / "rty.csv", "--timeframe", timeframe, "--every", "211")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "each written on three futures: identical" in result.stdout


@pytest.mark.parametrize("timeframe", ["30m", "4h", "1d", "1w"])
def test_notes_made_of_intraday_bars_do_not_repaint(timeframe, half_hours):
    result = run("repaint", "ES", "--bars", half_hours, "--timeframe", timeframe, "--every", "13")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "each written on three futures: identical" in result.stdout


def test_an_intraday_note_is_live_until_its_last_bar_ends_or_the_next_session_opens(half_hours):
    bars, table = read_bars(half_hours, "ES"), session_table("CME_EQUITY")
    cut = with_trade_dates(rows_of(bars, slice(0, len(bars) - 4)))  # ends at 19:00 UTC, two hours before the close
    assert standing_of(cut, table, dt.datetime(2025, 3, 14, 18, 59, tzinfo=dt.UTC)) == "live"
    assert standing_of(cut, table, dt.datetime(2025, 3, 14, 19, 0, tzinfo=dt.UTC)) == "replayed"
    # the last bar ends with Friday's session; the next opens on Sunday at 22:00 UTC
    assert standing_of(bars, table, dt.datetime(2025, 3, 16, 21, 59, tzinfo=dt.UTC)) == "live"
    assert standing_of(bars, table, dt.datetime(2025, 3, 16, 22, 0, tzinfo=dt.UTC)) == "replayed"


def _quarters() -> Bars:
    table = session_table("CME_EQUITY")
    assert table is not None
    rows = np.searchsorted(table.dates, table.between(dt.date(2025, 3, 3), dt.date(2025, 3, 14)))
    times = np.concatenate([np.arange(table.opens[i], table.closes[i], np.timedelta64(15, "m")) for i in rows])
    rng = np.random.default_rng(9)
    close = np.round(4 * (5900 + np.cumsum(rng.normal(0, 3, len(times))))) / 4
    start = np.concatenate([close[:1], close[:-1]])
    return with_trade_dates(
        Bars(
            instrument=find_instrument("ES"),
            time=times.astype("datetime64[us]"),
            open=start,
            high=np.maximum(start, close) + 1,
            low=np.minimum(start, close) - 1,
            close=close,
            volume=np.full(len(times), 10.0),
            row=np.arange(len(times)),
            timeframe="15m",
            feed="made",
        )
    )
