"""Rows of one cell on each line with no names of columns above them, as pages copy cards and short tables."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from small_notes import agrees

NOTES = (
    (
        "RTY 2,210\n\nResistance above\n\n2,240-2,250\nUpper end of the range, tested four times\n2,286\nAll-time high (16 Dec)\n"
        "2,330\n1.618 extension of the January dip\n\nSupport below\n\n2,190\n10-day SMA\n2,140\nJanuary low",
        "I last 2210|I all_time_high 2286|I sma_10 2190|L resistance level 2240-2250|L resistance extreme 2286|"
        "L resistance fibonacci 2330|L support average 2190|L support extreme 2140",
    ),
    (
        "RTY 2,210\n\nAbove\n\n2,240-2,250\nUpper end of the range\n\n2,286\nAll-time high\n\nBelow\n\n2,190\n10-day SMA\n\n2,140\n"
        "January low",
        "I last 2210|I all_time_high 2286|I sma_10 2190|L resistance level 2240-2250|L resistance extreme 2286|"
        "L support average 2190|L support extreme 2140",
    ),
    (
        "Gold 3,990\n\nKey levels\n\nResistance\n4,050–4,070\nPrior support, now resistance\n4,134\n20-day MA\nSupport\n"
        "3,950–3,960\nBase of last week\n3,850\n2024 base",
        "I last 3990|I sma_20 4134|L resistance level 4050-4070|L resistance average 4134|L support level 3950-3960|"
        "L support level 3850",
    ),
    (
        "Scenarios\n\nBull case\n45%\nDaily close over 2,286 opens 2,320–2,335\nBase case\n35%\nChop inside 2,205–2,286 "
        "while earnings season works through\nBear case\n20%\nA close under 2,205 drags price down to 2,166",
        "S up 0.45 - 2320-2335|S range 0.35 2205-2286 -|S down 0.2 - 2166",
    ),
    (
        "Scenarios\n\nBull case\n45%\nDaily close over 2,286 opens 2,320\n\nBase case\n35%\nChop inside 2,205–2,286\n\n"
        "Bear case\n20%\nA close under 2,205 drags price down to 2,166",
        "S up 0.45 - 2320|S range 0.35 2205-2286 -|S down 0.2 - 2166",
    ),
    (
        "RTY last 2,250\nScenarios\n\nBullish\n45%\nAbove 2,286\n2,330\nNeutral\n35%\nHolds 2,205\n2,205–2,286\nBearish\n20%\n"
        "Below 2,205\n2,150",
        "I last 2250|S up 0.45 - 2330|S range 0.35 2205-2286 -|S down 0.2 - 2150",
    ),
    (
        "RTY last 2,250\n\nScenario\nBullish breakout\nProbability\n40%\nTrigger\nClose above 2,286\nTarget\n2,330\n\n"
        "Scenario\nRange\nProbability\n35%\nZone\n2,205–2,286\n\nScenario\nBearish\n"
        "Probability\n25%\nTrigger\nClose below 2,205\nTarget\n2,150",
        "I last 2250|S up 0.4 - 2330|S range 0.35 2205-2286 -|S down 0.25 - 2150",
    ),
    (
        "Trade setups\n\nLong\nEntry\n2,232–2,240\nStop\n2,198\nTarget\n2,286 / 2,320\n\nShort\nEntry\n2,286\nStop\n2,310\nTarget\n"
        "2,232",
        "T long 2232-2240 2198 2286,2320|T short 2286 2310 2232",
    ),
    (
        "The swing trade\nBuy near\n122,000\nStop\n120,400\nTarget 1\n125,500\nTarget 2\n128,000",
        "T long 122000 120400 125500,128000",
    ),
    (
        "RTY last 2,250\n\nMoving averages\n20-day\n2,232\nabove\n50-day\n2,201\nabove\n200-day\n2,166\nabove",
        "I last 2250|I sma_20 2232|I sma_50 2201|I sma_200 2166",
    ),
    (
        "WTI last 65.02\n\nClassic pivots\n\nR2\n66.49\nR1\n65.71\nPP\n64.88\nS1\n64.10\nS2\n63.27\n\nMoving averages\n\n"
        "MA\nValue\nSignal\nSMA 20\n66.94\nSELL\nSMA 50\n63.31\nBUY",
        "I last 65.02|I sma_20 66.94|I sma_50 63.31|L resistance pivot 66.49|L resistance pivot 65.71|L pivot pivot 64.88|"
        "L support pivot 64.1|L support pivot 63.27|"
        "I pivot.r2 66.49|I pivot.r1 65.71|"
        "I pivot.p 64.88|I pivot.s1 64.1|I pivot.s2 63.27",
    ),
    (
        "XAG last 47.97\n\nLevel\nPrice\nRemark\n\nResistance 2\n49.80\n2011 high\nResistance 1\n48.45\n\nSupport 1\n46.30–46.55\n"
        "\nSupport 2\n43.85\n20-day SMA",
        "I last 47.97|I sma_20 43.85|L resistance extreme 49.8|L resistance level 48.45|L support level 46.3-46.55|"
        "L support average 43.85",
    ),
    (
        "RTY 2,441.8\n\nBullish above 2,437\nTargets 2,462, 2,479\nBearish below 2,431\nTargets 2,418, 2,401",
        "I last 2441.8|S up - - 2462|S down - - 2418",
    ),
    (
        "ES at 5,632\n\nAbove 5,640\nTargets 5,660, 5,685\nBelow 5,620\nTargets 5,600, 5,580\nStop 10 pts",
        "I last 5632|S up - - 5660|S down - - 5600",
    ),
    ("RTY 2,441.8\n\nBuy above 2,437\nTarget 2,462\nStop 2,425", "I last 2441.8|T long 2437 2425 2462"),
    (  # a ladder of prices with a word behind some is none of such rows
        "CL trading 66.44\n\n58.87\n61.40 fri low\n63.05\n64.15 the shelf\n------\n67.18\n68.05 200d\n69.60",
        "I last 66.44|I sma_200 68.05|L support level 58.87|L support extreme 61.4|L support level 63.05|L support level 64.15|"
        "L resistance level 67.18|L resistance average 68.05|L resistance level 69.6",
    ),
)

GROUPED = (
    "ES is at 6,886.\n\nResistance | 6,900 | round number\n| | 6,925 - 6,930 | supply\n| | 6,953.75 | all-time high, 30 Oct\n"
    "| Support | 6,862 | overnight low\n| | 6,838 |\n| | 6,781 - 6,788 | Sunday-night gap",
    "ES is at 6,886.\n\n  Resistance   6,900          round number\n               6,925 - 6,930  supply\n"
    "               6,953.75       all-time high, 30 Oct\n  Support      6,862          overnight low\n               6,838\n"
    "               6,781 - 6,788  Sunday-night gap",
)


@pytest.mark.parametrize("note", NOTES, ids=[text[:32] for text, _ in NOTES])
def test_cells_on_lines_of_their_own_are_rows_without_a_heading_too(note):
    assert agrees(note) is True


@pytest.mark.parametrize("text", GROUPED, ids=["bars", "blanks"])
def test_a_side_over_empty_cells_holds_for_the_prices_beside_them(text):
    read = (
        "I last 6886|I all_time_high 6953.75|L resistance round 6900|L resistance level 6925-6930|L resistance extreme 6953.75|"
        "L support extreme 6862|L support level 6838|L support gap 6781-6788"
    )
    assert agrees((text, read)) is True


def test_each_place_of_the_text_is_where_it_was_when_lines_are_joined():
    from levelhead.review.read import read_note
    from levelhead.review.source import text_of

    text = text_of(b"Trade\n\nLong\nEntry\n2,232\nStop\n2,198\nTarget\n2,286\n\nRTY last 2,250", name="a note")
    (setup,) = read_note(text).setups
    (last,) = (i for i in read_note(text).indicators if i.name == "last")
    assert text.plain[last.span.start : last.span.end].endswith("2,250")
    assert [text.plain.count("\n", 0, start) + 1 for start in text.starts[:5]] == [1, 2, 3, 4, 4]
    assert bisect_right(text.starts, setup.span.start) == 4
    assert bisect_right(text.starts, last.span.start) == 11
