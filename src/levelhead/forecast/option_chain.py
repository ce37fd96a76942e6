"""What the options of one evening say of the sessions ahead: a risk-neutral distribution, and the chances read off it."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.claim import CloseAt, Split, Touch
from levelhead.domain.errors import BadBars
from levelhead.kernels.closed_form import first_of
from levelhead.kernels.options import chance_above, implied_deviation

FloatArray = NDArray[np.float64]

OPTIONS = "options"
OPTIONS_WEIGHT = 0.25  # of the pool, stated and not fitted: no record of past chains is kept to fit it on
FRESH = 4  # days after which a chain says nothing of today: a weekend and a holiday
LEAST_STRIKES = 5
SESSIONS_A_YEAR = 252
LEAST_DEVIATION = 1e-4
HIGHEST_VOLATILITY = 5.0
SLACK = 0.05  # middles of wide quotes may cross by a little


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One option: bid and ask in points, or where they are None its implied volatility, a year, as a share (0.2)."""

    expiry: dt.date
    strike: float
    kind: Literal["call", "put"]
    bid: float | None = None
    ask: float | None = None
    volatility: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Smile:
    """The implied standard deviation of the log price until one expiry, `sessions` ahead, at ascending log(strike / forward);
    straight lines between strikes, flat beyond them.
    """

    expiry: dt.date
    sessions: int
    forward: float
    away: tuple[float, ...]
    deviations: tuple[float, ...]

    def at(self, away: float) -> float:
        """The deviation at a distance."""
        return float(np.interp(away, self.away, self.deviations))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The quotes of one evening, as smiles, earliest expiry first. digest: of the quotes."""

    name: str
    date: dt.date
    smiles: tuple[Smile, ...]
    quotes: int
    digest: str

    def deviation(self, away: float, sessions: int) -> float | None:
        """The implied deviation over `sessions` sessions; variance grows straight between expiries, and from none before the first.

        None beyond the last expiry.
        """
        if sessions > self.smiles[-1].sessions:
            return None
        later = next(smile for smile in self.smiles if smile.sessions >= sessions)
        earlier = [smile for smile in self.smiles if smile.sessions < sessions]
        begin, start = (earlier[-1].sessions, earlier[-1].at(away) ** 2) if earlier else (0, 0.0)
        end = max(later.at(away) ** 2, start)
        variance = start + (end - start) * (sessions - begin) / (later.sessions - begin)
        return max(math.sqrt(variance), LEAST_DEVIATION)


def chain_of(name: str, date: dt.date, quotes: Iterable[Quote]) -> Chain:
    """The chain of one evening.

    The forward of an expiry is where call and put cost the same (parity, no interest taken off: over some weeks it is small), from
    the strike at which their middles differ least; options out of the money make the smile. Raises BadBars, a sentence, where a
    quote cannot be, or no expiry after `date` has at least 5 strikes with a call and a put at one of them.
    """
    known = sorted(quotes, key=lambda q: (q.expiry, q.strike, q.kind))
    for quote in known:
        _check(name, date, quote)
    smiles = []
    for expiry, group in groupby((q for q in known if q.expiry > date), key=lambda q: q.expiry):
        smile = _smile(name, date, expiry, list(group))
        if smile is not None:
            smiles.append(smile)
    if not smiles:
        raise BadBars(
            f"{name}: no expiry after {date} has {LEAST_STRIKES} usable strikes and a strike with both call and put; "
            "give a fuller chain, or leave --chain out."
        )
    text = "\n".join(f"{q.expiry}|{q.strike!r}|{q.kind}|{q.bid!r}|{q.ask!r}|{q.volatility!r}" for q in known)
    digest = "sha256:" + hashlib.sha256(f"{date}\n{text}".encode()).hexdigest()
    return Chain(name=name, date=date, smiles=tuple(smiles), quotes=len(known), digest=digest)


def implied_chances(claim: Split | Touch | CloseAt, chain: Chain, as_of: dt.date, start: float) -> FloatArray | None:
    """Risk-neutral chances of the claim's outcomes; None where the last expiry comes before its horizon.

    Prices count by their distance from the last one, as if it were the forward. A close beyond a price is read off the smile
    exactly (Breeden and Litzenberger). A touch is approximated by twice the chance to end beyond (reflection principle, no drift);
    of a split each side by a driftless walk with the deviation implied at its own price. No premium for risk is taken off.
    """
    sessions = claim.sessions + _sessions(chain.date, as_of)
    share = claim.sessions / sessions  # of the variance from the evening of the chain that is still to come

    def deviation(away: float) -> float:
        whole = chain.deviation(away, sessions)
        assert whole is not None
        return whole * math.sqrt(share)

    if chain.deviation(0.0, sessions) is None:
        return None
    if isinstance(claim, Split):
        up, down = math.log(float(claim.upper) / start), math.log(start / float(claim.lower))  # type: ignore[arg-type]
        higher = first_of(up, down, deviation(up) ** 2).up
        lower = first_of(up, down, deviation(-down) ** 2).down
        held = min(higher + lower, 1.0)
        return np.array([higher, 1.0 - held, lower]) / (higher + lower + 1.0 - held)
    away = math.log(claim.price / start)
    above = chance_above(away, deviation)
    if isinstance(claim, CloseAt):
        chance = above if claim.side == "above" else 1.0 - above
    else:
        chance = min(1.0, 2.0 * (above if away > 0 else 1.0 - above))
    return np.array([chance, 1.0 - chance])


def _check(name: str, date: dt.date, quote: Quote) -> None:
    where = f"{name}: the {quote.kind} {quote.strike:g} of {quote.expiry}"
    if not (math.isfinite(quote.strike) and quote.strike > 0):
        raise BadBars(f"{where} has no strike that can be; give one above 0.")
    if quote.expiry < date:
        raise BadBars(f"{where} expired before the chain's day {date}; take it out, or correct the day.")
    if quote.bid is None and quote.ask is None:
        if quote.volatility is None or not 0 < quote.volatility < HIGHEST_VOLATILITY:
            raise BadBars(f"{where} has neither bid and ask nor an implied volatility between 0 and {HIGHEST_VOLATILITY:.0%}.")
        return
    if quote.bid is None or quote.ask is None or not 0 <= quote.bid <= quote.ask or quote.ask <= 0:
        raise BadBars(f"{where} has bid {quote.bid} and ask {quote.ask}; 0 <= bid <= ask, and an ask above 0, must hold.")


def _smile(name: str, date: dt.date, expiry: dt.date, quotes: Sequence[Quote]) -> Smile | None:
    """The smile of one expiry; None where there are too few quotes. Raises BadBars where calls grow dearer with their strike."""
    sessions = _sessions(date, expiry)
    calls, puts = (_middles(quotes, kind) for kind in ("call", "put"))
    _check_order(f"{name}: {expiry}", calls, "call")
    _check_order(f"{name}: {expiry}", puts, "put")
    both = sorted(set(calls) & set(puts), key=lambda strike: (abs(calls[strike] - puts[strike]), strike))
    volatilities = {q.strike: q.volatility for q in quotes if q.volatility is not None and q.bid is None}
    if sessions < 1 or not (both or volatilities):
        return None
    forward = both[0] + calls[both[0]] - puts[both[0]] if both else sorted(volatilities)[len(volatilities) // 2]
    found = {}
    for strike in sorted({*calls, *puts, *volatilities}):
        away, is_call = math.log(strike / forward), strike >= forward
        middle = (calls if is_call else puts).get(strike)
        volatility = volatilities.get(strike)
        deviation = None if middle is None else implied_deviation(middle / forward, away, is_call=is_call)
        if deviation is None and volatility is not None:
            deviation = volatility * math.sqrt(sessions / SESSIONS_A_YEAR)
        if deviation is not None:
            found[away] = deviation
    if len(found) < LEAST_STRIKES:
        return None
    return Smile(expiry=expiry, sessions=sessions, forward=forward, away=tuple(found), deviations=tuple(found.values()))


def _middles(quotes: Sequence[Quote], kind: str) -> dict[float, float]:
    """The middle of bid and ask by strike, of the options of one kind that somebody bids for."""
    return {q.strike: 0.5 * (q.bid + q.ask) for q in quotes if q.kind == kind and q.bid and q.ask is not None}


def _check_order(where: str, middles: dict[float, float], kind: str) -> None:
    """Raises BadBars where an option further out of the money costs more than one nearer, by the middles of their quotes."""
    ordered = sorted(middles, reverse=kind == "put")
    for nearer, further in itertools.pairwise(ordered):
        if middles[further] > middles[nearer] * (1 + SLACK):
            raise BadBars(
                f"{where}: the {kind} {further:g} costs {middles[further]:g}, more than the {kind} {nearer:g} at "
                f"{middles[nearer]:g}, which pays more; correct the quotes or take them out."
            )


def _sessions(first: dt.date, last: dt.date) -> int:
    """Weekdays after `first` up to `last`: holidays are few enough within an option's life."""
    return int(np.busday_count(np.datetime64(first) + 1, np.datetime64(last) + 1))
