"""What every source of bars keeps to: what it offers, what it is asked, and what surrounds the asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from levelhead.domain.bars import Bars, Frame
from levelhead.domain.errors import BadSettings
from levelhead.domain.instrument import Instrument


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Bars of one symbol, from `first` to `last`, both included; None is as far as the source reaches.

    symbol: our own ('RTY', 'SPX', 'RTYZ5'); the source knows how its feed spells it. timeframe: '5m', '1h', '1d', ...
    """

    symbol: str
    timeframe: str = "1d"
    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        if not self.symbol.strip():
            raise BadSettings("A request for bars needs a symbol; got an empty one.")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise BadSettings(
                f"{self.symbol}: bars from {self.first} to {self.last} were asked for; the first day lies after the last."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a source can do.

    name: its entry point's. what: one sentence for a person. timeframes: those it delivers. needs_key: the environment
    variable that must hold its key, None where it needs none. live: whether it reaches for the network. frame: what its
    prices are, so that they are never mixed with another's.
    """

    name: str
    what: str
    timeframes: tuple[str, ...] = ("1d",)
    needs_key: str | None = None
    live: bool = True
    frame: Frame = "as given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a source may know of the world; the doors hand it in, a source reads no clock and no environment.

    now: the moment, with a zone. environment: the variables of the process (keys, folders). seconds: the total time one
    fetch may take, all its attempts and waits included. attempts: how often one request is tried. first_wait: seconds
    before the second try, doubled before each further one. instruments: the user's own descriptions, as find_instrument
    takes them; their `feeds` say how a feed spells a symbol.
    """

    now: dt.datetime
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    seconds: float = 60.0
    attempts: int = 4
    first_wait: float = 0.5
    instruments: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise BadSettings(f"The moment {self.now} has no time zone; hand in one in UTC.")
        if self.seconds <= 0 or self.attempts < 1 or self.first_wait < 0:
            raise BadSettings(
                f"A fetch of {self.seconds} s, {self.attempts} attempts and a first wait of {self.first_wait} s cannot be; "
                "seconds must be above 0, attempts at least 1, the wait not below 0."
            )


@runtime_checkable
class Source(Protocol):
    """Where bars come from. Registered under the entry point group 'levelhead.sources'; made without arguments.

    `levelhead.market.conformance.check_source` holds every variety to the same promises.
    """

    def offer(self) -> Offer:
        """What this source can do. Reaches for nothing."""
        ...

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The bars asked for, whole or not at all; the bars' instrument is the one handed in.

        Bars.feed names the source and its own symbol, Bars.frame what its prices are. A last bar that is still forming is
        flagged: Bars.provisional is set. What was left out or doubted stands in Bars.left_out and Bars.remarks.
        Raises NoBars where the source has none, SourceFailed where it could not be asked or gave no whole answer,
        BadSettings where it does not offer what is asked or lacks its key, MissingPart where its library is not installed.
        """
        ...


def check_offered(request: Request, offer: Offer, around: Surroundings) -> None:
    """Raises BadSettings where a source does not deliver the timeframe, or the key that it needs is not there."""
    if request.timeframe not in offer.timeframes:
        raise BadSettings(f"{offer.name} delivers {', '.join(offer.timeframes)}; {request.timeframe!r} is not among them.")
    if offer.needs_key and not around.environment.get(offer.needs_key, "").strip():
        raise BadSettings(f"{offer.name} needs a key: set the environment variable {offer.needs_key}.")
