"""Of all numbers behind the name of an RSI or an average true range, the one that it reads now is taken."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

NOTE = "RTY daily note, 14 March 2025\n\nThe Russell 2000 future last traded at 2,056.4. {}\n\nSupport 2,020, resistance 2,100."


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("RSI (14-day) printed 82 on Tuesday, presently 74.", [74.0]),
        ("The daily RSI, 77 at Monday's close, has dropped to 62.", [62.0]),
        ("The RSI is above its neutrality area at 50.", []),
        ("RSI is holding above its 50 midline.", []),
        ("The RSI lifted from oversold to 38.4.", [38.4]),
        ("Weekly RSI aside, the daily RSI(14) printed 33.8.", [33.8]),
        ("The 14-day RSI sank to 33, its lowest since April.", [33.0]),
        ("RSI (14) was at 71 on Friday and is 64 today.", [64.0]),
        ("RSI(14): 58 (yesterday 61).", [58.0]),
        ("RSI(14) 58.3 vs 61.2 prior.", [58.3]),
        ("The RSI, at 28 last week, is back at 41.", [41.0]),
        ("The 14-day RSI peaked at 79 in mid-July and has since rolled over to 55.", [55.0]),
        ("RSI has pulled back from overbought territory (74) to a neutral 57.", [57.0]),
        ("The RSI has room to run before it hits 70.", []),
        ("A move in RSI above 60 would confirm the breakout.", []),
        ("RSI at 44 is not yet oversold (below 30).", [44.0]),
        ("RSI needs to get under 30 for us to buy.", []),
        ("We would like to see the RSI reach 70.", []),
        ("RSI = 63, up from 52 a week ago", [63.0]),
        ("RSI just shy of 70 at 69.2", [69.2]),
        ("RSI is approaching the 70 mark.", []),
        ("RSI prints 47, below the 50 line.", [47.0]),
        ("RSI(14) reads a neutral 52 after touching 35 on Friday.", [52.0]),
        ("RSI made a lower high (64 vs. 71) at the new price high.", [64.0]),
        ("Momentum as measured by the 14-day RSI is 57.", [57.0]),
        ("RSI: neutral (51.3)", [51.3]),
        ("RSI Neutral at 48", [48.0]),
        ("RSI (14) has cooled to 55 after having been as high as 78.", [55.0]),
        ("Last time the RSI was this low (24), the index rallied 8%.", [24.0]),
        ("The RSI is still stuck in its 40-60 range.", []),
        ("RSI hovers near the 60 level.", [60.0]),
        ("The relative strength index sits just under 60 at 58.7", [58.7]),
        ("RSI has bounced off the 40 zone and is now at 53", [53.0]),
        ("In the 1987 crash RSI got to 12.", []),
        ("The daily RSI stands at 61, the weekly RSI at 55 and the monthly RSI at 64.", [61.0]),
        ("RSI 14 has printed 5 straight days above 70.", []),
        ("RSI bearish divergence: 68 in March, 61 now.", [61.0]),
        ("RSI reading of 72 suggests overbought conditions.", [72.0]),
        ("The RSI crossed below 50 on Monday and stands at 46.", [46.0]),
        ("The RSI is overbought (>70).", []),
        ("The RSI indicator is at 70+", [70.0]),
        ("RSI-14 has eased off to 56 from 63", [56.0]),
        ("RSI slipped from 63 to 56", [56.0]),
        ("RSI: 55 → 61", [61.0]),
        ("RSI 61 (prev 55)", [61.0]),
        ("RSI sits on the 50 line.", [50.0]),
        ("RSI, having touched 80 at the end of January, is down at 48", [48.0]),
        ("RSI above 50 (now 54)", [54.0]),
        ("RSI is rising, 57 today", [57.0]),
        ("RSI: daily 61, weekly 55, 4h 48", [61.0]),
        ("RSI (14): weekly 55, daily 61.", [61.0]),
        ("The ATR (14) remains a monstrous 63.", [63.0]),
        ("ATR(14) has widened from 31 to 44.", [44.0]),
        ("14-day ATR is 44.2 points, against 31 in January.", [44.2]),
        ("A stop 1.5 ATR below the entry at 2,010 is wide enough.", []),
        ("ATR: 44 (2.1% of price)", [44.0]),
        ("We use stops of two ATRs, 88 points.", []),
        ("Average true range of 44 points a day", [44.0]),
        ("The ATR is 44, twice what it was in July.", [44.0]),
        ("ATR(14) at 44 means a stop of 90 points.", [44.0]),
    ],
)
def test_an_oscillator_reads_what_it_reads_now(words, values):
    found = read_note(text_of(NOTE.format(words).encode(), name="a note")).indicators
    assert [i.value.low for i in found if i.name in ("rsi_14", "atr_14")] == values
    assert [i.value.low for i in found if i.name == "last"] == [2056.4]
