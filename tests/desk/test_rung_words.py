"""What became of a zone, in words: broken, won back, given up, held."""

from __future__ import annotations

import datetime as dt

import pytest
from made_charts import chart
from made_note import RTY

from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung, enter_rungs, rungs_of
from levelhead.desk.rung_history import enter_history
from levelhead.desk.rung_words import broken_and_reclaimed, history_words
from levelhead.domain.fact import Fact
from levelhead.domain.level import Level, Zone
from levelhead.reading.settings import Settings

TODAY = dt.date(2025, 5, 20)
MARCH, APRIL, MAY = dt.date(2025, 3, 17), dt.date(2025, 4, 15), dt.date(2025, 5, 9)


def rung(side, passes=(), held=(), kind="round"):
    level = Level(price=2000.0, kind=kind, source="round_2000", label="round number 2,000")
    zone = Zone(low=2000, high=2000, levels=(level,), touches=held, age=None, strength=0.5, passes=passes, held=held)
    return Rung(name="s1", side=side, zone=zone)


def words(side, passes=(), held=()):
    return history_words(rung(side, passes, held), TODAY).replace("level.s1.", "")


def test_what_is_six_weeks_ago_is_told_by_its_month_and_the_rest_by_its_day():
    assert words("support", ((MARCH, -1), (APRIL, 1)), (MAY,)) == (
        "broken in {passed_before@date|month} and won back on {passed@date}; held on {held_last@date}"
    )


@pytest.mark.parametrize(
    ("side", "passes", "said"),
    [
        ("support", ((APRIL, 1),), "overcome on {passed@date}"),
        ("resistance", ((APRIL, -1),), "given up on {passed@date}"),
        ("resistance", ((APRIL, 1), (MAY, -1)), "broken on {passed_before@date} and given up again on {passed@date}"),
        ("support", ((APRIL, 1), (MAY, -1)), "broken on {passed@date}"),
        ("resistance", ((APRIL, 1),), "broken on {passed@date}"),
    ],
)
def test_passes_are_told_from_where_price_is(side, passes, said):
    assert words(side, passes) == said


def test_visits_before_the_last_pass_are_not_told():
    assert words("support", ((APRIL, 1),), (MARCH, MAY)) == "overcome on {passed@date}; held on {held_last@date}"


def test_two_visits_of_one_month_long_ago_are_told_once():
    assert words("support", held=(dt.date(2025, 3, 3), MARCH)) == "held in {held_last@date|month}"
    assert words("support", held=(APRIL, MAY)) == "held on {held_before@date} and on {held_last@date}"


def test_nothing_is_said_of_a_zone_without_a_history():
    assert words("support") == ""
    assert broken_and_reclaimed(rung("support").zone) == (None, None)


def test_a_break_and_the_way_back_have_their_dates():
    assert broken_and_reclaimed(rung("support", ((MARCH, -1), (APRIL, 1))).zone) == (MARCH, APRIL)
    assert broken_and_reclaimed(rung("support", ((APRIL, 1),)).zone) == (APRIL, None)


def test_every_date_that_is_told_is_a_fact_with_the_sessions_since():
    # closes 103, 103, 99, 99 (passed down at row 3), 103, 103 (passed up at row 5), then low 100 in row 7, left above in row 8
    closes = [103.0, 103, 99, 99, 103, 103, 104, 103, 105, 105]
    bars = chart([c + 1 for c in closes], [102.0, 102, 98, 98, 102, 102, 103, 101, 104, 104], closes)
    days = [day.astype(object) for day in bars.dates.astype("datetime64[D]")]
    level = Level(price=101.0, kind="round", source="round_101", label="round number 101")
    zone = Zone(
        low=101,
        high=101,
        levels=(level,),
        touches=(days[7],),
        age=None,
        strength=0.5,
        weights=(0.2,),
        held=(days[7],),
        passes=((days[3], -1), (days[5], 1)),
    )
    draft = Draft(
        {
            n: Fact(value=v, unit="price", meaning=n, formula="given", inputs={"given": v})
            for n, v in (("last", 105.0), ("atr_14", 2.0))
        }
    )
    rungs = rungs_of([zone], 105.0)
    enter_rungs(draft, rungs, RTY)
    enter_history(draft, rungs, bars, Settings())
    told = {
        name: (draft.number(f"level.s1.{name}"), draft.facts[f"level.s1.{name}"].date)
        for name in ("passed", "passed_before", "held_last")
    }
    assert told == {"passed": (4, days[5]), "passed_before": (6, days[3]), "held_last": (2, days[7])}


def test_what_happened_twice_on_one_day_names_the_day_once():
    assert words("support", ((MAY, -1), (MAY, 1))) == "broken and won back on {passed@date}"
    assert words("resistance", held=(MAY, MAY)) == "held twice on {held_last@date}"


@pytest.mark.parametrize(("kind", "is_told"), [("line", False), ("average", False), ("vwap", False), ("swing", True)])
def test_where_only_what_moves_stands_the_past_of_the_price_is_not_told(kind, is_told):
    assert bool(history_words(rung("support", ((MAY, 1),), kind=kind), TODAY)) is is_told
