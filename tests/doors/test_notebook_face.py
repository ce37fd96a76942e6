"""What a notebook user holds in hand."""

import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest

import levelhead as lh

CLAIM = "first of 2140 | 1940 within 12 sessions"


@pytest.fixture(scope="module")
def bars(market):
    return lh.read_bars(market / "rty.csv", "RTY")


@pytest.fixture(scope="module")
def note(bars, market):
    return lh.compose_note(bars, peers={"ES": lh.read_bars(str(market / "es.csv"), "ES")}, as_of="2025-03-13")


def test_the_package_imports_nothing_until_a_name_is_used():
    code = "import sys, levelhead; dir(levelhead); print('numpy' in sys.modules, len(levelhead.__all__))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["False", str(len(lh.__all__))]


def test_every_public_name_is_there_and_no_other():
    for name in lh.__all__:
        assert getattr(lh, name) is not None
    assert sorted(lh.__all__) == dir(lh)
    with pytest.raises(AttributeError, match="levelhead has no 'compose'; it has Bars, "):
        lh.compose  # noqa: B018


def test_a_note_turns_to_json_and_back(note):
    again = lh.Note.from_json(note.to_json())
    assert again == note
    assert again.to_json() == note.to_json()


def test_a_note_of_another_schema_is_refused(note):
    text = note.to_json().replace('"schema_version":"1"', '"schema_version":"99"')
    with pytest.raises(lh.LevelheadError, match="has schema version '99'"):
        lh.Note.from_json(text)


def test_facts_are_looked_up_by_name(note, bars):
    closes = bars.until(note.as_of).close[-50:]
    assert note.facts["sma_50"].value == pytest.approx(closes.mean())


def test_the_ladder_and_the_facts_are_frames(note):
    ladder = note.levels.to_frame()
    assert isinstance(ladder, pd.DataFrame)
    assert list(ladder["name"]) == [level.name for level in note.levels]
    facts = note.to_frame("polars")
    assert isinstance(facts, pl.DataFrame)
    assert facts.height == len(note.facts) + len(note.estimates)
    row = facts.filter(pl.col("name") == "sma_50").row(0, named=True)
    assert row["value"] == note.facts["sma_50"].value


def test_jupyter_shows_the_page_in_a_frame_of_its_own(note):
    shown = note._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert shown.count("<") == 2
    assert note._repr_markdown_() == note.to_markdown()
    assert note.to_png().startswith(b"\x89PNG")


def test_bars_come_from_frames_as_from_files(market, bars):
    for frame in (pd.read_csv(market / "rty.csv"), pl.read_csv(market / "rty.csv")):
        given = lh.read_bars(frame, "RTY")
        assert given.digest() == bars.digest()


def test_the_order_of_the_peers_arguments_does_not_matter(market, bars, note):
    es = lh.read_bars(market / "es.csv", "ES")
    assert lh.compose_note(bars, peers=[es], as_of=note.as_of).to_json() == note.to_json()


def test_a_provisional_price_is_the_last_price(bars):
    live = lh.compose_note(bars, as_of="2025-03-13", last=2033.3, at="10:30 New York", high=2040.0, low=2020.0)
    assert live.facts["last"].value == 2033.3
    assert live.provenance.provisional.range_as_given


def test_one_price_and_many_prices_agree(bars):
    one = lh.price(CLAIM, bars)
    many = lh.price_many([CLAIM, "touch 2140 within 12 sessions"], bars)
    assert list(many.columns) == ["claim", "outcome", "probability", "error", "base_rate", "base_count", "windows"]
    assert list(many["outcome"]) == ["up", "range", "down", "true", "false"]
    assert many["probability"][0] == one.chances["up"].probability
    assert sum(chance.probability for chance in one.chances.values()) == pytest.approx(1)
    assert all(0 < error < 0.02 for error in many["error"])


def test_many_prices_of_nothing_are_an_empty_frame(bars):
    assert len(lh.price_many([], bars, backend="polars")) == 0


def test_a_price_of_the_past_does_not_know_the_future(bars):
    past = lh.price(CLAIM, bars, "2025-02-28")
    assert past == lh.price(CLAIM, bars.until(np.datetime64("2025-02-28").item()))
    assert past != lh.price(CLAIM, bars)


def test_relative_prices_stand_on_the_last_bar(bars):
    priced = lh.price("touch +2 ATR within 12 sessions", bars)
    level = float(priced.claim.split()[1])
    assert level > bars.last


def test_paths_are_arrays_that_start_behind_the_last_price(bars):
    drawn = lh.paths(bars, sessions=12)
    assert drawn.close.shape == drawn.open.shape == (10_000, 12)
    assert (drawn.low <= drawn.high).all()
    assert abs(np.median(drawn.open[:, 0]) / bars.last - 1) < 0.01


def test_the_sample_is_real_and_complete():
    sample = lh.sample_bars("IXIC")
    assert (len(sample), str(sample.first), str(sample.as_of)) == (5031, "1999-01-04", "2018-12-31")


def test_a_day_after_the_last_bar_is_refused(bars):
    with pytest.raises(lh.LevelheadError, match="lies after its last bar"):
        lh.compose_note(bars, as_of="2026-01-05")


OTHERS = """E-mini Russell 2000 (RTY), 14 March 2025

- 50-day MA: {average:,.1f}

Support at 1,000. Resistance at 9,500.
"""


def test_somebody_elses_note_is_read_from_a_file_or_bytes(tmp_path):
    words = OTHERS.format(average=2000.0)
    (tmp_path / "theirs.txt").write_text(words)
    read = lh.read_note(tmp_path / "theirs.txt")
    assert (read.symbol, str(read.date)) == ("RTY", "2025-03-14")
    assert {(level.side, level.price.low) for level in read.levels} >= {("support", 1000.0), ("resistance", 9500.0)}
    assert lh.read_note(words.encode()).levels == read.levels
    with pytest.raises(lh.LevelheadError, match="holds no text"):
        lh.read_note(b"")


def test_somebody_elses_note_is_checked_against_bars(bars):
    average = bars.close[-50:].mean()
    words = OTHERS.format(average=average + 80).encode()
    verdicts = lh.check_note(words, bars)
    (wrong,) = [verdict for verdict in verdicts if "50-day" in verdict.statement and verdict.is_fault]
    assert f"{average:,.1f}" in wrong.bars_say
    assert lh.check_note(lh.read_note(words), bars, as_of="2025-03-14") == verdicts
