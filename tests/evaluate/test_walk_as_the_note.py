"""A walk writes the note that `levelhead note --as-of` writes: same rolls, same weeks, same peers, whatever it is walked over."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "market"))
from made_basis import MARKETS, made_basis
from made_finer import halves
from made_intraday import made_intraday
from made_walks import QUICK

from levelhead.config import HouseFile
from levelhead.desk.compose import compose_note
from levelhead.doors.clock import REPLAY
from levelhead.doors.evidence_file import evidence_now
from levelhead.doors.face import written
from levelhead.doors.material import gather
from levelhead.doors.shape import Shape
from levelhead.doors.walk_material import walk_material
from levelhead.evaluate.backgrounds import Backgrounds
from levelhead.evaluate.bar_count import BarCount
from levelhead.evaluate.seen import seen_on
from levelhead.evaluate.walk import _peers_on, walk
from levelhead.forecast.beside import NOTHING
from levelhead.market.files import read_bars
from levelhead.market.finer import finer_for
from levelhead.market.instruments import find_instrument, micro_of
from levelhead.market.resampling import ended_days, longer_bars, resample
from levelhead.market.sessions import session_table
from levelhead.reading.context import Context
from levelhead.reading.whole import whole_of
from levelhead.wire.document import to_document

BARS, INDEX, _ = made_basis(MARKETS["volatile"], 2, count=10)  # the roll of 2020-09-16 shows on the 22nd
LONG, LONG_INDEX, _ = made_basis(MARKETS["usual"], 3)  # five years: weeks enough for a forecast
TABLE = session_table("CME_EQUITY")
AROUND = tuple(dt.date(2020, 9, n) for n in (15, 16, 17, 21, 22, 23))
HOUSE = HouseFile(settings=QUICK)
OF_THE_RUN = ("version", "findings")  # what is said of the data and of the programme, not of the market


def without(bars, day):
    keep = ~day if isinstance(day, np.ndarray) else bars.dates != np.datetime64(day)
    names = ("time", "open", "high", "low", "close", "volume", "row")
    return replace(bars, **{name: getattr(bars, name)[keep].copy() for name in names})


def told_of(document):
    found = json.loads(json.dumps(document))
    return found | {"provenance": {key: value for key, value in found["provenance"].items() if key not in OF_THE_RUN}}


def own_note(bars, peers, day, shape, finer=None):
    """By the way of the command."""
    material = gather(bars, peers.values(), as_of=day, shape=shape, finer=finer)
    return told_of(to_document(written(material, house=HOUSE, moment=REPLAY, beside=NOTHING)))


def walked_notes(bars, peers, days, shape, finer=None):
    """By the way of the walk, shared arrays and all."""
    material = walk_material(bars, peers, shape, find_rolls=True)
    assert set(days) <= set(material.days)
    beneath = None if finer is None else finer_for(finer, material.bars, shape.hours)[0]
    shared = Backgrounds(material.bars, material.days, QUICK, NOTHING, material.told, beneath)
    for background, group in shared.groups(sorted(days)):
        for day in group:
            seen = seen_on(material.bars, day, material.told)
            note = compose_note(
                seen,
                peers=_peers_on(peers, day, material.shaping),
                sessions=session_table(bars.instrument.calendar),
                settings=QUICK,
                micro=micro_of(bars.instrument),
                background=background,
                evidence=evidence_now(
                    whole_of(seen, QUICK.reading)
                ),  # this and the next for words alone, which a walk leaves unwritten
                longer=longer_bars(seen),
                context=Context(finer=background.whole.finer),
            )
            yield day, told_of(to_document(note))


def same_notes(bars, peers, days, shape, finer=None):
    rolls = []
    for day, found in walked_notes(bars, peers, days, shape, finer):
        assert found == own_note(bars, peers, day, shape, finer), day
        rolls.append(len(found["provenance"].get("rolls", ())))
    return rolls


def test_around_a_roll_that_shows_late_each_note_of_a_walk_is_that_of_its_day_byte_for_byte():
    # six rolls before; the seventh is known from the 22nd on
    assert same_notes(BARS, {"RUT": INDEX}, AROUND, Shape()) == [6, 6, 6, 6, 7, 7]


def test_a_series_whose_rolls_nobody_has_shown_yet_is_as_given_in_both():
    day = dt.date(2019, 3, 1)
    material = walk_material(BARS, {"RUT": INDEX}, Shape(), find_rolls=True)
    assert (seen_on(material.bars, day, material.told).frame, material.bars.frame) == ("as given", "as traded")
    assert same_notes(BARS, {"RUT": INDEX}, [day], Shape()) == [0]


def test_volume_by_price_of_a_walk_is_worked_out_from_the_shorter_bars_that_each_day_knew():
    # half-hours from 2019-07-01 on: before that day a note is without them, after it with those up to its own
    late = halves(without(BARS, BARS.dates < np.datetime64("2019-07-01")))
    days = [dt.date(2019, 6, 28), dt.date(2019, 7, 1), dt.date(2019, 12, 2), *AROUND[:2], *AROUND[-2:]]
    assert same_notes(BARS, {"RUT": INDEX}, days, Shape(), late)[-1] == 7
    told = [own_note(BARS, {"RUT": INDEX}, day, Shape(), late) for day in (days[0], days[2], days[-1])]
    assert [len([name for name in note["facts"] if name.startswith("profile.")]) > 0 for note in told] == [False, False, True]
    assert told[-1]["facts"]["profile.bars"]["value"] == "30-minute bars"


def test_what_a_walk_says_by_shorter_bars_is_other_than_without_them_and_knows_none_of_later_days():
    days = tuple(dt.date(2020, 9, n) for n in (8, 9, 10))
    finer = halves(BARS)
    later = replace(finer, volume=np.where(finer.dates > np.datetime64("2020-09-10"), 7 * finer.volume[::-1], finer.volume))
    walks = [walk(BARS, days, sessions=TABLE, settings=QUICK, finer=given) for given in (None, finer, later)]
    levels = [str(found.record.prices["low"].tolist()) for found in walks]  # nan where a statement has none
    assert levels[0] != levels[1] == levels[2]


def test_weeks_of_a_walk_are_those_that_had_ended_by_its_day():
    weeks = [dt.date(2020, 7, 2), dt.date(2020, 9, 11), dt.date(2020, 9, 18), dt.date(2020, 9, 25)]  # the first ends on a Thursday
    assert same_notes(BARS, {"RUT": INDEX}, weeks, Shape(timeframe="1w")) == [6, 6, 6, 7]
    assert same_notes(LONG, {"RUT": LONG_INDEX}, [dt.date(2023, 3, 17), dt.date(2023, 3, 24)], Shape(timeframe="1w")) == [17, 17]


def test_a_peer_whose_week_ends_on_another_day_is_cut_before_its_weeks_are_made():
    # on Good Friday 2021 the futures had a short session and New York none: the index's week ends a day before the future's
    day = dt.date(2021, 4, 1)
    index = without(LONG_INDEX, "2021-04-02")
    assert np.datetime64(day) in resample(index, "1w").dates
    assert np.datetime64(day) not in resample(LONG, "1w").dates
    assert same_notes(index, {"RTY": LONG}, [day, dt.date(2021, 4, 9)], Shape(timeframe="1w")) == [0, 0]
    note = own_note(index, {"RTY": LONG}, day, Shape(timeframe="1w"))
    assert note["facts"]["relative.RTY.ratio"]["date"] == "2021-04-01"


def test_days_of_real_bars_around_a_roll_are_those_of_their_notes(shared):
    rty, rut = (read_bars(shared / "data" / f, find_instrument(s)) for f, s in (("rty_tv.csv", "RTY"), ("rut.csv", "RUT")))
    days = [dt.date(2018, 3, 9), dt.date(2018, 3, 12), *(dt.date(2025, 9, n) for n in (16, 17, 18))]
    assert same_notes(rty, {"RUT": rut}, days, Shape()) == [2, 3, 32, 33, 33]
    assert same_notes(rty, {"RUT": rut}, [dt.date(2025, 9, 12), dt.date(2025, 9, 19)], Shape(timeframe="1w")) == [32, 33]


def test_what_weekly_notes_say_is_settled_in_weeks():
    material = walk_material(LONG, {"RUT": LONG_INDEX}, Shape(timeframe="1w"), find_rolls=True)
    days = [day for day in material.days if day >= dt.date(2022, 9, 2)][:6]
    walked = walk(material.bars, days, sessions=TABLE, settings=QUICK, told=material.told, shaping=material.shaping)
    assert (walked.notes, walked.silent, set(walked.record.as_of.tolist())) == (6, 0, set(days))
    first = walked.record.where(walked.record.as_of == np.datetime64(days[0]))
    assert first.sessions.max() == 40
    # the outlook of ten weeks, by hand: the tenth weekly close after the note, in its contract, against the two closes
    row = int(np.searchsorted(material.bars.dates, np.datetime64(days[0])))
    rolled = sum(roll.gap for roll in material.bars.rolls if days[0] < roll.date <= material.bars.dates[row + 10].item())
    close = float(material.bars.close[row + 10]) - material.bars.instrument.on_grid(rolled)
    short = int(np.flatnonzero(first.name == "outlook.short")[0])
    assert first.sessions[short] == 10
    upper, lower = float(first.prices["upper"][short]), float(first.prices["lower"][short])
    assert first.outcomes[short] == (0 if close > upper else 2 if close < lower else 1)
    one = walked.distribution.where((walked.distribution.as_of == np.datetime64(days[0])) & (walked.distribution.sessions == 1))
    assert one.realised[0] == pytest.approx(float(np.log(material.bars.close[row + 1] / material.bars.close[row])))


def test_a_week_whose_last_session_has_no_bar_is_no_day_of_a_walk():
    holed = without(BARS, "2020-08-14")  # a Friday
    weeks = resample(holed, "1w", unfinished="left out")
    assert np.datetime64("2020-08-14") in weeks.dates
    days = ended_days(holed, weeks)
    assert set(weeks.dates.tolist()) - set(days.tolist()) == {dt.date(2020, 8, 14)}
    # and the note of the Thursday before holds a week that has not ended
    assert own_note(holed, {}, dt.date(2020, 8, 13), Shape(timeframe="1w"))["provenance"]["provisional"] is not None


@pytest.mark.parametrize(("timeframe", "hours"), [("1h", "electronic"), ("1d", "rth"), ("1d", "electronic"), ("1w", "rth")])
def test_intraday_bars_end_with_their_day(timeframe, hours):
    bars = made_intraday("RTY", "2025-06-02", "2025-06-27", minutes=30)
    made = resample(bars, timeframe, hours=hours, unfinished="left out")
    whole = ended_days(bars, made, hours)
    assert set(whole.tolist()) == set(made.dates.tolist())
    # without the last bar before the bell of 2025-06-11, a Wednesday, that day's last bar has not ended on it
    bell = np.datetime64("2025-06-11T20:00") if hours == "rth" else np.datetime64("2025-06-11T21:00")
    keep = bars.time != (bell - np.timedelta64(30, "m")).astype(bars.time.dtype)
    names = ("time", "open", "high", "low", "close", "volume", "row")
    cut = replace(bars, **{name: getattr(bars, name)[keep].copy() for name in names}, days=bars.days[keep].copy())
    made = resample(cut, timeframe, hours=hours, unfinished="left out")
    lost = set(np.unique(made.dates).tolist()) - set(ended_days(cut, made, hours).tolist())
    assert lost == (set() if timeframe == "1w" else {dt.date(2025, 6, 11)})


def test_horizons_reach_as_far_among_numbered_days_as_among_the_bars():
    days = np.array(["2024-12-27", "2025-01-03", "2025-01-10", "2025-03-14"], dtype="datetime64[D]")
    weekly = BarCount([replace(BARS, timeframe="1w")])
    assert np.busday_count(weekly.numbered(days)[0], weekly.numbered(days)).tolist() == [0, 1, 2, 11]
    monthly = BarCount([replace(BARS, timeframe="1mo")])
    assert np.busday_count(monthly.numbered(days)[0], monthly.numbered(days)).tolist() == [0, 1, 1, 3]
    hours = BarCount([resample(made_intraday("RTY", "2025-06-02", "2025-06-27", minutes=30), "1h")])
    # 23 hours a session
    assert np.busday_count(*hours.numbered(np.array(["2025-06-05", "2025-06-06"], dtype="datetime64[D]"))) == 23
    assert BarCount([BARS]).numbered(days) is days
    assert [count.noun for count in (weekly, monthly, hours, BarCount([BARS]))] == ["week", "month", "bar", "session"]
    assert weekly.worded({"a": ["the 20-day random walk", 20]}) == {"a": ["the 20-week random walk", 20]}
