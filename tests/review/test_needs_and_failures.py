"""What a market needs to get somewhere, what follows where it fails, and conditions that take up a price named before."""

import pytest
from small_notes import expected, read

NOTES = {
    "needs out of the way": ("Wheat last 548. It needs 556 out of the way to have a crack at 570.", "S up - - 570"),
    "needs flipped": ("SOL trades at 168. Bulls need 181 flipped for a shot at 195.", "S up - - 195"),
    "takes": ("Cable last 1.2700. It takes 1.2760 to open up 1.2850.", "S up - - 1.285"),
    "before": ("Corn last 452. It has to get past 460 before 472 is an option.", "S up - - 472"),
    "only then": ("DAX last 23,344. For bulls 23,385 is the hurdle, only then they get a chance at 23,500.", "S up - - 23500"),
    "the latter": (
        "Brent closed at 69.96. Support 67.30, resistance 71.60. Only a close above the latter would open 74.10.",
        "S up - - 74.1",
    ),
    "failure alone": (
        "Bunds last 131.20. As long as they stay over 130.50 look for 132.10. Failure puts 129.70 back in play.",
        "S up - - 132.1|S down - - 129.7",
    ),
    "underneath": ("Crude settled at 70.34. 69.80 is the floor and a close underneath opens 67.70.", "S down - - 67.7"),
    "north of there": ("Yen last 150.55. 150.90 is resistance. A daily close north of there opens 151.80.", "S up - - 151.8"),
    "through there, short": ("Euro 1.0830. 1.0790 is support, thru there 1.0740.", "S down - - 1.074"),
    "the support breaks": (
        "NQ last 18,975. There is support at 18,800; if the support breaks 18,500 should follow.",
        "S down - - 18500",
    ),
    "by its average": (
        "Gold last 2,650.\n\nSterling last 1.2624. The 200-day average is 1.2470. A close under the average would open 1.2370.",
        "S down - - 1.237",
    ),
    "as long as it is not cleared": (
        "Oats last 362. 371 is resistance. As long as it's not cleared we'd look for 350.",
        "S down - - 350",
    ),
    "capped by it": (
        "Brent closed at 73.70. 74.80 is resistance. While the contract is capped by it, we look for a return to 71.00.",
        "S down - - 71",
    ),
    "with that capped": ("Gilts last 92.30. 92.75 is resistance and with that capped we lean to 91.40.", "S down - - 91.4"),
    "take away": ("Copper closed at 4.66. Take away 4.38 and I'll be looking for 4.15.", "S down - - 4.15"),
    "as the next stop": (
        "Bonds last 119.10. A weekly close over 120.50 and I'd accept 122.25 as the next stop.",
        "S up - - 122.25",
    ),
    "maybe": ("WTI last 60.20. 61.80 is resistance, and over 61.80 maybe 63.40.", "S up - - 63.4"),
    "a chance that grows": (
        "Yen last 148.90. The chance of a close below 147.70 will increase as long as resistance at 150.20 is not breached.",
        "",
    ),
    "the next support": (
        "Palladium last 990. Support comes in at 975 and if that is broken the 50-day line at 940 is the next support.",
        "",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_is_needed_and_what_fails_leads_on(note):
    text, lines = note
    ways = [x for x in read(text) if x[0] == "S"]
    assert ways == [expected(line) for line in lines.split("|") if line]


REFERRED = {
    "the market's own price before it": (
        "Oats last 362. What would be wrong: losing 355. If that goes, we look for 349, then 342.",
        "S down - - 349",
    ),
    "a verb about a price is no reference": (
        "RTY last 2,432. The 50-day is up at 2,461. If we can't hold 2,415 that's a failure and I'd see 2,378 quick.",
        "S down - - 2378",
    ),
    "a long way over": ("RTY finished at 2,270 and is a long way over the 50-day (2,158), so chasing isn't on.", ""),
}


@pytest.mark.parametrize("note", REFERRED.values(), ids=REFERRED)
def test_what_it_means_is_told_by_what_was_said_last(note):
    text, lines = note
    ways = [x for x in read(text) if x[0] == "S"]
    assert ways == [expected(line) for line in lines.split("|") if line]


SHORT = {
    "short for above and below": ("NQ 20,412. abv 20,555 -> 20,690\nblw 20,280 -> 20,105", "S up - - 20690|S down - - 20105"),
    "failing a price": ("RTY last 2,477. Failing 2,441, room to 2,402.", "S down - - 2402"),
    "a resistance that yields": ("RUT closed at 2,283. If 2,300 yields we see 2,380.", "S up - - 2380"),
    "a resistance that gives way": ("Bund last 131.20. Should 131.80 give way, 132.60 is next.", "S up - - 132.6"),
    "an open interest is no price to come": ("Settle 2,633.8   Chg +0.36%   Open int 441,318", ""),
    "a rise in words is no chance": ("IWM closed $189.00 today, up near nine percent, the best day of the year.", ""),
    "a figure that was expected is no chance": ("AWS grew 17% vs 17.4% exp, claims 228k. ES last 5,653.", ""),
}


@pytest.mark.parametrize("note", SHORT.values(), ids=SHORT)
def test_short_words_are_read_and_figures_of_other_things_are_not(note):
    text, lines = note
    ways = [x for x in read(text) if x[0] == "S"]
    assert ways == [expected(line) for line in lines.split("|") if line]


CHAT = (
    "#pit-room | Thu 10 Apr 2025\n[08:12] mack: ES 5,398 last\n"
    "[08:13] mack: plan for today: as long as we trade under 5,440 I look for 5,310 first\n"
    "[09:55] dol: anyone looking at gold? 3,148 here\n"
    "[09:57] mack: no trade for me. but above 3,160 it should see 3,205 imo\n",
    [("S", "down", None, None, (5310, 5310)), ("S", "up", None, None, (3205, 3205))],
)
FAILS = "Bonds last 112.75. 113.60 is resistance. Cant get back over = 111.20. Failure to hold 111.20 puts 110.04 back in play."


def test_what_somebody_says_heads_nothing_and_as_long_as_is_no_order():
    text, ways = CHAT
    assert [x for x in read(text) if x[0] in "ST"] == ways


def test_what_cannot_get_back_leads_on_and_a_verb_puts_a_price_in_play():
    assert [x[4] for x in read(FAILS) if x[0] == "S"] == [(111.2, 111.2), (110.04, 110.04)]
