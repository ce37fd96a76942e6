"""Times claims of every kind on 10,000 paths of 12 bars, alone and all in one pass.

    python benchmarks/claims.py

Averages and oscillators are continued along the paths anew each time. Medians; quote the ratios to the first line, not the times.
"""

from __future__ import annotations

import numpy as np
from first_touch import made_paths, median_ms

from levelhead.claims.columns import Known, columns_along
from levelhead.claims.judge import judge, judge_many
from levelhead.claims.parse import parse_claim
from levelhead.kernels.paths import PathBars

CLAIMS = (
    "first of 103 | 97 within 12 sessions",
    "first of sma_50 | 97 within 12 sessions",
    "touch 103 within 12 sessions",
    "2 closes above 102 within 12 sessions",
    "close above sma_50 within 12 sessions",
    "stay in 97..103 by close within 12 sessions",
    "rsi_14 crosses above 50 within 12 sessions",
    "trade through 103 within 12 sessions",
    "touch 103 before touch 97 within 12 sessions",
    "touch 103 then touch 97 within 12 sessions",
    "touch 103 then 2 closes above sma_50 before close below 98 within 12 sessions",
    "touch 103 within 12 sessions and not close below 98 within 12 sessions given touch 101 within 5 sessions",
)


def main() -> None:
    """Prints the medians."""
    paths = PathBars(*(np.asfortranarray(column) for column in made_paths()))
    close = np.full(100, 103.06)
    close[-1] = 100.0
    known = Known(close, close * 1.01, close * 0.99, close)
    claims = [parse_claim(text) for text in CLAIMS]
    alone = [
        median_ms(lambda claim=claim: judge(claim, paths, 100.0, columns=columns_along(known, paths)), 50)  # type: ignore[misc]
        for claim in claims
    ]
    for text, spent in zip(CLAIMS, alone, strict=True):
        print(f"{spent:9.3f} ms   {spent / alone[0]:6.2f} x   {text}")
    together = median_ms(lambda: judge_many(claims, paths, 100.0, columns=columns_along(known, paths)), 10)
    print(f"{together:9.3f} ms   all {len(claims)} in one pass; {sum(alone):.3f} ms one by one")


if __name__ == "__main__":
    main()
