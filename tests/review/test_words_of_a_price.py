"""Which words belong to a price: its own between semicolons, what it is called before another begins, where the market only is."""

from __future__ import annotations

import pytest
from small_notes import read

NOTES = {
    "NVDA 117.70\n\nOverhead: $122.90, the gap edge; $126.80, both averages; $136.00, gap from Feb 27.\n"
    "Underneath: $114.50; $104.77, the March 11 low; $100.00, round figure.\n": {
        ("resistance", "gap", 122.9), ("resistance", "average", 126.8), ("resistance", "gap", 136.0),
        ("support", "level", 114.5), ("support", "extreme", 104.77), ("support", "round", 100.0),
    },
    "The dollar is at 144.90, as the 50-day moving average at 144.35 has offered support once more.": {
        ("support", "average", 144.35)
    },
    "The S&P is at 5,400. The 38.2% retracement, 5,342, is now support and the 50% at 5,499 is resistance.": {
        ("support", "fibonacci", 5342.0), ("resistance", "fibonacci", 5499.0),
    },
    "CRUDE (April WTI) 81.04 on Friday. Above the 200-day line at 78.05. It got through 80.50 on Thursday.": set(),
    "Silver 31.20. Above, the 32.00 mark and 32.60 matter.": {("resistance", "level", 32.0), ("resistance", "level", 32.6)},
    "YM 42,300. Resistance at 43,480-43,560, where the 50-day moving average (43,515) comes in.": {
        ("resistance", "average", 43480.0)
    },
    "Silver $47.97\n\n| Level | Price | Comment |\n|---|---|---|\n| Resistance 2 | $49.80 | 1980 record close |\n"
    "| Resistance 1 | $48.50 | gamma peak |\n| Support 1 | $46.90 | former record of May |\n": {
        ("resistance", "extreme", 49.8), ("resistance", "level", 48.5), ("support", "extreme", 46.9),
    },
    "USD/JPY last 154.41. Momentum and the 154.10 print support the bullish view.": set(),
}  # fmt: skip


@pytest.mark.parametrize("text", NOTES)
def test_a_price_has_its_own_words(text):
    assert {(x[1], x[2], x[3][0]) for x in read(text) if x[0] == "L"} == NOTES[text]
