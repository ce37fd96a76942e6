"""What a note says today's signs have been worth."""

import datetime as dt
from dataclasses import replace

import pytest
from made_charts import RTY, walk

from levelhead.desk.compose import compose_note
from levelhead.desk.settings import Settings
from levelhead.domain.evidence import Evidence, Measure, Tried
from levelhead.forecast.settings import Settings as ForecastSettings
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.render.literals import literal_digits
from levelhead.render.markdown import to_markdown
from levelhead.wire.document import to_document

QUICK = Settings(forecast=ForecastSettings(paths=200))
BARS = replace(walk(3, 700), instrument=RTY)
SIDE = {1: "bullish", -1: "bearish", 0: ""}


def tried(kind, side, *, sessions=12, corrected=1.0, cases=61, called="RSI crossing above its signal line"):
    up = Measure(name="up", value=33 / 61, low=0.43, high=0.65, base=0.56, placebo=0.55, spread=0.06)
    move = Measure(name="move", value=0.4, low=None, high=None, base=0.1, placebo=-0.1, spread=0.2)
    return Tried(
        family="event",
        kind=kind,
        side=side,
        called=called,
        sessions=sessions,
        happened=90,
        cases=cases,
        independent=cases,
        days=200,
        measures=(up, move),
        p=corrected / 100,
        corrected=corrected,
    )


def level(kind, *, corrected=1.0, sessions=12, shares=((0.58, 0.55), (0.3, 0.3), (0.12, 0.15))):
    shares = [(name, *share) for name, share in zip(("held", "broken", "reclaimed"), shares, strict=True)]
    measures = tuple(Measure(name=n, value=v, low=None, high=None, base=None, placebo=p, spread=0.1) for n, v, p in shares)
    return Tried(
        family="level",
        kind=kind,
        side="",
        called=f"levels of kind {kind}",
        sessions=sessions,
        happened=200,
        cases=50,
        independent=30,
        days=100,
        measures=measures,
        p=corrected / 20,
        corrected=corrected,
    )


def evidence(*found):
    return Evidence(
        symbol="RTY",
        timeframe="1d",
        first=BARS.first,
        last=BARS.as_of,
        bars=len(BARS),
        digest=BARS.digest(),
        draws={},
        tests={},
        tried=found,
    )


def latest_sign():
    """A kind and side that became known on the last bar or shortly before, and one that did not."""
    signs = read(BARS).signs
    fresh = [(kind, SIDE[int(each.direction[-1])]) for kind, each in signs.items() if len(each) and each.known[-1] >= len(BARS) - 5]
    stale = [kind for kind, each in signs.items() if len(each) and each.known[-1] < len(BARS) - 20]
    return fresh[0], stale[0]


FRESH, STALE = latest_sign()


def noted(*found):
    return compose_note(BARS, settings=QUICK, evidence=evidence(*found))


def section(note):
    found = note.section("evidence")
    return (
        ""
        if found is None
        else to_markdown(to_document(note)).partition("## What such signs have been worth")[2].partition("##")[0].strip()
    )


def check(note):
    numbers = [name for name, fact in note.facts.items() if name.startswith("evidence.")]
    for name in numbers:
        assert recompute(name, note.facts, BARS, {}) == pytest.approx(note.facts[name].value, rel=1e-12), name
    assert literal_digits(to_document(note)) == []
    return numbers


def test_a_sign_that_told_nothing_is_said_with_its_cases_and_its_base_rate():
    # 33 of 61 are 54 per cent; 112 of 200 days 56
    note = noted(tried(*FRESH))
    assert section(note) == (
        "RSI crossing above its signal line has told nothing about the next 12 sessions of RTY: up in 54% of 61 cases, "
        "base rate 56%."
    )
    assert len(check(note)) == 4


def test_a_sign_that_is_not_there_today_is_not_spoken_of():
    note = noted(tried(STALE, "bullish"), tried(STALE, "bearish"), tried(STALE, ""))
    assert note.section("evidence") is None


def test_a_sign_of_which_there_are_too_few_cases_is_not_spoken_of():
    few = replace(tried(*FRESH), measures=(), p=None, corrected=None, cases=7)
    assert noted(few).section("evidence") is None


def test_what_stands_out_is_said_with_figures_and_not_said_to_be_nothing():
    note = noted(tried(*FRESH, sessions=5, corrected=0.02), tried(*FRESH))
    assert section(note) == (
        "RSI crossing above its signal line has stood out: over the next 5 sessions RTY was up in 54% of 61 cases and moved "
        "+0.4 ATR on average, against 55% and −0.1 ATR after random days of like volatility; with every kind counted that was "
        "tried, chance does as much with a probability of 2%."
    )
    check(note)


KINDS = ("average", "swing", "extreme", "pivot", "round", "anchor", "fibonacci", "gap", "line", "profile", "vwap")


def test_levels_are_compared_with_random_ones():
    # 29, 15 and 6 of 50 touches
    note = noted(*(level(kind) for kind in KINDS))
    said = section(note)
    assert (
        "held, broke or were won back in 58/30/12% of 50 touches within 12 sessions, random levels at the same distance in "
        "55/30/15%"
    ) in said
    assert said.endswith(". Such differences chance makes.")
    check(note)
    told = section(noted(*(level(kind, corrected=0.01) for kind in KINDS)))
    assert "within 12 sessions" in told
    assert told.endswith("is more than chance.")


def test_what_came_of_levels_within_a_week_stands_beside_it():
    soon = ((0.7, 0.66), (0.2, 0.24), (0.1, 0.1))
    found = [each for kind in KINDS for each in (level(kind), level(kind, sessions=5, shares=soon, corrected=0.05))]
    note = noted(*found)
    said = section(note)
    assert ", and within 5 in 70/20/10% against 66/24/10%" in said
    assert "within 5 sessions is more than chance" in said
    assert len(said.split()) <= 75
    check(note)


def test_of_levels_with_too_few_touches_nothing_is_said():
    few = [replace(level(kind, sessions=n), p=None, corrected=None, measures=()) for kind in KINDS for n in (5, 12)]
    assert noted(*few).section("evidence") is None
    assert "within 5" not in section(noted(*(level(kind) for kind in KINDS), *(each for each in few if each.sessions == 5)))


def test_a_note_without_evidence_has_no_such_section_and_one_with_it_says_nothing_else_otherwise():
    without, with_it = compose_note(BARS, settings=QUICK), noted(tried(*FRESH))
    assert without.section("evidence") is None
    assert replace(with_it, sections=without.sections, facts=without.facts) == without


def test_a_kind_nobody_has_named_is_spoken_of_as_it_is_called():
    assert "A quite new thing has told nothing" in section(noted(tried(*FRESH, called="a quite new thing")))


def test_evidence_of_an_earlier_day_may_be_used():
    earlier = replace(evidence(tried(*FRESH)), last=BARS.as_of - dt.timedelta(days=30))
    assert compose_note(BARS, settings=QUICK, evidence=earlier).section("evidence") is not None
