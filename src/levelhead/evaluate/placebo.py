"""The same walk in worlds where nothing can be known: skill that does not vanish there is a fault of the judge or a look ahead.

What must vanish, within its own error:

    direction   which of up and down comes, given that one does: in no world can it be known. Held against a driftless walk of the
                very volatility that the note forecast, so that knowing the volatility earns nothing here.
    own law     in the worlds whose days are independent (random_walk, shuffled) nobody can beat the draw from all of its days;
                losing against it is allowed, it is the price of having to estimate.

In the bootstrapped and the mirrored world volatility still clusters, and skill against the base rates may remain: it is printed,
and proves nothing. The same holds of a shuffled world's base rates, which are scaled by an ATR that means nothing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.evaluate.bar_count import BarCount
from levelhead.evaluate.baselines import Baseline, baselines
from levelhead.evaluate.chances import TITLES, WHOM, as_document
from levelhead.evaluate.comparison import Comparison, compared
from levelhead.evaluate.distribution import Distribution
from levelhead.evaluate.numbers import share
from levelhead.evaluate.own_law import own_law
from levelhead.evaluate.verdict import in_order
from levelhead.evaluate.walks import Law, chances
from levelhead.evaluate.worlds import shapes_of
from levelhead.kernels.scores import log_score
from levelhead.ledger.record import Record
from levelhead.ledger.scored import horizon_of
from levelhead.wire.document import Document

FloatArray = NDArray[np.float64]

INDEPENDENT = ("random_walk", "shuffled")  # worlds whose days know nothing of each other
NOTHING = 1e-4  # a skill of a hundredth of a per cent: two who say the same differ in their last digits
KINDS = ("scenario", "target", "outlook")
TWO_SIDED = ("scenario", "outlook")
CALLED = {
    "random_walk": "pure random walk",
    "shuffled": "shuffled days",
    "bootstrapped": "bootstrapped blocks",
    "mirrored": "days turned by a coin",
}
MEANS = {
    "random_walk": "a Brownian motion of the instrument's own volatility, which never changes",
    "shuffled": "the instrument's own days in another order",
    "bootstrapped": "blocks of twenty of the instrument's days, drawn with replacement",
    "mirrored": "the instrument's own days in their order, each turned upside down by a coin",
}


def world_verdict(name: str, record: Record, told: Distribution, bars: Bars) -> Document:
    """The verdict on a walk in the world `name`, whose bars these are: plain JSON values.

    checks: what must vanish, each with `has_vanished`. others: skill against the base rates, for comparison.
    """
    record, told = in_order(record, told)
    count = BarCount([bars])
    (climatology,), _ = baselines(record, told, {bars.instrument.symbol: bars}, ("climatology",))
    record, told = replace(record, as_of=count.numbered(record.as_of)), replace(told, as_of=count.numbered(told.as_of))
    checks = [_check("direction", kind, found) for kind, found in _directions(record, told)]
    if name in INDEPENDENT:
        law = own_law(record, told, shapes_of(bars))
        checks += [_check("own law", kind, found) for kind, found in _kinds(record, law)]
        checks += [_check("own law", of, found) for of, found in _closes(told, law)]
    others = [{"what": kind} | as_document(found, WHOM["climatology"]) for kind, found in _kinds(record, climatology)]
    failed = [check for check in checks if not check["has_vanished"]]
    return {
        "world": name,
        "title": CALLED[name],
        "means": MEANS[name],
        "days": len(np.unique(told.as_of)),
        "checks": checks,
        "others": others,
        "has_vanished": not failed,
        "words": [_sentence(name, checks, failed)],
    }


def _check(what: str, kind: str, found: Comparison) -> Document:
    """Skill has vanished where its interval does not lie above nothing."""
    vanished = bool(not found.skill.low > NOTHING)
    return {"what": what, "of": kind, "has_vanished": vanished} | as_document(found, what)


def _directions(record: Record, told: Distribution) -> list[tuple[str, Comparison]]:
    """The log score of the side that came, given that one did, against a driftless walk of the volatility said."""
    coin = chances(record, _law_said(record, told))
    found = []
    for kind in TWO_SIDED:
        rows = np.flatnonzero((record.kind == kind) & np.isin(record.outcomes, (0, 2)))
        happened = record.outcomes[rows] // 2
        scores = [log_score(_sides(said[rows]), happened) for said in (record.said, coin)]
        comparison = compared(scores[0], scores[1], record.as_of[rows], horizon_of(record.sessions[rows]))
        if comparison is not None:
            found.append((kind, comparison))
    return found


def _law_said(record: Record, told: Distribution) -> Law:
    """The variance that the note's own paths had over each row's horizon; NaN where it was not kept."""
    keys = zip(told.symbol.tolist(), told.as_of.tolist(), told.sessions.tolist(), strict=True)
    kept = dict(zip(keys, (told.sigma**2).tolist(), strict=True))
    rows = zip(record.symbol.tolist(), record.as_of.tolist(), record.sessions.tolist(), strict=True)
    return Law(variance=np.array([kept.get(row, np.nan) for row in rows]))


def _sides(said: FloatArray) -> FloatArray:
    """Chances of up and down given that one of them comes: (n, 2), NaN where neither was thought possible."""
    sides = said[:, (0, 2)]
    total = sides.sum(axis=1, keepdims=True)
    given: FloatArray = np.divide(sides, total, out=np.full_like(sides, np.nan), where=total > 0.0)
    return given


def _kinds(record: Record, rival: Baseline) -> list[tuple[str, Comparison]]:
    found = []
    for kind in KINDS:
        rows = np.flatnonzero((record.kind == kind) & (record.outcomes >= 0))
        scores = [log_score(said[rows], record.outcomes[rows]) for said in (record.said, rival.said)]
        comparison = compared(scores[0], scores[1], record.as_of[rows], horizon_of(record.sessions[rows]))
        if comparison is not None:
            found.append((kind, comparison))
    return found


def _closes(told: Distribution, rival: Baseline) -> list[tuple[str, Comparison]]:
    found = []
    for sessions in np.unique(told.sessions).tolist():
        rows = told.sessions == sessions
        comparison = compared(told.crps[rows], rival.distribution.crps[rows], told.as_of[rows], sessions)
        if comparison is not None:
            found.append((f"closes after {sessions}", comparison))
    return found


def _sentence(name: str, checks: Sequence[Document], failed: Sequence[Document]) -> str:
    world = f"Placebo world, {CALLED[name]} ({MEANS[name]})"
    if not checks:
        return f"{world}: nothing was said that could be checked."
    if not failed:
        most = max(checks, key=lambda check: check["skill"]["mean"] or -1.0)
        return (
            f"{world}: skill vanishes in all {len(checks)} checks; the highest is {share(most['skill']['mean'])}, {_named(most)}."
        )
    told = "; ".join(f"{_named(check)} {share(check['skill']['mean'])} from {share(check['skill']['low'])} up" for check in failed)
    return f"{world}: skill does not vanish in {len(failed)} of {len(checks)} checks ({told}); one in twenty does so by chance."


def _named(check: Document) -> str:
    of: str = check["of"]
    return f"{TITLES.get(of, of).lower()} against {'its own law' if check['what'] == 'own law' else 'the coin'}"
