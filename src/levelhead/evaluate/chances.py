"""The verdict on one kind of statement: its scores, whether it came as often as said, against whom it wins, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.evaluate.baselines import Baseline
from levelhead.evaluate.comparison import Comparison, compared, mean_with_interval, told
from levelhead.evaluate.numbers import number, share, signed
from levelhead.evaluate.slices import Words, each
from levelhead.kernels.calibration import isotonic, stepped
from levelhead.kernels.inference import Interval
from levelhead.ledger.record import OPEN, UNDECIDED, VOID, Record
from levelhead.ledger.reliability import Reliability, reliabilities
from levelhead.ledger.scored import OUTCOMES, Group, Scores, horizon_of, keys_of, scores_of, windows_of
from levelhead.wire.document import Document

FloatArray = NDArray[np.float64]

TITLES = {
    "scenario": "Scenario table",
    "target": "Scenario targets",
    "outlook": "Outlook of three outcomes",
    "claim": "Other claims",
    "setup": "Trade setups",
    "bias": "Bias by horizon",
    "level": "Key levels",
}
WHOM = {
    "climatology": "climatology (the base rates)",
    "random_walk": "the 20-day random walk",
    "gjr_garch": "GJR-GARCH-t",
    "last_note": "the last note again",
}
SHORT = {
    "climatology": "climatology",
    "random_walk": "the 20-day random walk",
    "gjr_garch": "GJR-GARCH-t",
    "last_note": "the last note again",
}
MAIN = "log"  # the one that slices are cut by
RESULTS = {"setup": "R after costs", "bias": "sigma of the horizon, after drift"}
SLICE_DRAWS = 400


def of_kind(kind: str, record: Record, rivals: Sequence[Baseline], labels: Mapping[str, Words]) -> Document:
    """The verdict on the rows of one kind; plain JSON values."""
    rows = record.kind == kind
    own = scores_of(record, kind, np.flatnonzero(rows))
    outcomes = record.outcomes[rows]
    horizon = horizon_of(record.sessions[rows])
    days = np.unique(record.as_of[rows])
    windows = windows_of(days, horizon)
    diagrams = reliabilities(own, keys_of(record), kind, windows={Group(kind=kind): windows}) if len(own.rows) else ()
    document: dict[str, Any] = {
        "kind": kind,
        "title": TITLES[kind],
        "rows": int(rows.sum()),
        "decided": int((outcomes >= 0).sum()),
        "scored": len(own.rows),
        "open": int((outcomes == OPEN).sum()),
        "undecided": int((outcomes == UNDECIDED).sum()),
        "void": int((outcomes == VOID).sum()),
        "days": len(days),
        "windows": windows,
        "horizons": np.unique(record.sessions[rows]).tolist(),
        "scores": {name: number(float(np.nanmean(values))) for name, values in own.own.items() if len(values)},
        "outcomes": _outcomes(kind, own) if len(own.rows) else _frequencies(kind, outcomes),
        "reliability": [_diagram(diagram) for diagram in diagrams],
        "against": [],
        "slices": [],
        "results": _results(kind, record, rows, horizon),
    }
    if len(own.rows):
        theirs = {rival.name: _rival_scores(rival, record, kind, rows) for rival in rivals}
        document["against"] = _against(own, theirs, record, horizon)
        document["slices"] = _slices(own, theirs, record, labels, rows)
    document["results_words"] = _results_words(document)
    document["words"] = [
        *(row["words"] for row in document["against"] if row["score"] == MAIN),
        *(_as_often(diagram) for diagram in document["reliability"]),
        *document["results_words"],
    ]
    return document


def _rival_scores(rival: Baseline, record: Record, kind: str, rows: NDArray[np.bool_]) -> Mapping[str, FloatArray]:
    """Each score beside the record's rows, NaN where the rival or the record has none."""
    # a row that we said nothing of is not in ours; one that the rival said nothing of has no score
    scores = scores_of(replace(record, base=rival.said), kind, np.flatnonzero(rows))
    return {name: _placed(values, scores, len(record)) for name, values in scores.base.items()}


def _placed(values: FloatArray, scores: Scores, count: int) -> FloatArray:
    column = np.full(count, np.nan)
    column[scores.rows] = values
    return column


def _against(own: Scores, theirs: Mapping[str, Mapping[str, FloatArray]], record: Record, horizon: int) -> list[Document]:
    found = []
    for rival, scores in theirs.items():
        for name, values in own.own.items():
            comparison = compared(values, scores[name][own.rows], record.as_of[own.rows], horizon)
            if comparison is not None:
                found.append({"baseline": rival, "score": name} | as_document(comparison, WHOM[rival]))
    return found


def _slices(
    own: Scores,
    theirs: Mapping[str, Mapping[str, FloatArray]],
    record: Record,
    labels: Mapping[str, Words],
    rows: NDArray[np.bool_],
) -> list[Document]:
    ours = _placed(own.own[MAIN], own, len(record))
    found = []
    for by, word, chosen in each(labels, rows):
        horizon = horizon_of(record.sessions[chosen])
        for rival, scores in theirs.items():
            comparison = compared(ours[chosen], scores[MAIN][chosen], record.as_of[chosen], horizon, draws=SLICE_DRAWS)
            if comparison is not None:
                found.append(slice_document(by, word, rival, comparison))
    return found


def as_document(comparison: Comparison, whom: str) -> Document:
    """A comparison as plain JSON values, with its sentence."""
    return {
        "rows": comparison.rows,
        "days": comparison.days,
        "windows": comparison.windows,
        "ours": number(comparison.ours),
        "theirs": number(comparison.theirs),
        "skill": interval(comparison.skill),
        "difference": {name: number(value) for name, value in comparison.difference._asdict().items()},
        "needed": comparison.needed,
        "is_told": comparison.is_told,
        "words": told(comparison, whom),
    }


def slice_document(by: str, word: str, rival: str, comparison: Comparison) -> Document:
    """One row of a table of slices."""
    return {
        "by": by,
        "value": word,
        "baseline": rival,
        "rows": comparison.rows,
        "windows": comparison.windows,
        "ours": number(comparison.ours),
        "theirs": number(comparison.theirs),
        "skill": interval(comparison.skill),
        "is_told": comparison.is_told,
    }


def interval(found: Interval) -> Document:
    """Mean, ends and standard error; None for what too few rows do not tell."""
    return {name: number(value) for name, value in found._asdict().items()}


def _outcomes(kind: str, own: Scores) -> list[Document]:
    """Of each outcome: what was said on average, how that varied (sharpness), how often it came, its Brier score in three parts."""
    names = OUTCOMES[kind]
    of_kind = own.count == len(names)
    if not of_kind.any():
        return []
    found = []
    for place, name in enumerate(names):
        said, happened = own.said[of_kind, place], (own.happened[of_kind] == place).astype(np.float64)
        parts = decomposed(said, happened)
        found.append(
            {"name": name, "said": number(said.mean()), "sharpness": number(said.std()), "happened": number(happened.mean())}
            | {part: number(value) for part, value in parts.items()}
        )
    return found


def decomposed(said: FloatArray, happened: FloatArray) -> dict[str, float]:
    """The Brier score of one outcome as miscalibration - discrimination + uncertainty, by the isotonic map, ties pooled.

    All of shape (n,). Dimitriadis, T., Gneiting, T. and Jordan, A. I. (2021), PNAS 118(8), e2016191118.
    """
    score = float(np.mean((said - happened) ** 2))
    meant = float(np.mean((stepped(said, isotonic(said, happened)) - happened) ** 2))
    rate = float(happened.mean())
    uncertain = rate * (1.0 - rate)
    return {"miscalibration": score - meant, "discrimination": uncertain - meant, "uncertainty": uncertain}


def _frequencies(kind: str, outcomes: NDArray[np.int64]) -> list[Document]:
    """How often each outcome came, of statements without a probability."""
    decided = outcomes[outcomes >= 0]
    counts = np.bincount(decided, minlength=len(OUTCOMES[kind]))
    return [{"name": name, "happened": number(counts[k] / max(len(decided), 1))} for k, name in enumerate(OUTCOMES[kind])]


def _diagram(found: Reliability) -> Document:
    return {
        "outcome": found.outcome,
        "count": found.count,
        "windows": found.windows,
        "error": number(found.error),
        "bound": number(found.bound),
        "points": [
            {
                "said": number(p.said),
                "count": p.count,
                "happened": number(p.happened),
                "curve": number(p.curve),
                "low": number(p.low),
                "high": number(p.high),
            }
            for p in found.points
        ],
    }


def _results(kind: str, record: Record, rows: NDArray[np.bool_], horizon: int) -> Document | None:
    """Mean results of setups and biases, by the worst and the best reading of the bars; None where there are none."""
    if kind not in RESULTS or not np.isfinite(record.result_low[rows]).any():
        return None
    columns = {"low": record.result_low[rows], "high": record.result_high[rows]}
    means = {name: mean_with_interval(column, record.as_of[rows], horizon) for name, column in columns.items()}
    return {
        "unit": RESULTS[kind],
        "count": int(np.isfinite(columns["low"]).sum()),
        **{name: interval(mean) for name, mean in means.items()},
    }


def _ends(low: str, high: str) -> str:
    """'-0.1 to 0.2'; one figure where both are printed alike."""
    return low if low == high else f"{low} to {high}"


def _results_words(document: Document) -> list[str]:
    """What it earned, and how often each outcome came where no probability was said."""
    words = []
    results = document["results"]
    if results is not None and results["low"]["low"] is not None:
        low, high = results["low"], results["high"]
        side = "more" if low["low"] > 0.0 else "less" if high["high"] < 0.0 else "not distinguishable from nothing"
        earned = f"earned {side} than nothing" if side in ("more", "less") else side
        words.append(
            f"Mean result of {results['count']:,}: {_ends(signed(low['mean']), signed(high['mean']))} {results['unit']} "
            f"(90 % interval {signed(low['low'])} to {signed(high['high'])}): {earned}."
        )
    if not document["scored"] and document["decided"]:
        shares = ", ".join(f"{row['name']} {share(row['happened'])}" for row in document["outcomes"])
        words.append(f"No probability was said; of {document['decided']:,} decided: {shares}.")
    return words


def _as_often(diagram: Document) -> str:
    bound = f"the {share(diagram['bound'])} that someone perfectly calibrated stays below in 95 of 100 such records"
    if diagram["error"] <= diagram["bound"]:
        return f"'{diagram['outcome']}' came as often as said: calibration error {share(diagram['error'])}, within {bound}."
    return f"'{diagram['outcome']}' did not come as often as said: calibration error {share(diagram['error'])}, above {bound}."
