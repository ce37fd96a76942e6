"""What a note expects without a condition, in any words: a move and its end, a target, what a pattern projects."""

import pytest
from small_notes import agrees

NOTES = {
    "the most probable path": (
        "Silver trades at $53.60. The most probable path from here is a correction that carries to $50.20 before month end.",
        "S down - - 50.2|I last 53.6",
    ),
    "an outcome that ends near": (
        "Copper settled at 4.5120. The likeliest outcome is a dip that ends near 4.3800.",
        "S down - - 4.38|I last 4.512",
    ),
    "likely, behind the price": (
        "Bitcoin last 39,450. A slow bleed to $36,500 is likely in my view.",
        "S down - - 36500|I last 39450",
    ),
    "a bet": ("NQ last 21,450. My bet: we grind back to 21,800 by Friday.", "S up - - 21800|I last 21450"),
    "cannot be ruled out": (
        "Gold trades at 3,215. A retest of $3,120 can't be ruled out.",
        "S down - - 3120|I last 3215",
    ),
    "the next upside target": (
        "The market settled at 2,471.50. The next upside target is 2,501.40.",
        "S up - - 2501.4|I last 2471.5",
    ),
    "a target where no last price is stated": (
        "EUR/USD stays in consolidation. Rise from 1.0176 is in progress. Next target is 1.1916.",
        "S up - - 1.1916",
    ),
    "would target": (
        "GBP/JPY mid-day. Current rally is part of the up trend from 184.35 and would target 205.30 next.",
        "S up - - 205.3",
    ),
    "what a pattern projects": (
        "DAX closed 13,544. Should the lower channel line give way, the flag will be completed. The pattern then projects a "
        "decline "
        "to 12,950 at first.",
        "S down - - 12950|I last 13544",
    ),
    "a verb that ends at a price": (
        "DXY is at 106.05. The dollar index should find its feet and go on to challenge 107.00.",
        "S up - - 107|I last 106.05",
    ),
    "room to run": (
        "Dow last 44,700. Any dip is likely to be bought; the rally then has room to run to 45,400.",
        "S up - - 45400|I last 44700",
    ),
    "gets hit": ("Wheat closed at 578. I still think 592 gets hit before the report.", "S up - - 592|I last 578"),
    "confined to": (
        "USD/CHF, spot 0.8842. We see the pair confined to 0.8780-0.8910 this week.",
        "S range - .878-.891 -|I last .8842",
    ),
    "gains that look likely": ("ES is at 5,921. Further gains to 5,990 look likely.", "S up - - 5990|I last 5921"),
    "a measured move": ("Gold trades at $2,735. Measured move: $2,850.", "S up - - 2850|I last 2735"),
    "look for": ("Cable trades at 1.2655. Look for 1.2580 and 1.2510.", "S down - - 1.258|I last 1.2655"),
    "opens the risk of": (
        "Dow last 37,640. The bearish candle opens the risk of a slide to 37,200.",
        "S down - - 37200|I last 37640",
    ),
    "a preferred route": (
        "ES trades at 6,390. The preferred route is 6,350 and 6,322.",
        "S down - - 6350|I last 6390",
    ),
    "a target of": ("S&P last 6,090. We are tactically bullish with a near-term target of 6,300.", "S up - - 6300|I last 6090"),
    "we target a support": (
        "EUR/CHF trades at 0.9385. We target the 0.9255 support.",
        "L support level .9255|S down - - .9255|I last .9385",
    ),
    "an event where no last price is stated": (
        "Resistance lies at 2,622. Should the new year bring fresh money, as it did in 2019, we'd expect a run at 2,700.",
        "L resistance level 2622|S up - - 2700",
    ),
}
NO_WAYS = {
    "readers who were asked": ("Bitcoin last 39,450. Reader poll: 54% of you think we fall to $30,000.", "I last 39450"),
    "a question": ("Bitcoin tumbles below $90K. Is $85K next?\n\nBTC trades at $88,640.", "I last 88640"),
    "what should have been": (
        "AUD/USD trades at 0.6520. The fall from 0.6372 is a correction and should have completed at 0.6620.",
        "I last .652",
    ),
    "support between two prices": (
        "ES trades at 6,690. Look for support between 6,672 and 6,675.",
        "L support level 6672-6675|I last 6690",
    ),
    "where it would be stopped": (
        "EUR/USD trades at 1.0465. Rallies at this point should run into trouble at 1.0600.",
        "I last 1.0465",
    ),
    "an order": ("ES last 5,905. We expect to sell a rally to 5,960.", "I last 5905"),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_is_expected_is_a_way_on(note):
    assert agrees(note) is True


@pytest.mark.parametrize("note", NO_WAYS.values(), ids=NO_WAYS)
def test_what_nobody_here_expects_is_none(note):
    assert agrees(note) is True
