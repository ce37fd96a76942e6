"""Relative strength: the instrument against each peer, on the dates that both have."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from levelhead.domain.adjustment import as_traded, back_adjusted
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadDate
from levelhead.domain.fact import Fact, Window
from levelhead.kernels.averages import latest_mean, sma
from levelhead.kernels.crosses import last_cross, side
from levelhead.kernels.relative import common_rows, deviation, return_gap
from levelhead.reading.averages import SIDE_WORDS, direction
from levelhead.reading.facts import Findings, number, too_short, word
from levelhead.reading.settings import Settings

AVERAGE = 50
SPANS = (20, 60)
_STEPS = 14
_SAME = 1e-12  # quotients nearer to each other than that have no roll between them


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pair:
    """Closes of the instrument and of one peer on the dates both have, oldest first, shape (n,), n >= 1.

    returned: the instrument's closes in one contract, adjusted by ratio; their quotients are returns.
    """

    symbol: str
    peer: str
    stamps: tuple[dt.date, ...]
    closes: FloatArray
    peers: FloatArray
    returned: FloatArray

    @property
    def is_positive(self) -> bool:
        """Whether quotients of the two are of any use."""
        return min(float(self.closes.min()), float(self.peers.min()), float(self.returned.min())) > 0

    @property
    def last_date(self) -> dt.date:
        """The last date that both have."""
        return self.stamps[-1]

    def windows(self, count: int) -> tuple[Window, Window]:
        """The last `count` common closes of both."""
        ours = Window(column="close", first=self.stamps[-count], last=self.last_date, count=count)
        return ours, replace(ours, peer=self.peer)


def peers_until(bars: Bars, peers: Mapping[str, Bars]) -> tuple[dict[str, Bars], tuple[str, ...]]:
    """What an analyst of the bars' last day may see of each peer; those that begin later are named."""
    seen: dict[str, Bars] = {}
    unknown: list[str] = []
    for symbol, peer in peers.items():
        try:
            seen[symbol] = peer.until(bars.as_of)
        except BadDate:
            unknown.append(f"{symbol} begins on {peer.first}, after {bars.as_of}; relative strength against it is not known.")
    return seen, tuple(unknown)


def relative_facts(bars: Bars, peers: Mapping[str, Bars], settings: Settings) -> Findings:
    """relative.<PEER>.* for each peer. `peers` end no later than `bars`."""
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    for symbol, peer in peers.items():
        found, missing = _against(bars, symbol, peer, settings)
        facts |= found
        unknown += missing
    return facts, tuple(unknown)


def _against(bars: Bars, symbol: str, peer: Bars, settings: Settings) -> Findings:
    pair = pair_of(bars, symbol, peer)
    if pair is None:
        return {}, (f"{symbol} has no date in common with {bars.instrument.symbol}; relative strength against it is not known.",)
    if not pair.is_positive:
        return {}, (f"Relative strength against {symbol} is not known: a close of one of the two is not positive.",)
    unknown = []
    if pair.last_date != bars.stamp(-1):
        unknown.append(
            f"{symbol} has no bar on {bars.stamp(-1)}; relative strength against it stands as of {pair.last_date}, "
            "the last date that both have."
        )
    ratio, short = _ratio_facts(pair, bars, settings)
    gaps, few = _return_facts(pair, settings)
    return ratio | gaps, (*unknown, *short, *few)


def pair_of(bars: Bars, symbol: str, peer: Bars) -> Pair | None:
    """The two on the dates that both have; None where there is none. `peer` ends no later than `bars`."""
    ours, theirs = common_rows(bars.time, peer.time)
    if not len(ours):
        return None
    return Pair(
        symbol=bars.instrument.symbol,
        peer=symbol,
        stamps=tuple(bars.stamp(int(row)) for row in ours),
        closes=bars.close[ours],
        peers=peer.close[theirs],
        returned=back_adjusted(as_traded(bars)).close[ours] if bars.adjustment != "ratio" else bars.close[ours],
    )


def _ratio_facts(pair: Pair, bars: Bars, settings: Settings) -> Findings:
    name, count = f"relative.{pair.peer}", len(pair.stamps)
    ratio = pair.closes / pair.peers
    facts = {
        f"{name}.ratio": number(
            ratio[-1],
            "ratio",
            _as_of(f"{pair.symbol} divided by {pair.peer}", pair, bars),
            "last(closes) / last(peer_closes)",
            windows=pair.windows(1),
            date=pair.last_date,
        )
    }
    called = f"The {AVERAGE}-day average of {pair.symbol} / {pair.peer}"
    if count < AVERAGE:
        return facts, (too_short(called, AVERAGE, count),)
    average = sma(ratio, AVERAGE)
    facts |= _average_facts(pair, ratio, average)
    needed = AVERAGE + settings.slope_bars
    if count < needed:
        return facts, (too_short(f"The slope of the {AVERAGE}-day average of {pair.symbol} / {pair.peer}", needed, count),)
    facts[f"{name}.slope"] = _slope(pair, ratio, average, settings)
    return facts, ()


def _as_of(meaning: str, pair: Pair, bars: Bars) -> str:
    if pair.last_date != bars.stamp(-1):
        return f"{meaning} on {pair.last_date}, the last date that both have"
    if bars.provisional is not None:
        return f"{meaning}; the price of {pair.symbol} is provisional, that of {pair.peer} is the close of its bar"
    return meaning


def _average_facts(pair: Pair, ratio: FloatArray, average: FloatArray) -> dict[str, Fact]:
    name = f"relative.{pair.peer}"
    sides = side(ratio, average, ratio)
    cross = last_cross(sides) if sides[-1] else None
    return {
        f"{name}.ratio_sma_50": number(
            latest_mean(ratio, AVERAGE),
            "ratio",
            f"{AVERAGE}-day simple average of {pair.symbol} divided by {pair.peer}",
            "mean(closes / peer_closes)",
            windows=pair.windows(AVERAGE),
            date=pair.last_date,
        ),
        f"{name}.side": word(
            SIDE_WORDS[int(sides[-1])],
            f"side of its {AVERAGE}-day average on which {pair.symbol} / {pair.peer} stands; its date is the close that crossed "
            "to it",
            "above when the ratio is higher than its average, below when lower, at when equal.",
            inputs={"ratio": ratio[-1], "ratio_sma_50": average[-1]},
            date=None if cross is None else pair.stamps[cross],
        ),
    }


def _slope(pair: Pair, ratio: FloatArray, average: FloatArray, settings: Settings) -> Fact:
    """The rule of a price average, with the ratio's own mean absolute change in the place of ATR(14)."""
    now, before = float(average[-1]), float(average[-1 - settings.slope_bars])
    step = float(np.mean(np.abs(np.diff(ratio[-1 - _STEPS :]))))
    slope = (now - before) / step if step > 0 else 0.0
    return word(
        direction(slope, settings.flat_atr),
        f"direction of the {AVERAGE}-day average of {pair.symbol} / {pair.peer} over {settings.slope_bars} bars",
        f"up or down when it moved by more than {settings.flat_atr} of the ratio's mean absolute change over {_STEPS} bars in "
        f"{settings.slope_bars} bars, else flat.",
        inputs={"now": now, "before": before, "mean_absolute_change": step},
    )


def _return_facts(pair: Pair, settings: Settings) -> Findings:
    name, count = f"relative.{pair.peer}", len(pair.stamps)
    facts: dict[str, Fact] = {}
    unknown: list[str] = []
    for bars in SPANS:
        called = f"{bars}-day return of {pair.symbol} less that of {pair.peer}"
        if count <= bars:
            unknown.append(too_short(f"The {called}", bars + 1, count))
            continue
        quoted, own = pair.closes[-1] / pair.closes[-1 - bars], pair.returned[-1] / pair.returned[-1 - bars]
        rolled = not math.isclose(quoted, own, rel_tol=_SAME)
        facts[f"{name}.return_{bars}"] = number(
            100 * return_gap(pair.returned if rolled else pair.closes, pair.peers, bars)[-1],
            "per cent",
            f"{called}, in percentage points{', without the gaps of rolls' if rolled else ''}",
            f"100 * (last(closes) / first(closes){' / rolls' if rolled else ''} - last(peer_closes) / first(peer_closes))",
            inputs={"rolls": quoted / own} if rolled else {},
            windows=pair.windows(bars + 1),
            date=pair.last_date,
        )
    if count > max(SPANS):
        facts[f"{name}.standing"] = _standing(pair, facts, settings)
    return facts, tuple(unknown)


def _standing(pair: Pair, facts: Mapping[str, Fact], settings: Settings) -> Fact:
    """A difference counts when it passes a quarter of what chance makes of its span: sigma times the root of its sessions."""
    sigma = 100 * deviation(return_gap(pair.returned, pair.peers, 1)[-max(SPANS) :])
    gaps = {bars: float(facts[f"relative.{pair.peer}.return_{bars}"].value) for bars in SPANS}
    bounds = {bars: settings.pace_sigma * sigma * math.sqrt(bars) for bars in SPANS}
    inputs = {f"return_{bars}": gaps[bars] for bars in SPANS} | {f"bound_{bars}": bounds[bars] for bars in SPANS} | {"sigma": sigma}
    return word(
        standing(gaps, bounds),
        f"{pair.symbol} against {pair.peer} over {SPANS[0]} and {SPANS[1]} days",
        f"keeps pace when both return differences lie within {settings.pace_sigma} sigma times the root of their days, else leads "
        f"(lags) when both are above (below) zero, else mixed; sigma is the root mean square of the last {max(SPANS)} daily ones.",
        inputs=inputs,
        date=pair.last_date,
    )


def standing(gaps: Mapping[int, float], bounds: Mapping[int, float]) -> str:
    """The word for return differences by span, given what each must pass to count."""
    if all(abs(gaps[span]) <= bounds[span] for span in gaps):
        return "keeps pace"
    if all(gap > 0 for gap in gaps.values()):
        return "leads"
    if all(gap < 0 for gap in gaps.values()):
        return "lags"
    return "mixed"
