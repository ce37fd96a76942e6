"""What changed from one note to the next: levels broken or new, probabilities that moved and why, setups, biases.

Pure: two documents in, the changes out. What the earlier note said is judged, by the rules that settle notes, on the bars that the
later one shows.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from levelhead.ledger.between import Between, between, last_of
from levelhead.ledger.chance_change import ChanceChange, claims_now, estimate, tables
from levelhead.ledger.outcome import OPEN, UNDECIDED, VOID
from levelhead.wire.document import Document

NEAR = 0.25  # ATR: two zones nearer than this are one level, two entries one setup
OF_ONE_NAME = 1_000
Level = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """One level. low, high: as the later note prints it; of one it no longer has, the earlier zone in the later contract.

    change: 'broken' (accepted beyond since the earlier note), 'reclaimed' (and accepted back), 'tested' (reached and held),
    'turned' (the price stands beyond it now, without two closes in a row there yet), 'new', 'gone' (no longer on the map). role:
    its role in the later note, '' of one that is gone. was: its role in the earlier note, '' of a new one.
    """

    change: Literal["broken", "reclaimed", "tested", "new", "gone", "turned"]
    side: Literal["resistance", "support"]
    low: float
    high: float
    label: str
    role: str
    was: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupChange:
    """A plan of the earlier note. change: 'filled' and still open, 'target', 'stop', 'expired', 'unfilled' (its time to fill is
    over), 'kept' (waiting, and in the later note too), 'cancelled' (waiting, and not in the later note), 'undecided'; or a plan
    that is 'new'. result_low, result_high: R after costs where it is over.
    """

    change: Literal["filled", "target", "stop", "expired", "unfilled", "kept", "cancelled", "undecided", "new"]
    title: str
    side: str
    entry: float
    stop: float
    on: dt.date | None
    result_low: float | None
    result_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasChange:
    """The outlook over one horizon, then and now. change_at: the close that would have changed it, or would."""

    name: str
    before: str
    after: str
    change_at_before: float | None
    change_at_after: float | None
    chances_before: tuple[float, float, float]
    chances_after: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageChange:
    """A moving average that the price has crossed. name: 'sma_50'; side: where the price is now."""

    name: str
    side: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that changed between two notes of one instrument.

    passed: sessions between them; None where the later note's chart does not reach back, and nothing is said of levels tested and
    plans filled. gap: what rolls between them added to the earlier prices. volatility: one session's, in per cent, as each note
    forecast it.
    """

    symbol: str
    before: dt.date
    after: dt.date
    passed: int | None
    gap: float
    price_before: float
    price_after: float
    volatility_before: float | None
    volatility_after: float | None
    levels: tuple[LevelChange, ...]
    averages: tuple[AverageChange, ...]
    chances: tuple[ChanceChange, ...]
    setups: tuple[SetupChange, ...]
    biases: tuple[BiasChange, ...]


def changes(earlier: Document, later: Document) -> Changes:
    """What changed from the earlier note to the later one. Raises BadNote where the two cannot be compared."""
    seen = between(earlier, later)
    return Changes(
        symbol=later["instrument"]["symbol"],
        before=dt.date.fromisoformat(earlier["as_of"]),
        after=dt.date.fromisoformat(later["as_of"]),
        passed=seen.passed,
        gap=seen.gap,
        price_before=last_of(earlier),
        price_after=last_of(later),
        volatility_before=estimate(earlier, "sigma_pct"),
        volatility_after=estimate(later, "sigma_pct"),
        levels=tuple(_levels(earlier, later, seen)),
        averages=tuple(_averages(earlier, later)),
        chances=(*claims_now(earlier, later, seen), *tables(earlier, later, seen)),
        setups=tuple(_setups(earlier, later, seen)),
        biases=tuple(_biases(earlier, later)),
    )


def _levels(earlier: Document, later: Document, seen: Between) -> Iterator[LevelChange]:
    """Changes of levels, highest first."""
    atr, old, new = _atr(later), earlier.get("levels") or (), later.get("levels") or ()
    pairs = _matched(old, new, seen.gap, NEAR * atr)
    taken = {id(level) for _, level in pairs}
    found = [_level("new", level, level, "", level["role"], 0.0) for level in new if id(level) not in taken]
    for was, now in [*pairs, *((level, None) for level in old if not any(level is was for was, _ in pairs))]:
        shown, shift = (now, 0.0) if now is not None else (was, seen.gap)
        outcome = seen.outcome(f"level.{was['name']}")
        became = None if outcome is None else {"held": "tested"}.get(outcome.outcome, outcome.outcome)
        if became not in ("broken", "reclaimed") and _is_passed(was, last_of(later) - seen.gap):
            became = "turned"
        elif became not in ("broken", "reclaimed", "tested"):
            became = "gone" if now is None else None
        if became is not None:
            found.append(_level(became, was, shown, was["role"], now["role"] if now is not None else "", shift))
    yield from sorted(found, key=lambda change: -change.high)


def _is_passed(level: Level, price: float) -> bool:
    """Whether the price stands beyond a level, though it has not been accepted there."""
    return bool(price > level["high"] if level["side"] == "resistance" else price < level["low"])


def _level(change: Any, was: Level, shown: Level, before: str, after: str, shift: float) -> LevelChange:
    return LevelChange(
        change=change,
        side=was["side"],
        low=shown["low"] + shift,
        high=shown["high"] + shift,
        label=shown["label"],
        role=after,
        was=before,
        name=was["name"],
    )


def _matched(old: Any, new: Any, gap: float, near: float) -> list[tuple[Level, Level]]:
    """The levels that both notes have: those of one name first, those with most sources in common, then those that nearly meet."""
    pairs = [(level, other, *_likeness(level, other, gap)) for level in old for other in new]
    pairs = [pair for pair in pairs if pair[3] <= near or pair[2] == OF_ONE_NAME]
    found: list[tuple[Level, Level]] = []
    for was, now, _, _ in sorted(pairs, key=lambda pair: (-pair[2], pair[3])):
        if not any(was is a or now is b for a, b in found):
            found.append((was, now))
    return found


def _likeness(level: Level, other: Level, gap: float) -> tuple[int, float]:
    """Sources in common, and how far the two zones lie apart; averages and such move, and are one level while they are near.

    Zones that are named after the same thing are one level wherever it has moved.
    """
    is_one = bool(level.get("key")) and level.get("key") == other.get("key")
    common = OF_ONE_NAME if is_one else len(set(level.get("sources") or ()) & set(other.get("sources") or ()))
    return common, max(0.0, level["low"] + gap - other["high"], other["low"] - level["high"] - gap)


def _averages(earlier: Document, later: Document) -> Iterator[AverageChange]:
    for n in (20, 50, 100, 200):
        sides = [_fact(document, f"sma_{n}.side") for document in (earlier, later)]
        value = _fact(later, f"sma_{n}")
        if all(sides) and sides[0] != sides[1] and isinstance(value, int | float):
            yield AverageChange(name=f"sma_{n}", side=str(sides[1]), value=float(value))


def _setups(earlier: Document, later: Document, seen: Between) -> Iterator[SetupChange]:
    old, new = ((document.get("setups") or {}).get("plans") or () for document in (earlier, later))
    near = NEAR * _atr(later)
    kept: list[int] = []
    for row in old:
        again = next((k for k, plan in enumerate(new) if _is_same_plan(row, plan, seen.gap, near)), None)
        kept += [] if again is None else [again]
        yield _setup(row, seen, is_kept=again is not None)
    for k, row in enumerate(new):
        if k not in kept:
            yield SetupChange(
                change="new",
                title=row["title"],
                side=row["side"],
                entry=row["entry"],
                stop=row["stop"],
                on=None,
                result_low=None,
                result_high=None,
            )


def _setup(row: Mapping[str, Any], seen: Between, *, is_kept: bool) -> SetupChange:
    name = f"setup.{row['name']}"
    outcome, fill = seen.outcome(name), seen.outcome(f"{name}.fill")
    became = OPEN if outcome is None else outcome.outcome
    if became == VOID:
        became = UNDECIDED
    if became == OPEN:
        became = "filled" if fill is not None and fill.outcome == "true" else "kept" if is_kept else "cancelled"
    return SetupChange(
        change=became,  # type: ignore[arg-type]
        title=row["title"],
        side=row["side"],
        entry=row["entry"],
        stop=row["stop"],
        on=fill.on if became == "filled" and fill is not None else None if outcome is None else outcome.on,
        result_low=None if outcome is None else outcome.result_low,
        result_high=None if outcome is None else outcome.result_high,
    )


def _is_same_plan(row: Mapping[str, Any], plan: Mapping[str, Any], gap: float, near: float) -> bool:
    is_alike = row["side"] == plan["side"] and row["order"] == plan["order"]
    return is_alike and bool(abs(row["entry"] + gap - plan["entry"]) <= near)


def _biases(earlier: Document, later: Document) -> Iterator[BiasChange]:
    was = {row["name"]: row for row in earlier.get("outlook") or ()}
    for row in later.get("outlook") or ():
        before = was.get(row["name"])
        if before is None:
            continue
        yield BiasChange(
            name=row["name"],
            before=before["bias"],
            after=row["bias"],
            change_at_before=before["change_at"],
            change_at_after=row["change_at"],
            chances_before=_three(before),
            chances_after=_three(row),
        )


def _three(row: Mapping[str, Any]) -> tuple[float, float, float]:
    up, flat, down = (row[name]["probability"] for name in ("up", "flat", "down"))
    return up, flat, down


def _atr(document: Document) -> float:
    atr = _fact(document, "atr_14")
    return float(atr) if isinstance(atr, int | float) and math.isfinite(atr) else 0.0


def _fact(document: Document, name: str) -> float | str | None:
    value: float | str | None = (document["facts"].get(name) or {}).get("value")
    return value


def changes_document(found: Changes) -> Document:
    """The changes as plain JSON values."""
    return {key: _plain(value) for key, value in asdict(found).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
