"""A word said of one price is not said again of the next, and prices of a trade are no levels."""

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def levels(text, name="the note"):
    return [(x.side, x.price.low) for x in read_note(text_of(text.encode(), name=name)).levels]


def lasts(text):
    return [i.value.low for i in read_note(text_of(text.encode())).indicators if i.name == "last"]


def test_a_side_said_behind_its_price_is_not_the_next_ones():
    assert levels("As long as 1.0830 is resistance, the euro favours a fall toward 1.0745.\n") == [("resistance", 1.083)]


def test_a_price_called_the_last_is_no_level_of_the_list_before_it():
    text = "Dax, briefly: resistance 24,280, support 23,590, futures 23,900 last.\n"
    assert levels(text) == [("resistance", 24280), ("support", 23590)]
    assert lasts(text) == [23900]


def test_a_ticket_under_a_table_of_levels_is_none_of_its_rows():
    page = (
        "<table><tr><th>S1</th><th>Pivot</th><th>R1</th></tr><tr><td>66.80</td><td>68.30</td><td>69.90</td></tr></table>"
        "<p>Idea: Sell limit 69.70 | Stop loss 70.60 | Take profit 67.10</p>"
    )
    assert levels(page, "a.html") == [("support", 66.8), ("pivot", 68.3), ("resistance", 69.9)]


def test_turnover_in_crores_and_the_buy_side_trade_nothing():
    text = "Foreigners sold 4,171 crore, funds bought 4,512 crore.\nBuy-side liquidity lies at 25,310, sell-side at 24,905.\n"
    assert read_note(text_of(text.encode())).setups == ()


def test_where_a_market_fell_to_years_ago_is_no_last_price():
    assert lasts("In 1998 the Dow fell 512 points to 7,539.07, and nobody remembers why.\n") == []


def test_a_market_on_which_there_is_no_view_has_no_last_price_here():
    note = "Copper settled at 884.35. Support lies at 876.\n\nZinc settled at 271.20, no opinion this morning.\n"
    assert lasts(note) == [884.35]
