"""What the ledger hands out: a note as it is kept, and what became of a publishing, a settling, a sealing, a verification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from levelhead.domain.note import Standing

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A note in the ledger.

    hash: of its entry, 'sha256:...', its name in the ledger; seq: the entry's place in the chain, from 1. published_at: the clock
    at that moment. path_opens: when the first bar after the note opened; standing: 'live' where it was published before that, else
    'replayed'. digest: of the document. data, settings, calibration, version: what it was made from, as its provenance says, ''
    where it says nothing. is_corrected_by: the hashes of the errata, oldest first.
    """

    hash: str
    seq: int
    author: str
    source: str
    symbol: str
    timeframe: str
    as_of: dt.date
    published_at: dt.datetime
    path_opens: dt.datetime
    standing: Standing
    digest: str
    data: str
    settings: str
    calibration: str
    version: str
    is_corrected_by: tuple[str, ...] = ()
    read: Callable[[str], Document] = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """What it is called: 'RTY-2025-03-13', of other bars than daily ones 'RTY-1w-2025-03-14'."""
        return f"{self.symbol}-{'' if self.timeframe == '1d' else f'{self.timeframe}-'}{self.as_of}"

    @property
    def document(self) -> Document:
        """The note's document; read from the ledger each time, so the ledger must still be open."""
        return self.read(self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of publishing a note. is_new: False where the same note of the same author was kept already."""

    hash: str
    seq: int
    is_new: bool
    standing: Standing
    published_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How many outcomes were new, the same as kept, and disputed: other than kept, by bars that have changed since."""

    new: int = 0
    same: int = 0
    disputed: int = 0

    def __add__(self, other: Settled) -> Settled:
        return Settled(new=self.new + other.new, same=self.same + other.same, disputed=self.disputed + other.disputed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The erratum that was added. is_new: False where the same one was there."""

    hash: str
    seq: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The last entry of the chain: whoever keeps its hash elsewhere can prove later that nothing before it was touched."""

    hash: str
    seq: int
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in the ledger that is not as it was written.

    kind: 'changed', 'missing', 'reordered', 'back-dated', 'added', 'rewritten' or 'unguarded'. where: the table and the row. text:
    one sentence for a person.
    """

    kind: str
    where: str
    text: str
