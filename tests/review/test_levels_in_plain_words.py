"""Levels as traders write them down for others: sides by who waits, on both sides of the market, in runs of named prices."""

import pytest
from small_notes import agrees

NOTES = (
    (
        (
            "Pre-market playbook – Friday\n\nES 6,688.25 (-0.6%)\n\nBull/bear line 6,700\n\nUpside\n6,715 - globex "
            "high\n6,738 - prior day low\n6,755/60 - failed auction\n6,780 - settlement\n\nDownside\n6,672 - globex "
            "low\n6,655 - 50d\n6,631 - Nov low\n6,600 - the big one\n"
        ),
        (
            "I last 6688.25|I sma_50 6655|L pivot pivot 6700|L resistance extreme 6715|L resistance extreme 6738|"
            "L resistance level 6755-6760|L resistance level 6780|L support extreme 6672|L support average 6655|"
            "L support extreme 6631|L support level 6600"
        ),
    ),
    (
        (
            "EURUSD: key levels\n\nLevel\tValue\tType\nFib "
            "61.8%\t1.1728\tResistance\n100-DMA\t1.1660\tResistance\nSpot\t1.1590\t-\n200-DMA\t1.1405\tSupport\nAug "
            "low\t1.1392\tSupport\n"
        ),
        (
            "I last 1.159|I sma_100 1.166|I sma_200 1.1405|L resistance fibonacci 1.1728|"
            "L resistance average 1.166|L support average 1.1405|L support extreme 1.1392"
        ),
    ),
    (
        (
            "GBPJPY H4 update: price 203.85\nStrong resistance area = 205.00-205.30 (tested 3x)\nMinor resistance = "
            "204.40\nMinor support = 203.20\nStrong support area = 201.80-202.00 (trendline + 50 fib)\n"
        ),
        ("I last 203.85|L resistance level 205-205.3|L resistance level 204.4|L support level 203.2|L support fibonacci 201.8-202"),
    ),
    (
        ("Nasdaq 100 (24,880)\nWiderstand / Resistance: 25,050; 25,210; 25,600\nUnterstützung / Support: 24,700; 24,480; 24,150\n"),
        (
            "I last 24880|L resistance level 25050|L resistance level 25210|L resistance level 25600|"
            "L support level 24700|L support level 24480|L support level 24150"
        ),
    ),
    (
        (
            "Sugar #11 – March\n\nSettlement 14.85 c/lb. The contract is boxed in by 14.60 support and 15.10 "
            "resistance. Outside the box: 15.45 (50 dma) above and 14.21 (contract low) below.\n"
        ),
        (
            "I last 14.85|I sma_50 15.45|L support level 14.6|L resistance level 15.1|L resistance average 15.45|"
            "L support extreme 14.21"
        ),
    ),
    (
        (
            "SOL ($141.20) bounced off the $135 demand block. Overhead it faces a supply block at $148–$152, then "
            "the daily 200 EMA at $164. Lose $135 and $126 (April trendline) is the next support.\n"
        ),
        ("I last 141.2|I ema_200 164|L support level 135|L resistance level 148-152|L resistance average 164|L support line 126"),
    ),
    (
        (
            "Russell 2000: 2,388. The IWM equivalent is 237.20. Levels for the futures: resistance 2,400 round "
            "number, 2,421 (20-day), 2,455; support 2,368 (Tuesday's low), 2,340, 2,312 (200-day).\n"
        ),
        (
            "I last 2388|I sma_20 2421|I sma_200 2312|L resistance round 2400|L resistance average 2421|"
            "L resistance level 2455|L support extreme 2368|L support level 2340|L support average 2312"
        ),
    ),
    (
        (
            "ETF WATCH: XLE\nClosed 89.60. The 90.50 level has rejected price on four occasions since August. "
            "Buyers showed up at 87.90 each time. Those two prices are the range. A 50-day/200-day squeeze at "
            "88.40-88.75 is in between.\n"
        ),
        "I last 89.6|L resistance level 90.5|L support level 87.9",
    ),
    (
        (
            "S&P/ASX 200 closes at 8,615. There's resistance at 8,660, and the next one is all the way up at "
            "8,800. We've got supports layered at 8,560, 8,520 and 8,480.\n"
        ),
        (
            "I last 8615|L resistance level 8660|L resistance level 8800|L support level 8560|"
            "L support level 8520|L support level 8480"
        ),
    ),
    (
        (
            "[Signal bot] XAUUSD M15\nPrice: 4081.3\nS/R map: R3 4110 | R2 4101 | R1 4092 | S1 4073 | S2 4062 | S3 "
            "4050\nTrend: neutral\n"
        ),
        (
            "I last 4081.3|L resistance level 4110|L resistance level 4101|L resistance level 4092|"
            "L support level 4073|L support level 4062|L support level 4050"
        ),
    ),
    (
        (
            "Weekly chart: a symmetrical triangle, with the upper line at 62.80 and the lower line at 57.10. WTI "
            "ended the week at 59.70. Apex in January. A weekly close outside decides. Horizontal support 55.00.\n"
        ),
        "I last 59.7|L support level 55",
    ),
    (
        (
            "From: Desk\nSubject: EUR close\n\nEUR 1.1612 last. Res 1.1630/35 then 1.1656 (Nov high). Sup 1.1580, "
            "1.1545/50, 1.1500 (figure). No bias into payrolls.\n"
        ),
        (
            "I last 1.1612|L resistance level 1.163-1.1635|L resistance extreme 1.1656|L support level 1.158|"
            "L support level 1.1545-1.155|L support round 1.15"
        ),
    ),
    (
        (
            "Hi Tom,\nas discussed: copper 4.62 ref. I'd lean on 4.55 as support (that's the 50-day plus the gap "
            "from the 3rd) and I'd not chase above 4.70, which capped us twice. Bigger picture 4.40 support / "
            "4.98 high from July is resistance.\nBest, S.\n"
        ),
        ("I last 4.62|I sma_50 4.55|L support average 4.55|L resistance level 4.7|L support level 4.4|L resistance extreme 4.98"),
    ),
    (
        (
            "S&P 500 Chart Levels\nResistance levels to watch are 6,755 (50% retracement of the November decline), "
            "6,800, and 6,920. Support levels to watch are 6,650, 6,612 (100-day), and 6,550. Close 6,712.\n"
        ),
        (
            "I last 6712|I sma_100 6612|L resistance fibonacci 6755|L resistance level 6800|"
            "L resistance level 6920|L support level 6650|L support average 6612|L support level 6550"
        ),
    ),
    (
        "AMZN @ 222.60\n\nR: 225 / 228.50 (gap) / 233\nS: 220 / 216.40 (200d) / 211.80 (Oct low)\n",
        (
            "I last 222.6|I sma_200 216.4|L resistance level 225|L resistance gap 228.5|L resistance level 233|"
            "L support level 220|L support average 216.4|L support extreme 211.8"
        ),
    ),
    (
        (
            "Cotton: resistance is at 64.20-64.50, and beyond there 65.40. Support is at 62.90, with the "
            "life-of-contract low at 61.88 the next line of defense. March was last at 63.55.\n"
        ),
        ("I last 63.55|L resistance level 64.2-64.5|L resistance level 65.4|L support level 62.9|L support extreme 61.88"),
    ),
    (
        (
            "Bank Nifty: 58,420. If it slips under 58,250 then 58,000 will come. Major support 57,800 and "
            "intermediate hurdle at 58,750. Upside capped near 59,000 where heavy call writing is seen.\n"
        ),
        ("I last 58420|L support level 57800|L resistance level 58750|L resistance level 59000|S down - - 58000"),
    ),
    (
        (
            "Intraday levels (MES)\n----------------------\n6,760  R  HVN\n6,738  R  PDL / retest\n6,688  --- last "
            "---\n6,672  S  ONL\n6,650  S  50D\n6,631  S  swing low\n"
        ),
        (
            "I last 6688|I sma_50 6650|L resistance level 6760|L resistance extreme 6738|L support extreme 6672|"
            "L support average 6650|L support extreme 6631"
        ),
    ),
    (
        (
            "Technical snapshot\n\nInstrument: Brent Jan\nLast: 63.42\nSupport 1 / 2 / 3: 62.80 / 62.10 / "
            "61.35\nResistance 1 / 2 / 3: 64.05 / 64.70 / 65.50\n14-day RSI: 47\n"
        ),
        (
            "I last 63.42|I rsi_14 47|L support level 62.8|L support level 62.1|L support level 61.35|"
            "L resistance level 64.05|L resistance level 64.7|L resistance level 65.5"
        ),
    ),
    (
        (
            "# Zinc daily\nLME 3M: $3,012\n\n**Where buyers live:** 2,985 (20-DMA) · 2,950 · 2,904 (Oct 30 "
            "low)\n**Where sellers live:** 3,040 · 3,073 (Oct high) · 3,120\n"
        ),
        (
            "I last 3012|I sma_20 2985|L support average 2985|L support level 2950|L support extreme 2904|"
            "L resistance level 3040|L resistance extreme 3073|L resistance level 3120"
        ),
    ),
    (
        ("Dollar index 99.45. Overhead: 99.70, 100.00 and the 200-day (100.26). Below: 99.00, 98.60 and 98.03, October's low.\n"),
        (
            "I last 99.45|I sma_200 100.26|L resistance level 99.7|L resistance level 100|"
            "L resistance average 100.26|L support level 99|L support level 98.6|L support extreme 98.03"
        ),
    ),
    (
        (
            "Key technical levels – USD/INR: 88.65\n\nResistances 88.80 and 89.00\nSupports 88.40 and "
            "88.25\n\nBreakouts on either side should be traded.\n"
        ),
        ("I last 88.65|L resistance level 88.8|L resistance level 89|L support level 88.4|L support level 88.25"),
    ),
    (
        (
            "Stoxx 50 future at 5,712: the market tested 5,680 support twice this morning. If it fails, next "
            "support is 5,640, the rising 50-day. 5,745 was resistance all week and remains so. Beyond that "
            "5,790, all-time high.\n"
        ),
        (
            "I last 5712|I sma_50 5640|I all_time_high 5790|L support level 5680|L support average 5640|"
            "L resistance level 5745|L resistance extreme 5790"
        ),
    ),
    (
        (
            "Lean hogs: Feb settled at 79.85. Resistance is pegged at 80.60, then the 100-day near 82.20. Support "
            "pegged at 78.95 and then contract lows at 77.40.\n"
        ),
        (
            "I last 79.85|I sma_100 82.2|L resistance level 80.6|L resistance average 82.2|L support level 78.95|"
            "L support extreme 77.4"
        ),
    ),
    (
        (
            "Silver technical briefing. The white metal trades at $50.10 — and it has stalled three times beneath "
            "$50.50, making that the near-term ceiling. The floor? $49.20, where November's correction ended. "
            "Lower still, $48.00.\n"
        ),
        "I last 50.1|L resistance level 50.5|L support extreme 49.2|L support level 48",
    ),
)


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_levels_are_read_in_plain_words(note):
    assert agrees(note) is True
