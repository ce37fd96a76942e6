"""Where a walk goes: the bars, the days and the settings, and the name under which its work is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from levelhead.desk.settings import Settings
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll, RollsSince
from levelhead.domain.sessions import SessionTable
from levelhead.evaluate.backgrounds import Backgrounds
from levelhead.evaluate.walk import HORIZONS, Shaping, Walked, walk
from levelhead.forecast.beside import NOTHING, Beside

DAYS_A_CHUNK = 100  # about two seconds of work: little is lost when a walk is stopped, and a start costs little beside it


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """What a walk is made over; the same route, the same results. The fields as `walk` takes them; days ascending, each once.

    version: of the programme that walks. days_a_chunk: how many are walked and kept together; it changes no result.
    """

    bars: Bars
    days: tuple[dt.date, ...]
    peers: Mapping[str, Bars] = field(default_factory=dict)
    sessions: SessionTable | None = None
    settings: Settings = field(default_factory=Settings)
    micro: Instrument | None = None
    beside: Beside = NOTHING
    horizons: tuple[int, ...] = HORIZONS
    told: tuple[RollsSince, ...] | None = None
    shaping: Shaping | None = None
    finer: Bars | None = None
    version: str = ""
    days_a_chunk: int = DAYS_A_CHUNK

    def __post_init__(self) -> None:
        if any(later <= earlier for earlier, later in zip(self.days, self.days[1:], strict=False)):
            raise BadSettings("The days of a walk must ascend, each named once.")

    def digest(self) -> str:
        """Sixty-four hexadecimal digits: of everything that the results depend on, and of how they are cut."""
        table = self.sessions
        known = {
            "bars": self.bars.digest(),
            "instrument": asdict(self.bars.instrument),
            "adjustment": self.bars.adjustment,
            "rolls": _dates_of(self.bars.rolls),
            "told": None if self.told is None else [[str(each.since), _dates_of(each.rolls)] for each in self.told],
            "days": [str(day) for day in self.days],
            "peers": {symbol: peer.digest() for symbol, peer in self.peers.items()},
            "sessions": "" if table is None else table.calendar + hashlib.sha256(table.dates.astype("<i8").tobytes()).hexdigest(),
            "settings": self.settings.digest(),
            "micro": None if self.micro is None else asdict(self.micro),
            "beside": self.beside.digest(),
            "horizons": self.horizons,
            "finer": None if self.finer is None else self.finer.digest(),
            "version": self.version,
            "days_a_chunk": self.days_a_chunk,
        }
        return hashlib.sha256(json.dumps(known, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def chunks(self) -> list[tuple[dt.date, ...]]:
        """The days in pieces, the same whoever walks them."""
        step = self.days_a_chunk
        return [self.days[begin : begin + step] for begin in range(0, len(self.days), step)]

    def backgrounds(self) -> Backgrounds:
        """What the notes of all its days share."""
        return Backgrounds(self.bars, self.days, self.settings, self.beside, self.told, self.finer)

    def walked(self, days: tuple[dt.date, ...], backgrounds: Backgrounds | None = None) -> Walked:
        """The walk over some of the days. backgrounds: of this route, where several pieces of it are walked."""
        return walk(
            self.bars,
            days,
            peers=self.peers,
            sessions=self.sessions,
            settings=self.settings,
            micro=self.micro,
            beside=self.beside,
            horizons=self.horizons,
            told=self.told,
            shaping=self.shaping,
            finer=self.finer,
            backgrounds=backgrounds,
        )


def _dates_of(rolls: tuple[Roll, ...]) -> list[list[str]]:
    return [[str(roll.date), str(roll.seen), repr(roll.factor)] for roll in rolls]


def days_of(bars: Bars, *, first: dt.date | None = None, last: dt.date | None = None, every: int = 1) -> tuple[dt.date, ...]:
    """The dates of the bars from `first` to `last`, both included, every `every`th of them counted from the first."""
    return tuple(_dates(bars, first, last))[::every]


def _dates(bars: Bars, first: dt.date | None, last: dt.date | None) -> Iterator[dt.date]:
    before = None
    for date in bars.dates.tolist():
        if date != before and (first is None or date >= first) and (last is None or date <= last):
            yield date
        before = date
