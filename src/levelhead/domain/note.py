"""The note: facts, claims, and the words that refer to them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from levelhead.domain.bars import Frame, Provisional
from levelhead.domain.claim import PricedClaim
from levelhead.domain.fact import Estimate, Fact
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import KeyLevel, KeyLevels, Side
from levelhead.domain.roll import Adjustment, Roll
from levelhead.domain.scenario import Outlook, ScenarioSet, SetupTable
from levelhead.domain.series import ChartSeries

SCHEMA_VERSION = "1"
Standing = Literal["live", "replayed"]
UNCALIBRATED = "uncalibrated"
_NO_FILE_NAME = re.compile(r"[/\\\x00-\x1f\x7f]")

HYPOTHETICAL = (
    "Hypothetical performance: these figures were computed after the fact with the benefit of knowing which tools to use; no "
    "trade was made on them, and no representation is made that any account will or is likely to achieve results like them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Whose note it is and how it prints numbers.

    thousands, decimal: the separators of printed numbers.
    """

    desk: str = "levelhead"
    author: str = ""
    disclaimer: str = (
        "This note is for information and education. It is not trading advice and not an offer to buy or sell any futures "
        "contract. Futures trading involves substantial risk of loss and is not suitable for every investor."
    )
    thousands: str = ","
    decimal: str = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its paragraphs; each paragraph is text with references: 'the 50-day average at {sma_50}'.

    A reference is {name} or {name|style}; name is a key of the note's facts or estimates. Text holds no other digits than
    those in names of the trade (50-day, RSI(14), 52-week).
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One line of the summary box, text with references."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerData:
    """What a peer's bars were."""

    symbol: str
    feed: str
    bars: int
    first: dt.date
    last: dt.date
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideData:
    """What was known beside the bars: as much of it as the note could use, and the digest of that much.

    role: 'implied volatility', 'yield', 'donor', 'event days', 'option chain', 'breadth', 'credit', 'positions', 'finer bars' or
    'evidence'.
    count: values, bars, events, quotes, symbols or reports.
    """

    role: str
    name: str
    count: int
    first: dt.date
    last: dt.date
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What the note was made from, so that a stranger makes the same one.

    findings: warnings and remarks about the bars up to the note's date; left_out: rows that were quarantined.
    not_yet_known: sentences naming what the history was too short for. model: the forecast in words. settings: hash.
    rolls: of a continuous future, where they are known, and adjustment: how prices before them were moved; beside: what was
    known beside the bars; the document leaves empty tables and 'none' out. calibration: hash of the artefacts of the past by
    which chances are pooled, 'uncalibrated' where there was none.
    """

    feed: str
    frame: Frame
    timeframe: str
    bars: int
    first: dt.date
    last: dt.date
    digest: str
    version: str
    settings: str
    seed: str
    model: str
    provisional: Provisional | None = None
    peers: tuple[PeerData, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: tuple[Finding, ...] = ()
    not_yet_known: tuple[str, ...] = ()
    rolls: tuple[Roll, ...] = ()
    adjustment: Adjustment = "none"
    beside: tuple[BesideData, ...] = ()
    calibration: str = UNCALIBRATED


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLevel:
    """A key level as far as it takes to settle it."""

    name: str
    side: Side
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a note says of the future and what it takes to settle it: a note without its words. The fields as in Note.

    facts: the last price and those of the outlook.
    """

    schema_version: str = SCHEMA_VERSION
    as_of: dt.date
    instrument: Instrument
    facts: Mapping[str, Fact]
    levels: tuple[SaidLevel, ...]
    scenarios: ScenarioSet | None
    outlook: tuple[Outlook, ...]
    setups: SetupTable | None
    claims: tuple[PricedClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A technical-analysis note of one instrument and day.

    headline: one line of verdict. morning: the block that heads the note. ladder: key levels, highest price first.
    scenarios and setups are None, outlook is () where the history is too short to price anything.
    """

    schema_version: str = SCHEMA_VERSION
    title: str
    headline: str
    instrument: Instrument
    contract: str | None
    as_of: dt.date
    standing: Standing
    house: House
    facts: Mapping[str, Fact]
    estimates: Mapping[str, Estimate]
    summary: tuple[SummaryLine, ...]
    morning: tuple[str, ...]
    ladder: tuple[KeyLevel, ...]
    scenarios: ScenarioSet | None
    outlook: tuple[Outlook, ...]
    setups: SetupTable | None
    claims: tuple[PricedClaim, ...]
    sections: tuple[Section, ...]
    series: ChartSeries
    provenance: Provenance

    @property
    def levels(self) -> KeyLevels:
        """The key levels as a sequence that also gives a frame."""
        return KeyLevels(self.ladder)

    @property
    def name(self) -> str:
        """What its folder is called: 'IXIC-2018-12-31', of other bars than daily ones 'IXIC-1w-2018-12-28'.

        A character that would name another folder is written as '_': 'BRK/B' as 'BRK_B'.
        """
        timeframe = "" if self.provenance.timeframe == "1d" else f"{self.provenance.timeframe}-"
        return f"{_NO_FILE_NAME.sub('_', self.instrument.symbol)}-{timeframe}{self.as_of}"

    def section(self, name: str) -> Section | None:
        """The section of that name, if the note has it."""
        return next((s for s in self.sections if s.name == name), None)
