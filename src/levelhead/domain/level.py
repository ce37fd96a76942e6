"""Prices that matter: single levels, the zones they merge to, and the ladder a note prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, overload

from levelhead.domain.bars import Frame
from levelhead.domain.errors import BadPrice

LevelKind = Literal["average", "pivot", "swing", "extreme", "round", "anchor", "fibonacci", "gap", "line", "profile", "vwap"]
Side = Literal["resistance", "support"]
Role = Literal["immediate", "line in the sand", "bias-defining", "reference", "extension", "structural"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One price and why it matters.

    source: the name of the fact it stands for where there is one ('sma_50', 'pivot_month_traditional.s2', 'high_52w'),
    else a stable name ('swing_low_2025_03_13', 'round_2500'). label: the same for a person. happened_on: the bar that made
    it; known_on: the first bar at whose close it could be known.
    """

    price: float
    kind: LevelKind
    source: str
    label: str
    happened_on: dt.date | None = None
    known_on: dt.date | None = None


class _OpenLevel:
    """A level before it is born: the same slots, which may still be set."""

    __slots__ = Level.__slots__


def level_of(
    price: float, kind: LevelKind, source: str, label: str, happened_on: dt.date | None, known_on: dt.date | None
) -> Level:
    """The same as `Level`, in a third of the time: a ladder has some sixty a day."""
    born: Any = _OpenLevel()
    born.price, born.kind = price, kind
    born.source, born.label = source, label
    born.happened_on, born.known_on = happened_on, known_on
    born.__class__ = Level
    level: Level = born
    return level


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Levels that lie together: prices from `low` to `high`, both on the instrument's grid.

    levels: what merged, ascending by price. touches: dates of separate visits (a bar's range reached the zone after at
    least one bar did not), oldest first, within the look-back. age: sessions since the oldest dated level in it happened;
    None where none is dated. strength: 0 to 1, from sources, touches and age. weights: what each level counts in it, 0 to 1;
    0 of one that is another name of a bar's extreme.

    key: what it is named after ('high_2025_02_19', 'sma_200', 'round_2500'): the same thing on every day on which it founds a
    zone. kind: of that. held: touches after which price left on the side it came from. passes: the last times, two at most, that
    price was accepted on the other side, oldest first: the date of the second close there, and the side, 1 above or -1 below.
    """

    low: float
    high: float
    levels: tuple[Level, ...]
    touches: tuple[dt.date, ...]
    age: int | None
    strength: float
    weights: tuple[float, ...] = ()
    key: str = ""
    kind: LevelKind | None = None
    held: tuple[dt.date, ...] = ()
    passes: tuple[tuple[dt.date, int], ...] = ()

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise BadPrice(f"A zone from {self.low} to {self.high} is upside down; its low must not lie above its high.")

    @property
    def middle(self) -> float:
        """Half way between low and high."""
        return (self.low + self.high) / 2


class _OpenZone:
    """A zone before it is born: the same slots, which may still be set."""

    __slots__ = Zone.__slots__


def zone_of(
    *,
    low: float,
    high: float,
    levels: tuple[Level, ...],
    touches: tuple[dt.date, ...],
    age: int | None,
    strength: float,
    weights: tuple[float, ...],
    key: str,
    kind: LevelKind | None,
    held: tuple[dt.date, ...],
    passes: tuple[tuple[dt.date, int], ...],
) -> Zone:
    """The same as `Zone`, in a third of the time, of edges that are in order: a ladder makes fourteen a day."""
    born: Any = _OpenZone()
    born.low, born.high = low, high
    born.levels, born.weights = levels, weights
    born.touches, born.held, born.passes = touches, held, passes
    born.age, born.strength = age, strength
    born.key, born.kind = key, kind
    born.__class__ = Zone
    zone: Zone = born
    return zone


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLevel:
    """A zone as the note prints it.

    name: 'r1' is the nearest resistance, 's1' the nearest support. points, atr: signed distance of the zone's nearest edge
    from the last price. label: what stands there, for a person. sources: Level.source of all that merged. frame: of its
    prices; the document leaves it out where nobody said it.

    key, kind: what the zone is named after on every day, and what kind of thing that is; held_on, broken_on, reclaimed_on: visits
    that it held, and the last time that price was accepted beyond it and back; history: the same in words, text with references.
    The document leaves out what is empty.
    """

    name: str
    side: Side
    role: Role
    low: float
    high: float
    points: float
    atr: float
    label: str
    sources: tuple[str, ...]
    touches: int
    touched_on: tuple[dt.date, ...]
    age: int | None
    strength: float
    frame: Frame = "as given"
    key: str = ""
    kind: LevelKind | None = None
    held_on: tuple[dt.date, ...] = ()
    broken_on: dt.date | None = None
    reclaimed_on: dt.date | None = None
    history: str = ""


FrameBackend = Literal["pandas", "polars", "pyarrow"]


class KeyLevels(Sequence[KeyLevel]):
    """The ladder of a note, highest price first."""

    def __init__(self, rows: Sequence[KeyLevel]) -> None:
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, index: int) -> KeyLevel: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[KeyLevel]: ...
    def __getitem__(self, index: int | slice) -> KeyLevel | Sequence[KeyLevel]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[KeyLevel]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"KeyLevels({len(self)} zones)"

    def to_frame(self, backend: FrameBackend = "pandas") -> Any:
        """A native frame of the rows: 'pandas', 'polars' or 'pyarrow', whichever is installed."""
        import narwhals as nw

        columns = list(KeyLevel.__dataclass_fields__)
        rows = [asdict(row) for row in self._rows]
        data = {c: [list(r[c]) if isinstance(r[c], tuple) else r[c] for r in rows] for c in columns}
        return nw.from_dict(data, backend=backend).to_native()
