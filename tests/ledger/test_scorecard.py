"""The scorecard of records small enough to score by hand."""

from __future__ import annotations

import json
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import made_record, row

from levelhead.kernels.inference import Interval
from levelhead.ledger.forecast_score import needed
from levelhead.ledger.scorecard import Asked, scorecard, scorecard_document, scorecard_schema
from levelhead.ledger.scored import compact, horizon_of

THIRDS = (1 / 3, 1 / 3, 1 / 3)


def book_of(*rows):
    (book,) = scorecard(made_record(*rows)).books
    return book


def score_of(book, kind, **group):
    (found,) = [
        s
        for s in book.forecasts
        if s.group.kind == kind
        and (s.group.author, s.group.symbol, s.group.sessions)
        == (group.get("author", ""), group.get("symbol", ""), group.get("sessions", 0))
    ]
    return found, {measure.name: measure for measure in found.measures}


def test_scores_and_skill_by_hand():
    # Brier 0.25 + 0.09 + 0.04 = 0.38 and 0.25 + 0.09 + 0.64 = 0.98; of thirds 4/9 + 1/9 + 1/9 = 2/3 each
    book = book_of(
        row("scenario", "up", said=(0.5, 0.3, 0.2), base=THIRDS),
        row("scenario", "down", said=(0.5, 0.3, 0.2), base=THIRDS, week=1),
    )
    score, measures = score_of(book, "scenario")
    assert (score.count, score.days, score.windows) == (2, 2, 2)
    assert measures["brier"].score == pytest.approx((0.38 + 0.98) / 2)
    assert measures["brier"].base == pytest.approx(2 / 3)
    assert measures["brier"].skill.value == pytest.approx(1 - 0.68 / (2 / 3))
    # ranked: cumulated 0.5, 0.8: up 0.25 + 0.04 = 0.29, down 0.25 + 0.64 = 0.89; of thirds 4/9 + 1/9 = 5/9
    assert measures["ranked"].score == pytest.approx((0.29 + 0.89) / 2)
    assert measures["ranked"].base == pytest.approx(5 / 9)
    # log: ln 2 and ln 5; of thirds ln 3
    assert measures["log"].score == pytest.approx((0.6931471805599453 + 1.6094379124341003) / 2)
    assert measures["log"].base == pytest.approx(1.0986122886681098)


@pytest.mark.parametrize(("weeks", "is_told"), [(4, False), (5, True)])
def test_fewer_than_five_windows_tell_nothing_from_chance(weeks, is_told):
    # better than the base rate each time: so are four windows of four by chance in one record of eight with one sign or the other
    rows = [row("target", "true", said=(0.6 + 0.02 * w, 0.4 - 0.02 * w), base=(0.5, 0.5), week=w, sessions=5) for w in range(weeks)]
    score, measures = score_of(book_of(*rows), "target")
    assert (score.windows, score.is_told) == (weeks, is_told)
    assert (measures["brier"].skill.low is not None) == is_told


def test_claims_without_an_order_of_outcomes_have_no_ranked_score():
    _, measures = score_of(book_of(row("target", "true", said=(0.3, 0.7), base=(0.2, 0.8))), "target")
    assert set(measures) == {"brier", "log"}
    assert measures["brier"].score == pytest.approx(0.98)  # 0.7^2 twice


def test_only_what_is_decided_is_scored_and_the_rest_is_counted():
    book = book_of(
        row("scenario", "up", said=THIRDS, base=THIRDS),
        row("scenario", "open", said=THIRDS, base=THIRDS, week=1),
        row("scenario", "undecided", said=THIRDS, base=THIRDS, week=2),
        row("scenario", "void", said=THIRDS, base=THIRDS, week=3),
    )
    (tally,) = book.tallies
    assert (tally.count, tally.decided, tally.undecided, tally.open, tally.void) == (4, 1, 1, 1, 1)
    assert score_of(book, "scenario")[0].count == 1


def test_live_and_replayed_notes_are_never_in_one_table():
    card = scorecard(
        made_record(
            row("scenario", "up", said=(1.0, 0.0, 0.0), base=THIRDS, standing="live"),
            row("scenario", "up", said=(0.0, 0.0, 1.0), base=THIRDS, standing="replayed", week=1),
        )
    )
    assert [book.standing for book in card.books] == ["live", "replayed"]
    scores = [score_of(book, "scenario")[1]["brier"].score for book in card.books]
    assert scores == [0.0, 2.0]


def test_without_a_base_rate_there_is_a_score_and_no_skill():
    score, measures = score_of(book_of(row("scenario", "up", said=(0.5, 0.3, 0.2))), "scenario")
    assert measures["brier"].score == pytest.approx(0.38)
    assert measures["brier"].base is None
    assert measures["brier"].skill is None
    assert not score.is_told


def test_statements_without_a_base_rate_stay_out_of_the_comparison():
    score, measures = score_of(
        book_of(
            row("scenario", "up", said=(0.5, 0.3, 0.2), base=THIRDS),
            row("scenario", "up", said=(0.0, 0.0, 1.0), week=1),
        ),
        "scenario",
    )
    assert (score.count, score.without_base, measures["brier"].count) == (2, 1, 1)
    assert measures["brier"].score == pytest.approx(0.38)


def test_authors_instruments_and_horizons_have_rows_of_their_own():
    rows = [
        row("scenario", "up", said=(0.5, 0.3, 0.2), base=THIRDS, author=author, symbol=symbol, sessions=sessions)
        for author, symbol, sessions in (("a", "RTY", 5), ("b", "RTY", 5), ("a", "ES", 12))
    ]
    book = book_of(*rows)
    assert score_of(book, "scenario")[0].count == 3
    assert score_of(book, "scenario", author="a")[0].count == 2
    assert score_of(book, "scenario", symbol="ES")[0].count == 1
    assert score_of(book, "scenario", sessions=5)[0].count == 2


def test_windows_that_overlap_count_once():
    # Mondays; twelve sessions are more than two weeks: of seven notes the first, fourth and seventh stand apart
    book = book_of(*(row("scenario", "up", said=THIRDS, base=THIRDS, sessions=12, week=week) for week in range(7)))
    assert score_of(book, "scenario")[0].windows == 3


def test_too_few_windows_have_no_interval():
    _, measures = score_of(book_of(row("scenario", "up", said=(0.5, 0.3, 0.2), base=THIRDS)), "scenario")
    assert measures["brier"].skill.low is None


def test_a_prophet_is_told_from_the_base_rate_and_its_echo_is_not():
    prophet = [row("scenario", "up", said=(0.9, 0.05, 0.05), base=THIRDS, week=week) for week in range(40)]
    echo = [row("scenario", "up", said=THIRDS, base=THIRDS, week=week) for week in range(40)]
    assert score_of(book_of(*prophet), "scenario")[0].is_told
    told = score_of(book_of(*echo), "scenario")[0]
    assert not told.is_told
    assert told.needed is None


def test_windows_needed_grow_with_the_square_of_error_over_mean():
    # 1.645 x 0.05 / 0.01 = 8.22: squared, 67.6 times the 20 windows there are
    assert needed(Interval(0.01, -0.07, 0.09, 0.05), 20) == 1353
    assert needed(Interval(0.001, -0.07, 0.09, 0.05), 20) is None
    assert needed(Interval(0.0, -0.07, 0.09, 0.05), 20) is None


def test_expectancy_by_hand():
    book = book_of(
        row("setup", "target", result=(2.0, 2.0), dollars=(1000.0, 1000.0)),
        row("setup", "stop", result=(-1.1, -1.1), dollars=(-550.0, -550.0), week=1),
        row("setup", "undecided", result=(-1.1, 2.0), dollars=(-550.0, 1000.0), week=2),
        row("setup", "unfilled", week=3),
    )
    (found,) = book.expectancies
    assert (found.settled, found.unfilled, found.target, found.stop, found.expired, found.undecided) == (4, 1, 1, 1, 0, 1)
    assert found.worst.value == pytest.approx((2.0 - 1.1 - 1.1) / 3)
    assert found.best.value == pytest.approx((2.0 - 1.1 + 2.0) / 3)
    assert found.won == pytest.approx(1 / 3)
    assert found.won * found.win + (1 - found.won) * found.loss == pytest.approx(found.worst.value)
    assert (found.dollars_low, found.dollars_high) == (-100.0, 1450.0)
    (course,) = book.result_courses
    assert [p.low for p in course.points] == pytest.approx([2.0, 0.9, -0.2])
    assert [p.high for p in course.points] == pytest.approx([2.0, 0.9, 2.9])


def test_a_plan_that_was_shown_and_not_offered_is_no_setup():
    plan = {"outcomes": ("unfilled", "target", "stop", "expired"), "result": (2.0, 2.0), "name": "setup.best"}
    book = book_of(row("claim", "target", **plan))
    assert book.expectancies == ()
    (refused,) = book.refused
    assert refused.worst.value == 2.0


def test_shares_of_levels_by_hand():
    above, below = {"low": 2100.0, "high": 2110.0, "start": 2000.0}, {"low": 1900.0, "high": 1910.0, "start": 2000.0}
    book = book_of(
        row("level", "held", prices=above),
        row("level", "broken", prices=above, week=1),
        row("level", "untested", prices=above, week=2),
        row("level", "reclaimed", prices=below, week=3),
        row("level", "held", prices=below, week=4),
    )
    shares = {found.side: found for found in book.levels}
    assert shares[""].held_share.value == pytest.approx(2 / 4)
    assert shares["resistance"].held_share.value == pytest.approx(1 / 2)
    assert (shares["support"].count, shares["support"].reclaimed, shares["resistance"].untested) == (2, 1, 1)


def test_biases_by_hand():
    book = book_of(
        row("bias", "right", result=(0.8, 0.8), prices={"lean": 1.0}),
        row("bias", "wrong", result=(-0.3, -0.3), prices={"lean": -0.5}, week=1),
        row("bias", "neither", result=(0.1, 0.1), prices={"lean": 1.0}, week=2),
        row("bias", "right", result=(0.0, 0.0), prices={"lean": 0.0}, week=3),
    )
    (found,) = book.biases
    assert (found.right, found.wrong, found.neither, found.neutral, found.neutral_right) == (1, 1, 1, 1, 1)
    assert found.sign.value == 0.5
    assert found.size.value == pytest.approx((0.8 - 0.3 + 0.1) / 3)


def test_authors_are_compared_on_their_common_days_alone():
    weeks = range(12)
    good = [row("scenario", "up", said=(0.8, 0.1, 0.1), base=THIRDS, author="good", week=w) for w in weeks]
    dull = [row("scenario", "up", said=THIRDS, base=THIRDS, author="dull", week=w) for w in weeks]
    alone = [row("scenario", "down", said=(1.0, 0.0, 0.0), base=THIRDS, author="good", week=w) for w in range(20, 40)]
    book = book_of(*good, *dull, *alone)
    (pair,) = book.side_by_side
    assert set(pair.authors) == {"good", "dull"}
    assert pair.days == 12
    scores = dict(zip(pair.authors, pair.score, strict=True))
    # on common days 0.04 + 0.01 + 0.01 and 4/9 + 1/9 + 1/9; what 'good' said alone is not in it
    assert scores["good"] == pytest.approx(0.06)
    assert scores["dull"] == pytest.approx(2 / 3)


def test_other_horizons_and_instruments_are_no_common_day():
    book = book_of(
        row("scenario", "up", said=THIRDS, author="a", sessions=5),
        row("scenario", "up", said=THIRDS, author="b", sessions=12),
        row("scenario", "up", said=THIRDS, author="b", sessions=5, symbol="ES"),
    )
    assert book.side_by_side == ()


def test_the_sum_of_skill_is_the_brier_score_gained_day_by_day():
    book = book_of(
        row("scenario", "up", said=(0.5, 0.3, 0.2), base=THIRDS),
        row("scenario", "down", said=(0.5, 0.3, 0.2), base=THIRDS, week=1),
    )
    (course,) = book.skill_courses
    assert [point.low for point in course.points] == pytest.approx([2 / 3 - 0.38, 4 / 3 - 0.38 - 0.98])


@given(st.lists(st.integers(1, 70), min_size=1, max_size=60))
def test_a_groups_horizon_is_one_that_nine_tenths_of_its_statements_do_not_exceed(sessions):
    assert horizon_of(np.array(sessions)) == np.quantile(sessions, 0.9, method="higher")


@given(st.lists(st.integers(0, 30), max_size=40), st.sampled_from([31, 10**7]))
def test_numbers_are_made_compact_with_sorting_and_without(numbers, below):
    distinct, place = compact(np.array(numbers, dtype=np.int64), below)
    assert distinct.tolist() == sorted(set(numbers))
    assert distinct[place].tolist() == numbers


def test_an_empty_record_has_no_books():
    assert scorecard(made_record()).books == ()


def test_what_was_asked_stands_in_the_document():
    document = scorecard_document(scorecard(made_record(), asked=Asked(symbol="RTY")))
    assert document["asked"] == {"author": "", "symbol": "RTY", "kind": "", "since": None}


def test_the_document_is_of_its_schema_and_the_same_each_time():
    import jsonschema

    rng = np.random.default_rng(4)
    rows = [
        row(
            kind,
            outcome,
            said=THIRDS,
            base=THIRDS,
            week=week,
            author=("a", "b")[week % 2],
            result=(-1.0, 1.0),
            prices={"lean": 1.0},
        )
        for week in range(30)
        for kind, outcome in (("scenario", ("up", "range", "down")[rng.integers(3)]), ("bias", "right"))
    ]
    rows += [row("setup", ("target", "stop")[week % 2], result=(1.0, 1.0), week=week) for week in range(30)]
    rows += [row("level", "held", week=week, prices={"low": 1.0, "high": 2.0, "start": 3.0}) for week in range(30)]
    document = scorecard_document(scorecard(made_record(*rows)))
    jsonschema.validate(document, scorecard_schema())
    assert document == scorecard_document(scorecard(made_record(*rows)))


def test_the_schema_published_with_the_package_is_that_of_its_scorecards():
    published = resources.files("levelhead.ledger").joinpath("scorecard.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == scorecard_schema(), "run make docs"
