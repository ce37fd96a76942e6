"""The statements of a note's JSON document: everything it said about the future that can be settled.

Read from the document alone, so that a note of any author counts that has some of its parts; what is absent is not said.

The plan that a note shows as the best it would not take is kept apart: 'setup.best' and its chances are of kind 'claim', so that
the results of setups are those of plans that were offered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from levelhead.claims.outcomes import outcomes_of, prices_of, sessions_of
from levelhead.claims.parse import parse_claim
from levelhead.claims.text import claim_text
from levelhead.domain.claim import Claim, CloseAt, Plan, Split, Touch
from levelhead.domain.errors import BadClaim, BadNote
from levelhead.ledger.statement import FROM_NEXT, Kind, Statement
from levelhead.wire.document import Document

SESSIONS = 12  # 'the next two to three weeks', also where a note states no horizon
LEANS = {"bullish": 1.0, "cautiously bullish": 0.5, "neutral": 0.0, "cautiously bearish": -0.5, "bearish": -1.0}
SIDES = {"resistance": 1.0, "support": -1.0}
TWO_WAY = ("true", "false")
_HALVES = (".up", ".down")

Row = Mapping[str, Any]


def statements_of(document: Document) -> tuple[Statement, ...]:
    """The statements of a note, each under its own name. Raises BadNote where one cannot be understood."""
    found: dict[str, Statement] = {}
    for statement in _every(document):
        if found.setdefault(statement.name, statement) is not statement:
            raise BadNote(f"The note makes two statements called '{statement.name}'; give each a name of its own.")
    return tuple(found.values())


def _every(document: Document) -> Iterator[Statement]:
    start = _start(document)
    claims = {row["name"]: row for row in _rows(document, "claims") if row.get("claim")}
    table = document.get("scenarios") or {}
    if table.get("claim"):
        yield _scenario(table, claims.pop("scenario", {}), start)
    horizon = int(table.get("sessions") or SESSIONS)
    for row in _rows(document, "outlook"):
        yield from _outlook(row, claims, document, start)
    setups = document.get("setups") or {}
    tick = _tick(document)
    for number, row in enumerate(setups.get("plans") or (), 1):
        yield from _setup(row, f"setup.{row.get('name') or number}", "setup", start, tick)
    if setups.get("best"):
        yield from _setup(setups["best"], "setup.best", "claim", start, tick)
    for row in _rows(document, "levels"):
        if row.get("side") in SIDES and not _is_missing(row.get("low"), row.get("high")):
            yield _level(row, horizon, start)
    for name, row in claims.items():
        yield _claim(name, row, start)


def _start(document: Document) -> dict[str, float]:
    """The price the note was made at, where it says so; and again where the bar of its day was not finished then."""
    last = (document.get("facts") or {}).get("last", document.get("last"))
    value = last.get("value") if isinstance(last, Mapping) else last
    provisional = (document.get("provenance") or {}).get("provisional") or {}
    found = {"start": value, "unfinished": provisional.get("price")}
    return {name: float(price) for name, price in found.items() if isinstance(price, int | float)}


def _scenario(table: Row, priced: Row, start: dict[str, float]) -> Statement:
    claim = _parsed(table["claim"], "scenario")
    if not isinstance(claim, Split):
        raise BadNote(f"The scenarios of the note stand for '{table['claim']}', which is no split; write 'first of ... | ...'.")
    outcomes = outcomes_of(claim)
    rows = {row["name"]: row for row in table.get("scenarios") or ()}
    chances = {name: rows[name].get("chance") for name in outcomes if name in rows} or priced.get("chances") or {}
    # what the reader was told is the rounded figure of the table
    told = [rows[name].get("said") for name in outcomes if name in rows]
    edges = {"upper": claim.upper, "lower": claim.lower}
    return Statement(
        name="scenario",
        kind="scenario",
        claim=table["claim"],
        sessions=claim.sessions,
        outcomes=outcomes,
        said=_numbers(told, len(outcomes)) or _said(chances, outcomes),
        base=_base(chances, outcomes),
        windows=_windows(chances, outcomes),
        prices={**{name: edge for name, edge in edges.items() if isinstance(edge, float | int)}, **start},
    )


def _outlook(row: Row, claims: dict[str, Row], document: Document, start: dict[str, float]) -> Iterator[Statement]:
    """The three-way outlook, where its two closes are known, and the bias."""
    key = str(row.get("name", "")).split(" ")[0]
    sessions = row.get("sessions")
    if not key or not sessions:
        raise BadNote("A row of the note's outlook has no name or no sessions; give both.")
    own = f"outlook.{key}"
    edges = _edges(own, claims, document)
    if len(edges) == 2:
        # its two halves say nothing that it does not
        for half in _HALVES:
            claims.pop(own + half, None)
        outcomes = ("up", "flat", "down")
        chances = {name: row.get(name) for name in outcomes}
        yield Statement(
            name=own,
            kind="outlook",
            claim="",
            sessions=int(sessions),
            outcomes=outcomes,
            said=_said(chances, outcomes),
            base=_base(chances, outcomes),
            windows=_windows(chances, outcomes),
            prices={**edges, **start},
        )
    if row.get("bias") in LEANS:
        yield Statement(
            name=f"bias.{key}",
            kind="bias",
            claim="",
            sessions=int(sessions),
            outcomes=("right", "wrong", "neither"),
            said=(),
            base=(),
            prices={"lean": LEANS[row["bias"]], **start, **_sigma(own, document)},
        )


def _edges(own: str, claims: Mapping[str, Row], document: Document) -> dict[str, float]:
    """The closes beyond which it is up or down: of its two claims, or of its facts."""
    found = {}
    facts = document.get("facts") or {}
    for name, half, fact in (("upper", ".up", ".above"), ("lower", ".down", ".below")):
        claim = _parsed(claims[own + half]["claim"], own + half) if own + half in claims else None
        value = claim.price if isinstance(claim, CloseAt) else (facts.get(own + fact) or {}).get("value")
        if value is not None:
            found[name] = float(value)
    return found


def _sigma(own: str, document: Document) -> dict[str, float]:
    """The standard deviation of the horizon's log return that the note's outlook was made with."""
    fact = (document.get("facts") or {}).get(f"{own}.above") or {}
    width = (fact.get("inputs") or {}).get("width")
    return {} if width is None else {"sigma": float(width)}


def _setup(row: Row, name: str, kind: Kind, start: dict[str, float], tick: float) -> Iterator[Statement]:
    """The plan, the chance of its fill, and of each target once it is filled."""
    plan = _parsed(row["claim"], name)
    if not isinstance(plan, Plan):
        raise BadNote(f"'{name}' of the note is '{row['claim']}', which is no plan; write 'long limit ... stop ... target ...'.")
    targets = {f"target_{number}": price for number, price in enumerate(plan.targets, 1)}
    prices = {"entry": plan.entry, "stop": plan.stop, **targets, **start}
    yield Statement(
        name=name,
        kind=kind,
        claim=row["claim"],
        sessions=plan.exit_within,
        outcomes=outcomes_of(plan),
        said=(),
        base=(),
        prices=prices,
    )
    fill = row.get("fill")
    if fill is None:
        return
    # a limit is filled by a trade one tick through it
    through = (tick if plan.order == "limit" else 0.0) * (-1 if plan.side == "long" else 1)
    touch = Touch(price=round(plan.entry + through, 10), sessions=plan.fill_within)
    yield _two_way(f"{name}.fill", touch, fill, start)
    for number, target in enumerate(row.get("targets") or (), 1):
        if target.get("chance") is not None and number <= len(plan.targets):
            alone = Plan(
                side=plan.side,
                order=plan.order,
                entry=plan.entry,
                stop=plan.stop,
                targets=(plan.targets[number - 1],),
                fill_within=plan.fill_within,
                exit_within=plan.exit_within,
            )
            yield _target(f"{name}.target_{number}", alone, fill, target["chance"], prices)


def _two_way(name: str, claim: Touch, chance: Any, start: dict[str, float]) -> Statement:
    p, base = _probability(chance), _rate(chance)
    return Statement(
        name=name,
        kind="claim",
        claim=claim_text(claim),
        sessions=claim.sessions,
        outcomes=TWO_WAY,
        said=() if p is None else (p, 1 - p),
        base=() if base is None else (base, 1 - base),
        windows=_windows({"true": chance}, TWO_WAY),
        prices=start,
    )


def _target(name: str, plan: Plan, fill: Any, chance: Any, prices: Mapping[str, float]) -> Statement:
    """That the target trades before the stop: true or false once the order is filled, void where it never is."""

    def of_three(filled: float | None, reached: float | None) -> tuple[float, ...]:
        return () if filled is None or reached is None else (filled * reached, filled * (1 - reached), 1 - filled)

    return Statement(
        name=name,
        kind="claim",
        claim=claim_text(plan),
        sessions=plan.exit_within,
        outcomes=(*TWO_WAY, "void"),
        said=of_three(_probability(fill), _probability(chance)),
        base=of_three(_rate(fill), _rate(chance)),
        windows=_windows({"true": chance}, TWO_WAY),
        prices={name: prices[name] for name in ("entry", "stop", "start") if name in prices} | {"target_1": plan.targets[0]},
    )


def _level(row: Row, sessions: int, start: dict[str, float]) -> Statement:
    return Statement(
        name=f"level.{row['name']}",
        kind="level",
        claim="",
        sessions=sessions,
        outcomes=("held", "broken", "reclaimed", "untested"),
        said=(),
        base=(),
        prices={"low": float(row["low"]), "high": float(row["high"]), "side": SIDES[row["side"]], **start},
    )


def _claim(name: str, row: Row, start: dict[str, float]) -> Statement:
    claim = _parsed(row["claim"], name)
    if row.get("from") == "the next session":
        start = {key: price for key, price in start.items() if key != "unfinished"} | {FROM_NEXT: 1.0}
    outcomes, chances = outcomes_of(claim), row.get("chances") or {}
    named = {"upper": claim.upper, "lower": claim.lower} if isinstance(claim, Split) else {}
    if isinstance(claim, Touch):
        named = {"upper" if claim.price > start.get("start", claim.price) else "lower": claim.price}
    if isinstance(claim, Plan):
        prices = prices_of(claim)
        named = {"entry": prices[0], "stop": prices[1], **{f"target_{n}": price for n, price in enumerate(prices[2:], 1)}}
    return Statement(
        name=name,
        kind="target" if name.endswith(".target") else "claim",
        claim=row["claim"],
        sessions=sessions_of(claim),
        outcomes=outcomes,
        said=_said(chances, outcomes),
        base=_base(chances, outcomes),
        windows=_windows(chances, outcomes),
        prices={**{name: price for name, price in named.items() if isinstance(price, float | int)}, **start},
    )


def _parsed(text: str, name: str) -> Claim:
    try:
        return parse_claim(text)
    except BadClaim as error:
        raise BadNote(f"The statement '{name}' of the note cannot be understood: {error}") from None


def _rows(document: Document, key: str) -> Sequence[Row]:
    return document.get(key) or ()


def _tick(document: Document) -> float:
    instrument = document.get("instrument") or {}
    tick = instrument.get("tick")
    return float(f"1e-{int(instrument.get('decimals', 2))}") if tick is None else float(tick)


def _is_missing(*values: Any) -> bool:
    return any(value is None for value in values)


def _said(chances: Row, outcomes: Sequence[str]) -> tuple[float, ...]:
    return _of_each(chances, outcomes, _probability)


def _base(chances: Row, outcomes: Sequence[str]) -> tuple[float, ...]:
    return _of_each(chances, outcomes, _rate)


def _of_each(chances: Row, outcomes: Sequence[str], number: Callable[[Any], float | None]) -> tuple[float, ...]:
    """The number of each outcome, () unless every one has it; of two, the one that is not said is the rest."""
    found = [number(chances.get(name)) for name in outcomes]
    if len(found) == 2 and found.count(None) == 1:
        found = [1 - float(sum(x for x in found if x is not None)) if value is None else value for value in found]
    return _numbers(found, len(outcomes))


def _numbers(values: Sequence[Any], count: int) -> tuple[float, ...]:
    return tuple(float(value) for value in values) if len(values) == count and not _is_missing(*values) else ()


def _probability(chance: Any) -> float | None:
    """Of a chance as we write it, or of a bare number. Raises BadNote unless it lies between 0 and 1."""
    value = chance.get("probability") if isinstance(chance, Mapping) else chance
    if value is not None and not (isinstance(value, int | float) and math.isfinite(value) and 0 <= value <= 1):
        raise BadNote(f"The note says a probability of {value!r}; it must lie between 0 and 1.")
    return None if value is None else float(value)


def _rate(chance: Any) -> float | None:
    return chance.get("base_rate") if isinstance(chance, Mapping) else None


def _windows(chances: Row, outcomes: Sequence[str]) -> int:
    known = [chances[name] for name in outcomes if isinstance(chances.get(name), Mapping)]
    return min((int(chance.get("windows") or 0) for chance in known), default=0)
