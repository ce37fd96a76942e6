"""Small notes with the many ways in which a price is said to be a high, an average, a gap or a line, and what a trader takes."""

from __future__ import annotations

import pytest
from small_notes import agrees

NOTES = (
    ("Tuesday's high 4,188.50 (res). Tuesday's low 4,131.25 (sup).", "L resistance extreme 4188.5|L support extreme 4131.25"),
    (
        "Gold trades at 2,611. The 38.2% retracement of the spring advance, 2,574, is support.",
        "I last 2611|L support fibonacci 2574",
    ),
    (
        "A trend line joining the March and June highs gives resistance at 71.40 in crude; the bounce off the July low stalled at "
        "70.85, which is resistance as well.",
        "L resistance line 71.4|L resistance level 70.85",
    ),
    ("The record high, 5,211.75, is the only resistance left.", "L resistance extreme 5211.75|I all_time_high 5211.75"),
    ("Under the spring low, 1.0820 is support for the euro.", "L support level 1.082"),
)


@pytest.mark.parametrize("note", NOTES, ids=[text[:40] for text, _ in NOTES])
def test_a_price_is_of_the_kind_that_the_words_beside_it_name(note):
    assert agrees(note) is True


SHARED = (
    (
        "The supports for cocoa are seen at 7,410 and, should that give way, near 7,280.",
        "L support level 7410|L support level 7280",
    ),
    ("For Brent 78.20 and 77.55 are the supports.", "L support level 78.2|L support level 77.55"),
    (
        "Copper: 4.31 and 4.26 underneath, 4.42 overhead are the levels I watch.",
        "L support level 4.31|L support level 4.26|L resistance level 4.42",
    ),
    (
        "Platinum was sold twice from 1,012; treat it as resistance. 968 was bought; that is your support.",
        "L resistance level 1012|L support level 968",
    ),
    (
        "Sellers hold 4,512, which makes it resistance. Support for the S&P future is 4,470; 4,455 comes second.",
        "L resistance level 4512|L support level 4470|L support level 4455",
    ),
)
DONE = (
    (
        "Dips in the Nasdaq future are bought into 17,850, bounces sold into 18,020.",
        "L support level 17850|L resistance level 18020",
    ),
    ("Upside limited by 1.3120, downside protected by 1.2980 (USD/CAD).", "L resistance level 1.312|L support level 1.298"),
    ("Bears are kept at bay by 0.6420, and 0.6510 pins the Aussie down.", "L support level 0.642|L resistance level 0.651"),
    ("For silver $23.40 is where buyers live, $24.60 where sellers do.", "L support level 23.4|L resistance level 24.6"),
)


@pytest.mark.parametrize("note", SHARED, ids=[text[:40] for text, _ in SHARED])
def test_prices_share_a_side_that_is_said_of_all_or_pointed_back_at(note):
    assert agrees(note) is True


@pytest.mark.parametrize("note", DONE, ids=[text[:40] for text, _ in DONE])
def test_what_is_done_at_a_price_gives_it_a_side(note):
    assert agrees(note) is True


LETTERED = (
    (
        "Cocoa S: 7,410 7,280 R: 7,690 7,820",
        "L support level 7410|L support level 7280|L resistance level 7690|L resistance level 7820",
    ),
    (
        "Nifty pivots: 22,410.50 S1, 22,365.20 S2, 22,518.70 R1.",
        "L support pivot 22410.5|L support pivot 22365.2|L resistance pivot 22518.7",
    ),
    ("P 1,412.25, R1 1,420.50, S1 1,405.75", "L pivot pivot 1412.25|L resistance pivot 1420.5|L support pivot 1405.75"),
    ("Camarilla: H3 71.40, L3 70.10", "L resistance pivot 71.4|L support pivot 70.1"),
    ("COPPER|4.355|S:4.31|R:4.42", "I last 4.355|L support level 4.31|L resistance level 4.42"),
    ("Res. one, 0.7712; supp. one, 0.7650.", "L resistance level 0.7712|L support level 0.765"),
    ("Gold order flow: support 2,310, resistance 2,342, volume 512, 1,140 wells.", "L support level 2310|L resistance level 2342"),
)


@pytest.mark.parametrize("note", LETTERED, ids=[text[:40] for text, _ in LETTERED])
def test_letters_name_a_side_or_a_pivot_before_and_behind_prices(note):
    assert agrees(note) is True


LAID_OUT = (
    (
        "Pivot table\n\nS2       S1       P        R1\n1.2610   1.2655   1.2702   1.2744",
        "L support pivot 1.261|L support pivot 1.2655|L pivot pivot 1.2702|L resistance pivot 1.2744",
    ),
    (
        "Copper\n\nResistance:   4.42 (big figure)\n              4.47\nSupport:      4.31\n              4.26 (May low)",
        "L resistance round 4.42|L resistance level 4.47|L support level 4.31|L support extreme 4.26",
    ),
    (
        "Platinum\n\nSupport:     968, then 951 (April low)\nResistance:  1,012",
        "L support level 968|L support extreme 951|L resistance level 1012",
    ),
    (
        "S1,20dma,1.0812\nS2,,1.0770\nR1,May high,1.0894",
        "L support average 1.0812|L support level 1.077|L resistance extreme 1.0894|"
        "I sma_20 1.0812|I pivot.s1 1.0812|I pivot.s2 1.077|I pivot.r1 1.0894",
    ),
    ("Ten-year yields: support 4.12%, resistance 4.31%, up 0.05% on the day.", "L support level 4.12|L resistance level 4.31"),
    (
        "ES last 5,884. VAH 5,901, POC 5,890 and VAL 5,876 are the references.",
        "I last 5884|L resistance level 5901|L resistance level 5890|L support level 5876",
    ),
    (
        "Silver is at 24.10. Resistance? Friday's high, 24.60, and the round 25.00.",
        "I last 24.1|L resistance extreme 24.6|L resistance round 25",
    ),
)


@pytest.mark.parametrize("note", LAID_OUT, ids=[text[:40] for text, _ in LAID_OUT])
def test_levels_are_read_however_they_are_laid_out(note):
    assert agrees(note) is True


TURNED = (
    ("No support before 1,742 in palladium.", "L support level 1742"),
    (
        "Not until 4.62 does one meet resistance in copper; not until 4.37 does one find support.",
        "L resistance level 4.62|L support level 4.37",
    ),
    ("Support was 7,120 until Wednesday. What supports now is 7,045.", "L support level 7045"),
    ("Gone: the 1,960 support. Left: support at 1,921.", "L support level 1921"),
    ("1.3310 (formerly resistance) now serves the dollar as support.", "L support level 1.331"),
    (
        "The upper edge of the channel, 6,310, is resistance; its lower edge at 6,040, support.",
        "L resistance line 6310|L support line 6040",
    ),
    ("Rising support line: 17,310 today. Flat resistance: 17,690.", "L support line 17310|L resistance level 17690"),
    (
        "Watch two numbers, oil last 71.20: the weekly open 71.55, and support at 70.80.",
        "I last 71.2|L resistance level 71.55|L support level 70.8",
    ),
    ("Support zone: 7,810...7,840, resistance zone: 7,960...7,990.", "L support level 7810-7840|L resistance level 7960-7990"),
    ("6,040 ─ R1\n6,018 ─ PP\n5,996 ─ S1", "L resistance pivot 6040|L pivot pivot 6018|L support pivot 5996"),
    (
        "Pair    Res    Sup\nEUR     1.0942 1.0868\nGBP     1.2784 1.2690",
        "L resistance level 1.0942|L support level 1.0868|L resistance level 1.2784|L support level 1.269",
    ),
    ("Three rejections at 22,950, and the Nasdaq cannot get above 23,010.", "L resistance level 22950|L resistance level 23010"),
)


@pytest.mark.parametrize("note", TURNED, ids=[text[:40] for text, _ in TURNED])
def test_what_is_denied_past_or_left_out_is_understood(note):
    assert agrees(note) is True


TABLED = (
    (
        "NQ reference\n\n  Pivot            25,252.25\n  Support 1        25,118.00\n  Resistance 1     25,473.25\n"
        "  52-week high     25,594.75",
        "L pivot pivot 25252.25|L support pivot 25118|L resistance pivot 25473.25|L resistance extreme 25594.75|"
        "I high_52w 25594.75",
    ),
    (
        "Supp:  8,600 (round no.)  |  8,545/60  |  8,470 (May low)\nRes:   8,690  |  8,742 (50% retracement)",
        "L support round 8600|L support level 8545-8560|L support extreme 8470|L resistance level 8690|L resistance fibonacci 8742",
    ),
    (
        "R's: 6,690 / 6,713 / 6,758\nS's: 6,650 / 6,632",
        "L resistance level 6690|L resistance level 6713|L resistance level 6758|L support level 6650|L support level 6632",
    ),
    ("overnite hi 2,674.6 is res, overnite lo 2,652.3 is supp.", "L resistance extreme 2674.6|L support extreme 2652.3"),
)


@pytest.mark.parametrize("note", TABLED, ids=[text[:40] for text, _ in TABLED])
def test_the_rows_of_a_table_of_levels_tell_of_each_other(note):
    assert agrees(note) is True
