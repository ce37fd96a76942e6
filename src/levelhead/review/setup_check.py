"""Trade setups: stops on the wrong side or inside the noise, and reward against risk beside the praise for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from levelhead.review.evidence import Evidence, printed
from levelhead.review.said import Money, ReadSetup, ReadStatement
from levelhead.review.verdict import Judgement, Verdict

NOISE_ATR = 0.5
"""A stop nearer than half of ATR(14) lies inside the noise.

A session's range averages 1.6 standard deviations of its return (Parkinson, 1980, Journal of Business 53: the range of a
driftless walk has the mean 1.596 sigma), so half of ATR(14) is 0.8 of them, and a driftless session goes that far against its
open with a chance of 2 (1 - N(0.8)) = 42 %. Wilder (1978) set his own stops at three ATR, the usual practice is one to three.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """Reward over risk, in R: entry, stop and target at their worst and at their best."""

    worst: float
    best: float

    @property
    def shown(self) -> str:
        """'0.80 to 1.40 R', or one figure."""
        low, high = f"{self.worst:.2f}", f"{self.best:.2f}"
        return f"{low} R" if low == high else f"{low} to {high} R"


def setup_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """Order of prices, noise, and reward against risk, for each setup."""
    praise = next((s for s in evidence.note.statements if s.kind == "reward against risk"), None)
    for setup in evidence.note.setups:
        wrong_side = tuple(_sides(evidence, setup))
        yield from wrong_side
        if wrong_side or setup.stop is None:
            continue
        yield from _noise(evidence, setup, setup.stop)
        if praise is not None and evidence.is_of_scale(setup.entry.middle) and (reward := reward_of(setup)) is not None:
            yield _praised(evidence, setup, reward, praise)


def statement_of(setup: ReadSetup) -> str:
    """'long 2,003, stop 1,990, target 2,100–2,210'."""
    parts = [f"{setup.side} {printed(setup.entry)}"]
    parts += [f"stop {printed(setup.stop)}"] if setup.stop is not None else []
    parts += [f"target {', '.join(map(printed, setup.targets))}"] if setup.targets else []
    return ", ".join(parts)


def reward_of(setup: ReadSetup) -> Reward | None:
    """At the worst price of the entry zone to the nearest target, and at the best price to the farthest; None without both."""
    if setup.stop is None or not setup.targets:
        return None
    sign = 1 if setup.side == "long" else -1
    prices = [p for t in setup.targets for p in (t.low, t.high)]
    entries = sorted((setup.entry.low, setup.entry.high), key=lambda p: sign * p)
    targets = sorted(prices, key=lambda p: sign * p)
    stop = _stop_price(setup, setup.stop)
    best_entry, worst_entry = entries
    if sign * (best_entry - stop) <= 0:
        return None
    return Reward(
        worst=sign * (targets[0] - worst_entry) / (sign * (worst_entry - stop)),
        best=sign * (targets[-1] - best_entry) / (sign * (best_entry - stop)),
    )


def _stop_price(setup: ReadSetup, stop: Money) -> float:
    """The far end of a stop zone: where the whole of it has been passed."""
    return stop.low if setup.side == "long" else stop.high


def _verdict(setup: ReadSetup, verdict: Judgement, bars_say: str, rule: str) -> Verdict:
    return Verdict(statement=statement_of(setup), verdict=verdict, bars_say=bars_say, span=setup.span, rule=rule)


def _sides(evidence: Evidence, setup: ReadSetup) -> Iterator[Verdict]:
    """A long's stop lies below its entry and its targets above; a short's the other way."""
    sign = 1 if setup.side == "long" else -1
    entry = setup.entry
    if setup.stop is not None and sign * (entry.middle - setup.stop.middle) <= 0:
        side = "above" if setup.stop.middle > entry.middle else "below" if setup.stop.middle < entry.middle else "at"
        says = f"The stop {_zone(evidence, setup.stop)} of a {setup.side} lies {side} its entry {_zone(evidence, entry)}."
        yield _verdict(setup, "contradicts itself", says, "setup sides")
    for target in setup.targets:
        if evidence.is_of_scale(target.middle) and sign * (target.middle - entry.middle) <= 0:
            side = "below" if target.middle < entry.middle else "above" if target.middle > entry.middle else "at"
            says = f"The target {_zone(evidence, target)} of a {setup.side} lies {side} its entry {_zone(evidence, entry)}."
            yield _verdict(setup, "contradicts itself", says, "setup sides")


def _zone(evidence: Evidence, money: Money) -> str:
    return evidence.zone(money.low, money.high)


def _noise(evidence: Evidence, setup: ReadSetup, stop: Money) -> Iterator[Verdict]:
    if not evidence.knows_atr:
        return
    price = _stop_price(setup, stop)
    points = min(abs(setup.entry.low - price), abs(setup.entry.high - price))
    if points >= NOISE_ATR * evidence.atr:
        return
    atr = f"ATR(14) was {evidence.points(evidence.atr).removesuffix(' points')} on {evidence.day}"
    says = (
        f"The stop {evidence.price(price)} lies {evidence.points(points)} from the entry, {evidence.in_atr(points)} ({atr}); "
        f"within {NOISE_ATR} ATR(14) it lies inside the noise of a single session."
    )
    yield _verdict(setup, "wrong", says, "noise")


def _praised(evidence: Evidence, setup: ReadSetup, reward: Reward, praise: ReadStatement) -> Verdict:
    """Praise is right where even the worst fill does not risk more than it can win; a stated ratio where it lies in between."""
    stated = next((n for n in praise.numbers if 0 < n <= 20), None)
    prices = f"From {_zone(evidence, setup.entry)} with the stop at {_zone(evidence, setup.stop or setup.entry)}"
    pays = f"{prices} the setup pays {reward.shown}"
    if stated is not None:
        is_right = reward.worst - 0.1 <= stated <= reward.best + 0.1
        return _verdict(setup, "right" if is_right else "contradicts itself", f"{pays}; the note says {stated:g}.", "reward")
    if reward.worst < 1:
        return _verdict(setup, "contradicts itself", f"{pays} while the note praises reward against risk.", "reward")
    return _verdict(setup, "right", f"{pays}, as the note's praise of reward against risk has it.", "reward")
