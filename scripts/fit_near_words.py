"""Fits the table of the words around a price (src/levelhead/review/near_words.json) on the notes and passages of the tests.

    python scripts/fit_near_words.py --date 2026-11-21

For each price of each note: is it one of the levels that the expectation lists, of which side and kind, is it the last price? The
answers are fitted as log-linear sums of weights, one weight a cue (review/near_cues.py), held small by their squares and by their
sizes, so that most are nought and left out. The same notes always give the same table.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parents[1]
NOTES = ROOT / "tests" / "review" / "corpus"
PASSAGES = ROOT / "tests" / "review" / "phrases"
TABLE = ROOT / "src" / "levelhead" / "review" / "near_words.json"
SEEN = 4  # a cue of fewer prices is left out
ROUNDS = 150
SMALLEST = 0.01
# What a weight's square and its size cost, by leaving out one writer after the other.
COSTS = {"level": (1.0, 0.2), "last": (0.3, 0.2), "side": (0.3, 0.5), "kind": (0.3, 0.5)}


@dataclass(frozen=True, slots=True)
class Price:
    """A price of a note: its cues, and what the expectation says of it (side and kind only of a level)."""

    cues: frozenset[str]
    level: str
    last: str
    side: str | None
    kind: str | None


def texts() -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Name, bytes and expectation of every note and passage."""
    for path in sorted(NOTES.glob("*.json")):
        [note] = (p for p in NOTES.glob(f"{path.stem}.*") if p.suffix != ".json")
        yield note.name, note.read_bytes(), json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(PASSAGES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            yield said["id"], said["text"].encode(), said


def prices_in(name: str, data: bytes, said: dict[str, Any]) -> Iterator[Price]:
    """The prices of a note with their answers."""
    from levelhead.review.near_cues import cues_of
    from levelhead.review.read import laid_out
    from levelhead.review.source import text_of

    page = laid_out(text_of(data, name=name))
    for zone, (cues, _) in cues_of(page.passages, page.prices).items():
        yield answered(zone, frozenset(cues), said)


def answered(zone: tuple[float, float], cues: frozenset[str], said: dict[str, Any]) -> Price:
    """A price with what the expectation says of it."""
    level = next((x for x in said["levels"] if is_same(zone, (x["low"], x["high"]))), None)
    values = [(x["value"], x["name"]) for x in said["indicators"]]
    lasts = [v if isinstance(v, list) else (v, v) for v, name in values if name == "last"]
    return Price(
        cues=cues,
        level="yes" if level else "no",
        last="yes" if any(is_same(zone, v) for v in lasts) else "no",
        side=level["side"] if level else None,
        kind=level["kind"] if level else None,
    )


def is_same(one: Sequence[float], two: Sequence[float]) -> bool:
    """Whether two zones are one, but for rounding."""
    return all(abs(a - b) <= 1e-7 * max(1.0, abs(b)) for a, b in zip(one, two, strict=True))


def fitted(prices: Sequence[Price]) -> dict[str, dict[str, dict[str, Any]]]:
    """For each question and answer where its sum starts, and the weights of the cues."""
    told: dict[str, dict[str, dict[str, Any]]] = {}
    for question, (squares, sizes) in COSTS.items():
        asked = [(p.cues, a) for p in prices if (a := getattr(p, question)) is not None]
        told[question] = weights_of([c for c, _ in asked], [a for _, a in asked], squares, sizes)
    return told


def weights_of(cues: Sequence[frozenset[str]], answers: Sequence[str], squares: float, sizes: float) -> dict[str, dict[str, Any]]:
    """The weights at which the answers given are likeliest, less what the weights cost. Of yes and no only yes has any."""
    counts = Counter(cue for c in cues for cue in c)
    names = sorted(cue for cue, n in counts.items() if n >= SEEN)
    place = {cue: i for i, cue in enumerate(names)}
    rows = [sorted(place[c] for c in each if c in place) for each in cues]
    ends = np.cumsum([0, *map(len, rows)])
    there = csr_matrix((np.ones(ends[-1]), np.concatenate(rows).astype(np.int32), ends), shape=(len(rows), len(names)))
    there_by_cue = there.T.tocsr()
    words = sorted(set(answers))
    given = np.array([[a == w for w in words] for a in answers], dtype=float)
    free = words if len(words) > 2 else words[1:]
    shape, split = (len(names), len(free)), len(names) * len(free)

    def cost(v: np.ndarray) -> tuple[float, np.ndarray]:
        # each weight as what it is above nought less what it is below, so that its size is smooth
        weights, starts = (v[:split] - v[split : 2 * split]).reshape(shape), v[2 * split :]
        sums = there @ weights + starts
        sums = np.hstack([np.zeros((len(sums), len(words) - len(free))), sums])
        sums -= sums.max(axis=1, keepdims=True)
        total = np.log(np.exp(sums).sum(axis=1))
        off = (np.exp(sums - total[:, None]) - given)[:, -len(free) :]
        slope = (there_by_cue @ off + squares * weights).ravel()
        value = (total - (sums * given).sum(axis=1)).sum() + squares / 2 * (weights**2).sum() + sizes * v[: 2 * split].sum()
        return float(value), np.concatenate([slope + sizes, sizes - slope, off.sum(axis=0)])

    bounds = [(0.0, None)] * (2 * split) + [(None, None)] * len(free)
    best = minimize(
        cost, np.zeros(2 * split + len(free)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": ROUNDS}
    ).x
    weights = (best[:split] - best[split : 2 * split]).reshape(shape)
    return {
        word: {
            "start": round(float(best[2 * split + k]), 3),
            "weights": {cue: round(float(w), 3) for cue, w in zip(names, weights[:, k], strict=True) if abs(w) >= SMALLEST},
        }
        for k, word in enumerate(free)
    }


def document(prices: Sequence[Price], notes: int, passages: int, date: str) -> dict[str, Any]:
    """The table's file: what it was fitted on, and its weights."""
    answers = fitted(prices)
    return {
        "schema": "levelhead/near-words/1",
        "date": date,
        "fitted_on": "tests/review/corpus and tests/review/phrases, by scripts/fit_near_words.py",
        "counts": {
            "notes": notes,
            "passages": passages,
            "prices": len(prices),
            "levels": sum(p.level == "yes" for p in prices),
            "last_prices": sum(p.last == "yes" for p in prices),
            "weights": sum(len(told["weights"]) for question in answers.values() for told in question.values()),
        },
        "answers": answers,
    }


def main() -> None:
    """Fits the table and writes its file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--date", required=True, help="the day to print into the table, YYYY-MM-DD")
    asked = parser.parse_args()
    known = list(texts())
    prices = [price for name, data, said in known for price in prices_in(name, data, said)]
    passages = sum("id" in said for _, _, said in known)
    table = document(prices, len(known) - passages, passages, asked.date)
    TABLE.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(table["counts"]))


if __name__ == "__main__":
    main()
