"""Event days: an effect that is there is found, one that is not is not, and no day knows a later one."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_prices import changing, joined, walk

from levelhead.domain.errors import BadSettings, UnreadableFile
from levelhead.domain.event_schedule import Schedule, traded_on_weekends
from levelhead.domain.events import Event, Events
from levelhead.domain.instrument import Instrument
from levelhead.doors.beside_files import read_events
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.beside import Beside
from levelhead.forecast.event_days import PRIOR_DAYS, with_events
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.models import volatility_history
from levelhead.forecast.settings import Settings
from levelhead.kernels.paths import draw_rows
from levelhead.market.sessions import session_table

FEW = Settings(paths=400)
BEGIN = dt.date(2001, 1, 1)
EVERY = 21


def due_days(count, *, first=10):
    return np.arange(first, count, EVERY)


def schedule(count, *, kind="FOMC", first=10):
    return Events(
        name="events.csv",
        events=tuple(Event(date=BEGIN + dt.timedelta(days=int(at)), kind=kind) for at in due_days(count + 300, first=first)),
    )


def market(count, seed, *, times=1.0, first=10):
    """A market whose variance is `times` as large on every 21st day."""
    sigmas = changing(count, seed)
    sigmas[due_days(count, first=first)] *= np.sqrt(times)
    return walk(sigmas, seed)


def same(one, other):
    paths = all(a.tobytes() == b.tobytes() for a, b in zip(one.paths, other.paths, strict=True))
    return paths and one.term.tobytes() == other.term.tobytes()


@pytest.mark.parametrize("times", [0.4, 2.0, 4.0])
def test_an_effect_that_is_there_is_recovered_drawn_towards_none(times):
    # 190 past days against a prior of 20: the logarithm of the effect is found up to 190 / 210 of it
    made = [with_events(volatility_history(bars, FEW), bars, schedule(4000), FEW) for bars in (market(4000, 1, times=times),)]
    expected = np.log(times) * 190 / (190 + PRIOR_DAYS)
    assert made[0].effects[-1, 0] == pytest.approx(expected, abs=0.15)


def test_no_effect_is_none():
    effects = [
        with_events(volatility_history(bars, FEW), bars, schedule(2500), FEW).effects[-1, 0]
        for bars in (market(2500, seed) for seed in range(5))
    ]
    assert np.mean(effects) == pytest.approx(0.0, abs=0.06)
    assert np.abs(effects).max() < 0.25


def test_days_without_events_fall_by_what_days_with_them_rise():
    bars = market(2500, 2, times=3.0)
    plain = volatility_history(bars, FEW)
    told = with_events(plain, bars, schedule(2500), FEW)
    moved = (told.expected - plain.expected)[1500:-1]
    assert (moved[told.due[1500:-1, 0]] > 0.5).all()
    assert (moved[~told.due[1500:-1, 0]] < 0).all()
    assert np.mean(moved) == pytest.approx(0.0, abs=0.01)


def test_the_day_ahead_that_is_due_is_the_more_volatile_one():
    bars = market(1500, 3, times=3.0)
    plain, told = (make_forecast(bars, sessions=30, settings=FEW, beside=b) for b in (Beside(), Beside(events=schedule(1500))))
    ratio = told.term / plain.term
    due = [at - 1500 for at in due_days(1530) if at >= 1500]
    assert due == [1, 22]
    assert (ratio[due] > 1.3).all()
    assert (np.delete(ratio, due) < 1.03).all()
    assert "FOMC times" in told.model
    assert f"(71 past days). Due: FOMC on {bars.as_of + dt.timedelta(days=2)}, FOMC on" in told.model


def test_a_schedule_of_other_days_changes_little_and_nothing_due_draws_the_same_rows():
    bars = market(900, 4)
    history = volatility_history(bars, FEW, Beside(events=schedule(300)))
    rows = draw_rows(np.random.default_rng(1), size=500, paths=50, sessions=5, block=4)
    assert history.redrawn(rows, 899, 300, 500, np.random.default_rng(2)) is rows


def test_paths_of_an_event_day_are_drawn_in_part_from_its_like():
    bars = market(1500, 5, times=3.0)
    history = volatility_history(bars, FEW, Beside(events=schedule(1500)))
    rows = draw_rows(np.random.default_rng(1), size=750, paths=40_000, sessions=5, block=4)
    mixed = history.redrawn(rows, 1499, 750, 750, np.random.default_rng(2))
    alike = np.flatnonzero(history.due[749:1499, 0])
    assert len(alike) in (35, 36)
    assert (mixed[[0, 2, 3, 4]] == rows[[0, 2, 3, 4]]).all()
    # of 750 bars n are of the kind: the rest of the paths meet one by chance
    chosen = len(alike) / (len(alike) + PRIOR_DAYS)
    share = chosen + (1 - chosen) * len(alike) / 750
    assert np.isin(mixed[1], alike).mean() == pytest.approx(share, abs=0.01)


@settings(max_examples=10)
@given(cut=st.integers(200, 380), seed=st.integers(0, 500))
def test_no_forecast_knows_what_came_later(cut, seed):
    bars = market(400, 6, times=2.0)
    beside = Beside(events=schedule(400))
    past = bars.until(bars.dates[cut - 1].astype(object))
    rewritten = joined(past, walk(changing(400 - cut, seed) * 3, seed))
    alone = make_forecast(past, sessions=25, settings=FEW, beside=beside)
    (among,) = forecasts_for(rewritten, [past.as_of], sessions=25, settings=FEW, beside=beside)
    assert same(alone, among)
    reach = past.as_of + dt.timedelta(days=25)
    cut_off = Events(name="events.csv", events=beside.events.known(reach))
    assert same(alone, make_forecast(past, sessions=25, settings=FEW, beside=Beside(events=cut_off)))
    assert beside.events.digest(reach) == cut_off.digest(reach)


def test_what_was_not_announced_is_not_looked_out_for():
    bars = market(600, 7, times=3.0)
    last = bars.as_of
    known = [replace(event, announced=BEGIN) for event in schedule(600).events if event.date <= last]
    due = last + dt.timedelta(days=3)
    plain = make_forecast(bars, sessions=5, settings=FEW, beside=Beside(events=Events(name="e", events=tuple(known))))
    told = {}
    for announced in (last, last + dt.timedelta(days=1)):
        event = Event(date=due, kind="FOMC", announced=announced)
        told[announced] = make_forecast(
            bars, sessions=5, settings=FEW, beside=Beside(events=Events(name="e", events=(*known, event)))
        )
    assert told[last].term[2] > 1.2 * plain.term[2]
    assert same(told[last + dt.timedelta(days=1)], plain)
    # announced on its own day, as the cut of 15 March 2020: no part of the schedule at all
    sudden = Event(date=last, kind="FOMC", announced=last)
    assert same(
        make_forecast(bars, sessions=5, settings=FEW, beside=Beside(events=Events(name="e", events=(*known, sudden)))), plain
    )


def on(days, *, calendar=None, time=None, table=None):
    """Which session each event falls on."""
    instrument = replace(Instrument.unknown("X"), calendar=calendar)
    bars = replace(walk(np.full(5, 0.01), 1), instrument=instrument)
    events = Events(
        name="e",
        events=tuple(Event(date=dt.date.fromisoformat(day), kind="CPI", time=time) for day in days),
        tables={} if table is None else {calendar: table},
    )
    return Schedule.of(events, bars)


def test_an_event_falls_on_its_session():
    # 2025-07-03 is a Thursday, the 4th a holiday of the New York exchange
    table = session_table("XNYS")
    thursday = np.array(["2025-07-03"], dtype="datetime64[D]")
    none = np.array([False])
    known = on(["2025-07-04", "2025-07-07"], calendar="XNYS", table=table)
    assert known.falls_on.astype(str).tolist() == ["2025-07-07", "2025-07-07"]
    assert known.next_of(thursday, none).astype(str).tolist() == ["2025-07-07"]
    unknown = on(["2025-07-04"])
    assert unknown.next_of(thursday, none).astype(str).tolist() == ["2025-07-04"]
    assert unknown.next_of(thursday + 1, none).astype(str).tolist() == ["2025-07-07"]
    assert unknown.next_of(thursday + 1, np.array([True])).astype(str).tolist() == ["2025-07-05"]
    late = on(["2025-07-02"], calendar="XNYS", time=dt.time(18), table=table)
    assert late.falls_on.astype(str).tolist() == ["2025-07-03"]
    days, flags = known.ahead(np.datetime64("2025-07-02"), 3, weekends=False)
    assert days.astype(str).tolist() == ["2025-07-03", "2025-07-07", "2025-07-08"]
    assert flags[:, 0].tolist() == [False, True, False]


def test_weekends_are_traded_once_a_bar_fell_on_one():
    days = np.array(["2025-07-03", "2025-07-04", "2025-07-05", "2025-07-07"], dtype="datetime64[D]")
    assert traded_on_weekends(days).tolist() == [False, False, True, True]


def test_longer_bars_have_no_event_days():
    bars = replace(market(400, 8), timeframe="1w")
    with pytest.raises(BadSettings, match=r"Event days are days; MADE is given in bars of 1w\. Leave --events out"):
        make_forecast(bars, settings=FEW, beside=Beside(events=schedule(400)))


@pytest.mark.parametrize("model", ["ewma", "har"])
def test_every_model_can_know_event_days_and_an_unfinished_bar_teaches_none(model):
    bars = market(700, 9, times=3.0)
    chosen = replace(FEW, model=model)
    told = volatility_history(bars, chosen, Beside(events=schedule(700)))
    assert told.effects[-1, 0] > 0.3
    open_bar = volatility_history(bars.with_last(bars.last), chosen, Beside(events=schedule(700)))
    assert open_bar.effects[-1].tolist() == told.effects[-2].tolist()


def written(folder, *rows, heading="date,event"):
    path = folder / "events.csv"
    path.write_text("\n".join([heading, *rows]) + "\n")
    return path


def test_a_file_of_events_is_read(tmp_path):
    heading = "date,event,time,announced"
    read = read_events(written(tmp_path, "2025-03-19,FOMC,14:00,", "2025-03-12,CPI,,2024-12-01", heading=heading))
    assert read.kinds == ("CPI", "FOMC")
    assert read.known(dt.date(2025, 3, 12)) == (Event(date=dt.date(2025, 3, 12), kind="CPI", announced=dt.date(2024, 12, 1)),)
    assert read.events[0].time == dt.time(14)
    assert set(read.tables) == {"XNYS", "CME_EQUITY"}


@pytest.mark.parametrize(
    ("rows", "heading", "answer"),
    [
        (["19.03.2025,FOMC"], "date,event", r"events\.csv row 2: date '19\.03\.2025' is not a date; write it as 2025-11-28"),
        (["2025-03-19,"], "date,event", "row 2: names no event"),
        (["2025-03-19,FOMC,2pm"], "date,event,time", "time '2pm' is not a time of day; write it as 08:30, in New York"),
        (["2025-03-19,FOMC,soon"], "date,event,announced", "announced 'soon' is not a date"),
        (["2025-03-19"], "date", "its heading is date; it needs date and event"),
    ],
)
def test_a_file_that_holds_no_events_is_answered(tmp_path, rows, heading, answer):
    with pytest.raises(UnreadableFile, match=answer):
        read_events(written(tmp_path, *rows, heading=heading))


def test_an_empty_schedule_is_refused(tmp_path):
    with pytest.raises(BadSettings, match=r"events\.csv: holds no event"):
        read_events(written(tmp_path))
