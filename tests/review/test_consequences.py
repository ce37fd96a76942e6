"""What follows from a condition, whatever verb says so: from if-clauses, 'Above X', and clauses that take up what was said."""

import pytest
from small_notes import agrees

NOTES = {
    "a slip and a thought": (
        "Gold settled at $4,082. Slip under $4,040 and I'd be thinking $3,985.",
        "S down - - 3985|I last 4082",
    ),
    "a question and its answer": (
        "Crude closed at 59.85. Over 60.40? 61.20. Under 59.20? 58.30.",
        "S up - - 61.2|S down - - 58.3|I last 59.85",
    ),
    "it does not": (
        "The Nasdaq closed at 24,910. It holds 24,780: 25,150. It doesn't: 24,480.",
        "S up - - 25150|S down - - 24480|I last 24910",
    ),
    "give that up": (
        "Gas settled at 4.412. Bulls stay in charge north of 4.30 and can press on to 4.58. Give that up and it's 4.12.",
        "S up - - 4.58|S down - - 4.12|I last 4.412",
    ),
    "without that": (
        "Wheat closed at 538. A close through 545 opens the way to 560. Without that, 528 is likely to be retested.",
        "S up - - 560|S down - - 528|I last 538",
    ),
    "calls for": (
        "Copper closed at 5.04. Sustained trading above 5.10 calls for 5.24. Failure to hold 4.97 calls for 4.85.",
        "S up - - 5.24|S down - - 4.85|I last 5.04",
    ),
    "should it give": (
        "Dollar-yen closed at 154.62. Should 155.20 give, 156.70 would be the next port.",
        "S up - - 156.7|I last 154.62",
    ),
    "either in brackets": (
        "Microsoft closed at 478. Next week it's either 492 (if 482 clears) or 460 (if 472 cracks).",
        "S up - - 492|S down - - 460|I last 478",
    ),
    "through one to another": (
        "Two ways out of the triangle: through 118.20 to 121.50, or through 114.90 to 111.00.",
        "S up - - 121.5|S down - - 111",
    ),
    "signs": ("Oil: ≤ $58.80 → $57, ≥ $61.40 → $63.20.", "S down - - 57|S up - - 63.2"),
    "only the first counts": ("Bitcoin: above 101,300 → 103,900 → 106,000.", "S up - - 103900"),
    "in case of news": (
        "The Nikkei closed at 48,490. In case of good earnings, a rebound to 49,960 is natural.",
        "S up - - 49960|I last 48490",
    ),
    "a level that is named": (
        "Brent closed at 83.03. A weekly close above the January high would complete a base and bring 86.90.",
        "S up - - 86.9|I last 83.03",
    ),
    "a break above": (
        "Silver closed at $50.85. A decisive move above could pave the way to $52.50.",
        "S up - - 52.5|I last 50.85",
    ),
    "no comma behind the condition": (
        "The Nikkei closed at 48,490. The floor is 48,000. If it does not hold we foresee a decline to 46,540.",
        "S down - - 46540|L support level 48000|I last 48490",
    ),
    "bare words before an arrow": (
        "RTY closed at 2,391.4. Watch 2,371. Hold → 2,409. Lose → 2,352.",
        "S up - - 2409|S down - - 2352|I last 2391.4",
    ),
    "what holds above": (
        "The euro closed at 1.1872. We look for a drift back to 1.1750, provided 1.1920 is not broken.",
        "S down - - 1.175|I last 1.1872",
    ),
    "the condition is no end": (
        "Bitcoin closed at 91,200. Next leg: 95,000 if 93,000 is cleared, 85,000 if it isn't.",
        "S up - - 95000|S down - - 85000|I last 91200",
    ),
    "as long as": (
        "Nifty closed at 25,832. As long as it trades above 25,700, the up move could continue till 26,000.",
        "S up - - 26000|I last 25832",
    ),
    "the next support is a level": (
        "The contract closed at 19,930. Support is 19,640, and if that is broken 19,130 is the next support.",
        "L support level 19640|L support level 19130|I last 19930",
    ),
    "out of a range": (
        "Solana is neutral between 132 and 145. Above → 158. Below → 121.",
        "S range - 132-145 -|S up - - 158|S down - - 121",
    ),
    "should they be overrun": (
        "Ether closed at 2,930. Bulls defend the shelf; should they be overrun, 2,740.",
        "S down - - 2740|I last 2930",
    ),
    "a list of levels": ("Support 5,640 and below that 5,575.", "L support level 5640|L support level 5575"),
    "a breach of this level": (
        "GBP/USD is at 1.3385. The first support lies at 1.3355. A breach of this level could expose the 100-day EMA at 1.3312.",
        "L support level 1.3355|S down - - 1.3312|I last 1.3385|I ema_100 1.3312",
    ),
    "a level by its name": (
        "Gold is at 1,819. Support: 1,807 (February low). Breach of the February low exposes the 1,786-1,790 zone.",
        "L support extreme 1807|S down - - 1786-1790|I last 1819",
    ),
    "should behind its subject is no condition": (
        "DAX at 22,402. As long as 22,300 holds, the index should climb to 22,590 and 22,720.",
        "S up - - 22590|I last 22402",
    ),
    "support in apposition": (
        "BTC trades at $88,640. Support sits at $85,000. If that gives way, $73,800, the March peak, is the last major support.",
        "L support level 85000|L support extreme 73800|I last 88640",
    ),
    "a list of supports goes on": (
        "S&P settled at 5,908.50. First support is 5,804. Below it, we see support at 5,720 and at 5,645.",
        "L support level 5804|L support level 5720|L support level 5645|I last 5908.5",
    ),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_follows_from_a_condition_is_where_it_leads(note):
    assert agrees(note) is True
