"""The proof itself: its futures are honest, and it finds a note that repaints."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pytest

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.doors import repaint
from levelhead.doors.repaint import cut, days_of, differences, first_difference, rewritten


def made(n=30, seed=3):
    rng = np.random.default_rng(seed)
    close = 100 * np.exp(np.cumsum(rng.normal(0, 0.01, n)))
    spread = np.abs(rng.normal(0, 0.5, n))
    return Bars(
        instrument=Instrument.unknown("MADE"),
        time=np.datetime64("2020-01-01", "us") + np.arange(n).astype("timedelta64[D]"),
        open=close,
        high=close + spread,
        low=close - spread,
        close=close,
        volume=np.full(n, 5.0),
        row=np.arange(2, n + 2),
        feed="made",
    )


def test_another_future_has_the_same_past_and_no_bar_of_the_real_one():
    bars, day = made(), dt.date(2020, 1, 10)
    other = rewritten(bars, day)
    for name in ("open", "high", "low", "close"):
        assert np.array_equal(getattr(other, name)[:10], getattr(bars, name)[:10])
        assert not np.isclose(getattr(other, name)[10:], getattr(bars, name)[10:]).any()
    assert (other.low <= np.minimum(other.open, other.close)).all()
    assert (other.high >= np.maximum(other.open, other.close)).all()
    assert (other.low > 0).all()


def test_a_future_below_zero_is_mirrored_by_difference():
    bars = made()
    bars = replace(bars, open=bars.open - 100, high=bars.high - 100, low=bars.low - 100, close=bars.close - 100)
    other = rewritten(bars, dt.date(2020, 1, 10))
    hinge = bars.close[9]
    assert other.close[10] == pytest.approx(2 * hinge - bars.close[10])
    assert (other.low <= other.close).all()
    assert (other.close <= other.high).all()


def test_the_last_day_has_no_future_to_rewrite():
    bars = made()
    assert rewritten(bars, bars.as_of) is bars


def test_a_cut_ends_on_its_day_and_an_absent_past_is_none():
    assert cut(made(), dt.date(2020, 1, 10)).as_of == dt.date(2020, 1, 10)
    assert cut(made(), dt.date(2019, 12, 31)) is None


def test_the_days_are_counted_back_from_the_last():
    assert [d.day for d in days_of(made(), every=10)] == [10, 20, 30]
    assert [d.day for d in days_of(made(), every=2, first=dt.date(2020, 1, 5), last=dt.date(2020, 1, 8))] == [6, 8]


def test_the_first_difference_is_named_by_its_place():
    assert first_difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == ("$.a[1].b", 2, 3)
    assert first_difference({"a": 1}, {"a": 1, "z": 2}) == ("$.z", "absent", 2)
    assert first_difference([1], [1, 2]) == ("$.length", 1, 2)


@dataclass(frozen=True)
class Leaky:
    """Stands for a note that holds one number."""

    number: float


def test_a_note_that_looks_ahead_is_caught(monkeypatch):
    bars = made()
    monkeypatch.setattr(repaint, "gather", lambda given, peers, as_of, shape, finer: given)
    monkeypatch.setattr(repaint, "to_json", lambda note: f'{{"facts":{{"mean":{note.number}}}}}')
    found = list(differences(dt.date(2020, 1, 10), bars, {}, lambda given: Leaky(float(given.close.mean()))))
    assert [d.future for d in found] == ["the bars that followed", "a future that never was"]
    assert "the note of 2020-01-10 changes" in str(found[0])
    assert found[0].place == "$.facts.mean"


def test_a_note_that_does_not_look_ahead_passes(monkeypatch):
    monkeypatch.setattr(repaint, "gather", lambda given, peers, as_of, shape, finer: given.until(as_of))
    monkeypatch.setattr(repaint, "to_json", lambda note: f'{{"facts":{{"mean":{note.number}}}}}')
    assert not list(differences(dt.date(2020, 1, 10), made(), {}, lambda given: Leaky(float(given.close.mean()))))
