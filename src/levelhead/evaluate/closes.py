"""The verdict on the distribution of the closes: score, place, bands and width at each horizon, and against whom it wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from levelhead.evaluate.baselines import Baseline
from levelhead.evaluate.chances import SLICE_DRAWS, WHOM, as_document, interval, slice_document
from levelhead.evaluate.comparison import DRAWS, REACH, Comparison, compared, mean_with_interval
from levelhead.evaluate.distribution import BANDS, Distribution
from levelhead.evaluate.numbers import number, share
from levelhead.evaluate.slices import Words, each
from levelhead.kernels.inference import block_length, block_sums, daily
from levelhead.ledger.scored import windows_of
from levelhead.wire.document import Document

FloatArray = NDArray[np.float64]

BINS = 10
BAND_LEVEL = 0.95


def of_horizon(sessions: int, told: Distribution, rivals: Sequence[Baseline], labels: Mapping[str, Words]) -> Document:
    """The verdict on the closes after so many sessions; plain JSON values."""
    rows = told.sessions == sessions
    own = told.where(rows)
    against = []
    slices = []
    for rival in rivals:
        comparison = _compared(rival, told, rows, sessions)
        if comparison is not None:
            against.append({"baseline": rival.name, "score": "crps"} | as_document(comparison, WHOM[rival.name]))
    for by, word, chosen in each(labels, rows):
        for rival in rivals:
            comparison = _compared(rival, told, chosen, sessions, draws=SLICE_DRAWS)
            if comparison is not None:
                slices.append(slice_document(by, word, rival.name, comparison))
    bands = _bands(own, sessions)
    return {
        "sessions": sessions,
        "rows": len(own),
        "days": len(np.unique(own.as_of)),
        "windows": windows_of(np.unique(own.as_of), sessions),
        "crps": number(float(own.crps.mean())),
        "sigma_said": number(float(np.sqrt(np.mean(own.sigma**2)))),
        "sigma_happened": number(float(np.sqrt(np.mean(own.realised**2)))),
        "pit": _places(own, sessions),
        "bands": bands,
        "against": against,
        "slices": slices,
        "words": [*(row["words"] for row in against), *(_band_words(band) for band in bands)],
    }


def _compared(
    rival: Baseline, told: Distribution, rows: NDArray[np.bool_], sessions: int, *, draws: int = DRAWS
) -> Comparison | None:
    ours = told.crps if rival.ours is None else rival.ours
    return compared(ours[rows], rival.distribution.crps[rows], told.as_of[rows], sessions, draws=draws)


def _places(own: Distribution, sessions: int) -> Document:
    """Shares of the closes by tenth of the distribution said: a tenth each where it is right.

    low, high: what nine of ten records of this size, as dependent as this one, would show around a tenth.
    """
    tenth = np.minimum((own.pit * BINS).astype(np.int64), BINS - 1)
    columns = (tenth[:, None] == np.arange(BINS)).astype(np.float64)
    of_day = daily(np.column_stack([columns, np.ones(len(own))]), own.as_of)
    shares = of_day.sums[:, :BINS].sum(axis=0) / len(own)
    block = min(block_length(of_day.days, sessions), len(of_day.days))
    drawn = block_sums(of_day.sums, block, draws=1000)
    error = (drawn[:, :BINS] / drawn[:, BINS:]).std(axis=0, ddof=1)
    low, high = np.clip(1.0 / BINS - REACH * error, 0.0, 1.0), 1.0 / BINS + REACH * error
    return {
        "shares": [number(each) for each in shares],
        "low": [number(each) for each in low],
        "high": [number(each) for each in high],
        "mean": number(float(own.pit.mean())),
        "spread": number(float(own.pit.std())),
    }


def _bands(own: Distribution, sessions: int) -> list[Document]:
    """How often the close lay in each central band, with the interval that the sample leaves (95 %), and how wide it was."""
    found = []
    for column, band in enumerate(BANDS):
        inside = mean_with_interval(own.is_in[:, column].astype(np.float64), own.as_of, sessions, level=BAND_LEVEL)
        within = None if np.isnan(inside.low) else bool(inside.low <= band <= inside.high)
        width = float(own.width[:, column].mean())
        found.append({"band": band, "width": number(width), "is_within": within} | {"share": interval(inside)})
    return found


def _band_words(band: Document) -> str:
    inside, name = band["share"], f"The {100 * band['band']:.0f} % band"
    if band["is_within"] is None:
        return f"{name} held {share(inside['mean'])} of the closes; too few independent windows say how sure that is."
    seen = f"held {share(inside['mean'])} of the closes (95 % interval {share(inside['low'])} to {share(inside['high'])})"
    if band["is_within"]:
        return f"{name} {seen}: as it should, within sampling error."
    return f"{name} {seen}: {'too few, it is too narrow' if inside['mean'] < band['band'] else 'too many, it is too wide'}."
