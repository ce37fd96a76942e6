"""How an instrument moves with its peer: beta, correlation, who goes first, and extremes of the ratio."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.kernels.regression import Slope, slope_of
from levelhead.reading.facts import Findings, known, number, too_short, word
from levelhead.reading.relative import Pair, pair_of

SPAN = 120
"""Common daily changes from which beta and the correlations are estimated."""
LEAST = 60
EXTREMES = (252, 60)
"""Common dates over which a highest or lowest ratio is told, the longest that holds."""
_WORDS = {252: "a year", 60: "sixty sessions"}
_REACH = 1.6449  # standard errors on either side of 90 %
_LEADS = 2.5758  # standard errors of a correlation of none that one of two must pass: 1 % each


def relative_move_facts(bars: Bars, peers: Mapping[str, Bars]) -> Findings:
    """relative.<PEER>.beta, .beta.low, .beta.high, .correlation, .days, .lead, .extreme of each peer; `peers` end with `bars`."""
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    for symbol, peer in peers.items():
        pair = pair_of(bars, symbol, peer)
        if pair is None or not pair.is_positive:
            continue  # said where relative strength is read
        own = f"relative.{symbol}"
        facts |= _extreme(pair, own)
        if len(pair.stamps) <= LEAST:
            unknown.append(too_short(f"The beta of {pair.symbol} to {symbol}", LEAST + 1, len(pair.stamps)))
            continue
        facts |= _moves(pair, own)
    return facts, tuple(unknown)


def _moves(pair: Pair, own: str) -> dict[str, Fact]:
    ours, theirs = (changes(closes[-1 - SPAN :]) for closes in (pair.returned, pair.peers))
    line, count = slope_of(theirs, ours), len(ours)
    if not known(line.slope):
        return {}
    back = slope_of(ours, theirs)
    error = _REACH * line.error
    what = f"{pair.symbol} for one of {pair.peer}, over {count} common daily changes"
    return {
        f"{own}.beta": number(
            line.slope,
            "ratio",
            f"beta: per cent of {what}",
            "covariance / variance",
            inputs={"covariance": line.covariance, "variance": line.variance},
            date=pair.last_date,
        ),
        f"{own}.beta.low": _end(own, "-", line.slope - error, error, pair),
        f"{own}.beta.high": _end(own, "+", line.slope + error, error, pair),
        f"{own}.correlation": number(
            line.covariance / math.sqrt(line.variance * back.variance) if back.variance > 0 else 0.0,
            "ratio",
            f"correlation of daily changes of {pair.symbol} and {pair.peer}",
            "covariance / (variance * own_variance) ** 0.5" if back.variance > 0 else "0",
            inputs={"covariance": line.covariance, "variance": line.variance, "own_variance": back.variance}
            if back.variance > 0
            else {},
            date=pair.last_date,
        ),
        f"{own}.days": number(count, "count", "common daily changes", "days", inputs={"days": float(count)}, date=pair.last_date),
        f"{own}.lead": _lead(pair, slope_of(theirs[:-1], ours[1:]), slope_of(ours[:-1], theirs[1:]), count - 1),
    }


def _end(own: str, sign: str, value: float, error: float, pair: Pair) -> Fact:
    which = "lower" if sign == "-" else "upper"
    return number(
        value,
        "ratio",
        f"{which} end of beta's 90 % interval",
        f"{own}.beta {sign} error",
        inputs={"error": error},
        date=pair.last_date,
    )


def _lead(pair: Pair, after_peer: Slope, after_own: Slope, count: int) -> Fact:
    """Who goes first by a day: the correlation of a day's change with that of the other on the day before."""
    bound = _LEADS / math.sqrt(count)
    second = known(after_peer.correlation) and after_peer.correlation > bound
    first = known(after_own.correlation) and after_own.correlation > bound
    said = "both" if first and second else "first" if first else "second" if second else "neither"
    return word(
        said,
        f"whether {pair.symbol} ('first') or {pair.peer} ('second') goes first by a day",
        f"the one whose change correlates with the other's of the day after by more than {_LEADS} standard errors; else neither.",
        inputs={"after_peer": after_peer.correlation, "after_own": after_own.correlation, "bound": bound},
        date=pair.last_date,
    )


def _extreme(pair: Pair, own: str) -> dict[str, Fact]:
    ratio = pair.closes / pair.peers if pair.returned is pair.closes else pair.returned / pair.peers
    spans = [n for n in EXTREMES if len(ratio) >= n]
    if not spans:
        return {}
    said = "none"
    for n in spans:
        rest = ratio[-n:-1]
        if ratio[-1] > rest.max() or ratio[-1] < rest.min():
            said = f"{'highest' if ratio[-1] > rest.max() else 'lowest'} in {_WORDS[n]}"
            break
    rule = f"highest or lowest when above or below all others of the last {' or '.join(map(str, spans))} common dates, else none."
    meaning = f"{pair.symbol} / {pair.peer}, without the gaps of rolls, against its past"
    return {f"{own}.extreme": word(said, meaning, rule, inputs={"ratio": ratio[-1]}, date=pair.last_date)}


def changes(closes: FloatArray) -> FloatArray:
    """Daily changes in per cent; closes > 0."""
    return np.asarray(100 * (closes[1:] / closes[:-1] - 1))
