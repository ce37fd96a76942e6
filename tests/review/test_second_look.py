"""Where the table of the words around a price is followed, and where the rules stand."""

from dataclasses import replace

from levelhead.review.near_cues import Occurrence
from levelhead.review.near_words import Answer, Chances
from levelhead.review.said import BY_TABLE, INFERRED, WRITTEN, Indicator, Money, ReadLevel
from levelhead.review.second_look import A_LAST, A_LEVEL, ANOTHER_KIND, ANOTHER_SIDE, FEWEST, HARDLY_LAST, NO_LAST, second_look
from levelhead.review.text import Span


def money(price):
    return Money(low=price, high=price)


def place(price, band=0, is_bare=False):
    words, span = f"around {price}", Span(start=int(price), end=int(price) + 4)
    return Occurrence(price=money(price), span=span, words=words, band=band, is_bare=is_bare, cues=())


def told(price, level=0.5, last=0.01, side=("support", 0.5), kind=("level", 0.5), band=0, is_bare=False):
    at = (place(price, band, is_bare),)
    return {(price, price): Chances(level=level, last=last, side=Answer(*side), kind=Answer(*kind), places=at)}


def others(count=FEWEST):
    """Prices of which the table thinks nothing."""
    found = {}
    for n in range(count):
        found |= told(2000.0 + n)
    return found


def level(price, side="support", kind="level", sure=WRITTEN):
    return ReadLevel(side=side, kind=kind, price=money(price), label="", span=Span(start=1, end=2), sure=sure)


def last(price):
    return Indicator(name="last", value=money(price), words="", span=Span(start=1, end=2), sure=WRITTEN)


SURE = {"level": 0.99, "side": ("support", 0.99), "kind": ("extreme", 0.99)}


def test_a_price_that_no_rule_read_and_the_words_call_a_level_is_one():
    levels, _ = second_look([], [], told(1990.0, **SURE) | others())
    [found] = levels
    assert (found.price, found.side, found.kind, found.sure, found.label) == (
        money(1990.0),
        "support",
        "extreme",
        0.6,
        "around 1990.0",
    )


def test_where_the_table_is_less_sure_nothing_is_added():
    assert second_look([], [], told(1990.0, **SURE | {"level": A_LEVEL - 0.01}) | others())[0] == ()
    assert second_look([], [], told(1990.0, **SURE | {"side": ("support", 0.75)}) | others())[0] == ()


def test_a_price_inside_a_level_that_was_read_is_not_read_again():
    zone = replace(level(1990.0), price=Money(low=1985.0, high=1995.0))
    assert second_look([zone], [], told(1990.0, **SURE) | others())[0] == (zone,)


def test_the_last_price_is_no_level_by_the_table():
    assert second_look([], [last(1990.0)], told(1990.0, **SURE) | others())[0] == ()


def test_what_may_be_the_last_price_is_not_added_as_a_level():
    assert second_look([], [last(2001.0)], told(1990.0, last=HARDLY_LAST, **SURE) | others())[0] == ()


def test_no_support_is_added_above_the_last_price_and_no_resistance_below():
    above, below = told(2050.0, **SURE), told(1950.0, **SURE | {"side": ("resistance", 0.99)})
    assert second_look([], [last(2020.0)], above | below | others())[0] == ()
    assert len(second_look([], [], above | below | others())[0]) == 2


def test_a_small_whole_number_is_a_rank_or_a_date():
    assert second_look([], [], told(5.0, is_bare=True, **SURE) | others())[0] == ()
    assert len(second_look([], [], told(5.0, **SURE) | others())[0]) == 1


def test_a_market_of_which_two_prices_are_told_gets_no_level():
    two = told(70.0, band=1, **SURE) | told(71.0, band=1)
    assert second_look([], [], two | others())[0] == ()
    assert len(second_look([], [], two | told(72.0, band=1) | others())[0]) == 1


def test_passages_of_few_prices_are_left_to_the_rules():
    few = told(1990.0, **SURE) | others(FEWEST - 2)
    assert second_look([], [], few) == ((), ())


def test_a_note_without_a_last_price_gets_the_likeliest_and_its_levels_their_sides():
    unsided = level(2100.0, side="")
    levels, values = second_look([unsided], [], told(2050.0, last=A_LAST) | others())
    assert [(v.name, v.value, v.sure) for v in values] == [("last", money(2050.0), BY_TABLE)]
    assert [x.side for x in levels] == ["resistance"]


def test_a_note_with_a_last_price_gets_no_other():
    assert second_look([], [last(2001.0)], told(2050.0, last=0.99) | others())[1] == (last(2001.0),)


def test_a_last_price_that_the_words_rule_out_goes():
    assert second_look([], [last(1990.0)], told(1990.0, last=NO_LAST - 0.001) | others())[1] == ()
    assert second_look([], [last(1990.0)], told(1990.0, last=NO_LAST) | others())[1] == (last(1990.0),)


def test_a_level_of_no_nearer_kind_becomes_what_its_words_make_it_and_is_less_sure():
    [found] = second_look([level(1990.0)], [], told(1990.0, kind=("average", ANOTHER_KIND)) | others())[0]
    assert (found.kind, found.sure) == ("average", BY_TABLE)


def test_a_kind_that_a_rule_named_stands():
    named = level(1990.0, kind="extreme")
    assert second_look([named], [], told(1990.0, kind=("average", 0.999)) | others())[0] == (named,)


def test_whether_a_name_is_a_pivot_s_is_left_to_the_rules():
    plain = level(1990.0)
    assert second_look([plain], [], told(1990.0, kind=("pivot", 0.999)) | others())[0] == (plain,)


def test_a_side_told_by_position_gives_way_to_words_and_a_written_one_does_not():
    words = told(1990.0, side=("resistance", ANOTHER_SIDE)) | others()
    assert [x.side for x in second_look([level(1990.0, sure=INFERRED)], [], words)[0]] == ["resistance"]
    assert [x.side for x in second_look([level(1990.0)], [], words)[0]] == ["support"]
