"""Tables copied from a page without the lines between their cells, parted again."""

from __future__ import annotations

import pytest

from levelhead.review.run_together import header_of, untangled
from levelhead.review.source import text_of

TABLES = {
    "Silver 31.40\n\nCaseTargetOdds\nBull$33.20 45%\nBase$30.50–$32.40 30%\nBear$29.8025%": [
        ["Bull", "$33.20", "45%"],
        ["Base", "$30.50–$32.40", "30%"],
        ["Bear", "$29.80", "25%"],
    ],
    "Sold at 1.0815 today\n\nSupportResistance\n1.07801.0860\n1.07301.0905": [["1.0780", "1.0860"], ["1.0730", "1.0905"]],
    "NQ 22,850\n\nIndicatorValue\nRSI 1464.2\n20-day EMA22,310": [["RSI 14", "64.2"], ["20-day EMA", "22,310"]],
    "Last 2,420\n\nResistance 12,485–2,500\nResistance 22,540Top of the range\nSupport 12,350": [
        ["Resistance 1", "2,485–2,500"],
        ["Resistance 2", "2,540", "Top of the range"],
        ["Support 1", "2,350"],
    ],
    "LevelNote\n2,27850-day MA\n2,190200-day MA\n2,100Structural support": [
        ["2,278", "50-day MA"],
        ["2,190", "200-day MA"],
        ["2,100", "Structural support"],
    ],
    "ScenarioProbabilityNotes\nBounce toward 2,455–2,47050%Improving RSI\nRange-bound 2,350–2,42035%Mixed equities\nBreakdown "
    "to 2,31015%Risk-off": [
        ["Bounce toward 2,455–2,470", "50%", "Improving RSI"],
        ["Range-bound 2,350–2,420", "35%", "Mixed equities"],
        ["Breakdown to 2,310", "15%", "Risk-off"],
    ],
    "PriceShare\n2,18615%\n2,31035%": [["2,186", "15%"], ["2,310", "35%"]],
    "S1$3,143\nS2$3,100\nR1$3,200\nR2$3,250": [["S1", "$3,143"], ["S2", "$3,100"], ["R1", "$3,200"], ["R2", "$3,250"]],
    "Spot 1.1605\n\nLevelPriceRemark\nResistance1.1730September high\nResistance1.167255-day "
    "SMA\nSupport1.1540–1.1545\nSupport1.1392August low": [
        ["Resistance", "1.1730", "September high"],
        ["Resistance", "1.1672", "55-day SMA"],
        ["Support", "1.1540–1.1545"],
        ["Support", "1.1392", "August low"],
    ],
    "BTC at $111,240\n\nTypeLevelComment\nResistance$117.4KMid-August breakdown\nResistance$115.6K50-day "
    "SMA\nSupport$108K–$109KJuly base": [
        ["Resistance", "$117.4K", "Mid-August breakdown"],
        ["Resistance", "$115.6K", "50-day SMA"],
        ["Support", "$108K–$109K", "July base"],
    ],
    "TimeframeBiasComment\nShort-termBullishAbove the 20-day\nMedium-termNeutralRange\nLong-termBearishBelow the 200-day": [
        ["Short-term", "Bullish", "Above the 20-day"],
        ["Medium-term", "Neutral", "Range"],
        ["Long-term", "Bearish", "Below the 200-day"],
    ],
    "Last 24,372.50\n\nTypePriceWhy\nResistance24,640.5020-day EMA\nSupport24,290.25100-day SMA": [
        ["Resistance", "24,640.50", "20-day EMA"],
        ["Support", "24,290.25", "100-day SMA"],
    ],
    "SetupEntryStopTarget\nLong6,8006,7606,900\nShort6,9006,9406,800": [
        ["Long", "6,800", "6,760", "6,900"],
        ["Short", "6,900", "6,940", "6,800"],
    ],
    "ScenarioChanceTarget\nUp45%26,399\nFlat35%25,630–26,120\nDown20%25,340": [
        ["Up", "45%", "26,399"],
        ["Flat", "35%", "25,630–26,120"],
        ["Down", "20%", "25,340"],
    ],
    "SideLevelNote\nResistance 36,920All-time high\nResistance 26,875\nResistance 16,850Shelf\nSupport 16,8006,800 is a round "
    "number\nSupport 26,740": [
        ["Resistance 3", "6,920", "All-time high"],
        ["Resistance 2", "6,875"],
        ["Resistance 1", "6,850", "Shelf"],
        ["Support 1", "6,800", "6,800 is a round number"],
        ["Support 2", "6,740"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("plain", TABLES)
def test_cells_run_together_are_parted(plain):
    rows = [b for b in untangled(text_of(plain.encode())) if b.kind == "row" and not b.is_header]
    assert [[c.text for c in b.cells] for b in rows] == TABLES[plain]


@pytest.mark.parametrize("plain", TABLES)
def test_every_cell_stands_where_it_says(plain):
    text = text_of(plain.encode())
    for block in untangled(text):
        for cell in block.cells:
            assert text.plain[cell.span.start : cell.span.end] == cell.text


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("TypePriceNote", ["Type", "Price", "Note"]),
        ("Time FrameBiasReasoning", ["Time Frame", "Bias", "Reasoning"]),
        ("ScenarioEstimated ProbabilityNotes", ["Scenario", "Estimated Probability", "Notes"]),
        ("Price Note", []),
        ("Notes on price", []),
    ],
)
def test_headings_run_together_are_parted(line, names):
    assert [line[a:b] for a, b in header_of(line)] == names
