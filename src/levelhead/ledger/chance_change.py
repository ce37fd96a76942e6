"""Probabilities that moved from one note to the next, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from levelhead.claims.parse import parse_claim
from levelhead.domain.claim import Split, Touch
from levelhead.ledger.attribution import Parts, Stand, chances, moved
from levelhead.ledger.between import Between, last_of
from levelhead.ledger.outcome import OPEN, UNDECIDED, VOID
from levelhead.wire.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceChange:
    """The probability of one outcome, before and after.

    name: the statement; claim: its text, in the contract of its note. about: 'claim', the earlier note's own claim as it stands
    now, with the time it has left: `after` is then 1 or 0 where it is settled (settled_on says when), else `before` moved by what
    the formula says of price, volatility and time; 'table', what each note said of its own prices. parts: None of what is settled.
    """

    about: Literal["claim", "table"]
    name: str
    outcome: str
    claim: str
    before: float
    after: float
    settled_on: dt.date | None
    parts: Parts | None


def claims_now(earlier: Document, later: Document, seen: Between) -> Iterator[ChanceChange]:
    """The scenarios and targets of the earlier note, as they stand now."""
    if seen.passed is None:
        return
    for row in earlier.get("claims") or ():
        outcome = seen.outcome(row["name"])
        stand = _stand(earlier, row["claim"], 0.0)
        if outcome is None or stand is None or outcome.outcome in (UNDECIDED, VOID):
            continue
        before = {name: chance["probability"] for name, chance in row["chances"].items()}
        if outcome.outcome != OPEN:
            for name in before:
                if name == outcome.outcome:
                    yield _chance("claim", row, name, before[name], 1.0, settled_on=outcome.on)
            continue
        now = replace(
            stand,
            price=last_of(later) - seen.gap,
            variance=_variance(later) or stand.variance,
            sessions=max(stand.sessions - seen.passed, 0),
        )
        for name, parts in moved(stand, now).items():
            if name != "false":
                after = min(max(before[name] + chances(now)[name] - chances(stand)[name], 0.0), 1.0)
                rest = after - before[name] - (parts.price + parts.volatility + parts.time + parts.levels)
                yield _chance("claim", row, name, before[name], after, parts=replace(parts, rest=rest))


def tables(earlier: Document, later: Document, seen: Between) -> Iterator[ChanceChange]:
    """What each note said of its own scenarios."""
    was, now = _scenario(earlier), _scenario(later)
    before = None if was is None else _stand(earlier, was["claim"], seen.gap)
    after = None if now is None else _stand(later, now["claim"], 0.0)
    if was is None or now is None or before is None or after is None:
        return
    before = replace(before, price=last_of(earlier) + seen.gap)
    for name, parts in moved(before, after).items():
        said = [row["chances"][name]["probability"] for row in (was, now)]
        rest = said[1] - said[0] - (parts.price + parts.volatility + parts.time + parts.levels)
        yield _chance("table", now, name, *said, parts=replace(parts, rest=rest))


def _scenario(document: Document) -> Mapping[str, Any] | None:
    return next((row for row in document.get("claims") or () if row["name"] == "scenario"), None)


def _chance(
    about: Any, row: Mapping[str, Any], outcome: str, before: float, after: float,
    *, settled_on: dt.date | None = None, parts: Parts | None = None,
) -> ChanceChange:  # fmt: skip
    return ChanceChange(
        about=about,
        name=row["name"],
        outcome=outcome,
        claim=row["claim"],
        before=before,
        after=after,
        settled_on=settled_on,
        parts=parts,
    )


def _stand(document: Document, text: str, gap: float) -> Stand | None:
    """Where a claim of fixed prices stood in its note; None of any other, or where the note says no volatility."""
    claim, variance, last = parse_claim(text), _variance(document), last_of(document)
    if variance is None or last <= 0:
        return None
    if isinstance(claim, Split) and all(isinstance(price, float | int) for price in (claim.upper, claim.lower)):
        upper, lower = float(claim.upper) + gap, float(claim.lower) + gap  # type: ignore[arg-type]
        return Stand(price=last, variance=variance, sessions=claim.sessions, upper=upper, lower=lower) if lower > 0 else None
    if isinstance(claim, Touch) and claim.price > 0:
        side = {"upper": claim.price + gap} if claim.price > last else {"lower": claim.price + gap}
        return Stand(price=last, variance=variance, sessions=claim.sessions, **side)
    return None


def _variance(document: Document) -> float | None:
    """Of one session's log return, as the note's scenario horizon was forecast; None where the note does not say it."""
    whole, table = estimate(document, "sigma_horizon_pct"), document.get("scenarios")
    if whole is not None and table:
        return (whole / 100.0) ** 2 / float(table["sessions"])
    one = estimate(document, "sigma_pct")
    return None if one is None else (one / 100.0) ** 2


def estimate(document: Document, name: str) -> float | None:
    """The value of a note's estimate; None where it has none of that name."""
    value: float | None = ((document.get("estimates") or {}).get(name) or {}).get("value")
    return value
