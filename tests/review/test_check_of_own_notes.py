"""levelhead's own notes pass levelhead's own check: nothing in them is wrong and nothing contradicts itself."""

import datetime as dt

import pytest

from levelhead.doors.face import compose_note
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sample import sample_bars
from levelhead.market.sessions import session_table
from levelhead.review.check import check_note
from levelhead.review.read import read_note
from levelhead.review.source import text_of

# A crash, a quiet rise, a month's last session.
SAMPLE = [("IXIC", "2011-08-08"), ("SPX", "2018-06-15"), ("IXIC", "2016-02-29")]
# Ranges that are likelier than either way, tables on which a way has no target of its own, setups with chances of their own.
REAL = [
    ("rty_tv.csv", "RTY", "2025-03-13"),
    ("rty_tv.csv", "RTY", "2024-08-05"),
    ("rty.csv", "RTY", "2020-03-18"),
    ("es_tv.csv", "ES", "2025-10-10"),
    ("zb_tv.csv", "ZB", "2025-11-14"),
    ("zb_tv.csv", "ZB", "2025-01-14"),
    ("iwm.csv", "IWM", "2015-08-24"),
    ("iwm.csv", "IWM", "2009-03-09"),
    ("spy.csv", "SPY", "2018-12-24"),
    ("spy.csv", "SPY", "2024-02-29"),
    ("zn.csv", "ZN", "2022-10-21"),
    ("rut.csv", "RUT", "2016-02-11"),
]


def verdicts_of(bars, day):
    text = compose_note(bars, as_of=day).to_markdown()
    note = read_note(text_of(text.encode(), name="note.md"))
    return check_note(note, bars, as_of=day, sessions=session_table(bars.instrument.calendar))


def judged(verdicts):
    faults = [f"{v.rule}: {v.statement} / {v.bars_say}" for v in verdicts if v.is_fault]
    right = sum(v.verdict == "right" for v in verdicts)
    return faults, right


@pytest.mark.parametrize(("symbol", "day"), SAMPLE)
def test_a_note_on_sample_bars_has_nothing_wrong(symbol, day):
    faults, right = judged(verdicts_of(sample_bars(symbol), dt.date.fromisoformat(day)))
    assert faults == []
    assert right >= 20  # averages, pivots, highs and lows, RSI, structure: it was read, not passed over


@pytest.mark.parametrize(("file", "symbol", "day"), REAL)
def test_a_note_on_real_bars_has_nothing_wrong_and_three_scenarios(file, symbol, day, shared):
    bars, date = read_bars(shared / "data" / file, find_instrument(symbol)), dt.date.fromisoformat(day)
    note = read_note(text_of(compose_note(bars, as_of=date).to_markdown().encode(), name="note.md"))
    faults, right = judged(check_note(note, bars, as_of=date, sessions=session_table(bars.instrument.calendar)))
    assert faults == []
    assert right >= 20
    assert [s.direction for s in note.scenarios] == ["up", "range", "down"]
    assert sum(s.probability[0] for s in note.scenarios) == pytest.approx(1)


def test_a_figure_changed_by_hand_is_found_out():
    bars, day = sample_bars("SPX"), dt.date(2018, 6, 15)
    text = compose_note(bars, as_of=day).to_markdown()
    average = f"{float(bars.until(day).close[-50:].mean()):,.2f}"
    assert average in text
    forged = text.replace(average, f"{float(average.replace(',', '')) - 40:,.2f}")
    note = read_note(text_of(forged.encode(), name="note.md"))
    faults = [v for v in check_note(note, bars, as_of=day) if v.is_fault]
    assert any(v.rule == "average" and average in v.bars_say for v in faults)
