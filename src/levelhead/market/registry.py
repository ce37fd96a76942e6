"""Which sources there are: ours and strangers', by the entry point group 'levelhead.sources'."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, LevelheadError, SourceFailed
from levelhead.domain.instrument import Instrument
from levelhead.market.instruments import Descriptions, feeds_of
from levelhead.market.remote import in_time
from levelhead.market.source import Offer, Request, Source, Surroundings

Value = TypeVar("Value")

GROUP = "levelhead.sources"
DEFAULT = "yahoo"  # knows nearly every symbol, and needs no key


def sources() -> Mapping[str, Source]:
    """Every registered source by name, ours first. A source is loaded when it is taken out, so that a broken one harms no other."""
    return _Registered(_points())


def source(name: str) -> Source:
    """The source of that name.

    Raises BadSettings, with the nearest name, where there is none, SourceFailed where it cannot be loaded.
    """
    registered = sources()
    wanted = name.strip().lower()
    if wanted in registered:
        return registered[wanted]
    near = difflib.get_close_matches(wanted, list(registered), n=1, cutoff=0.5)
    advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(registered)}."
    raise BadSettings(f"There is no source {name!r}; {advice}")


def default_source(instrument: Instrument, *, extra: Descriptions | None = None) -> str:
    """The name of the source to ask first: the first registered one that the instrument's feeds name, else 'yahoo'."""
    registered = sources()
    return next((name for name in feeds_of(instrument.symbol, extra=extra) if name in registered), DEFAULT)


class _Registered(Mapping[str, Source]):
    def __init__(self, points: Mapping[str, EntryPoint]) -> None:
        self._points = points

    def __getitem__(self, name: str) -> Source:
        return _loaded(self._points[name])

    def __contains__(self, name: object) -> bool:  # the mixin's would load it
        return name in self._points

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)


class _Guarded:
    """A source, ours or a stranger's, held to its promises: it ends in time, and fails only in our words."""

    def __init__(self, name: str, inner: Source) -> None:
        self._name = name
        self._inner = inner

    def offer(self) -> Offer:
        offer: Offer = _in_our_words(self._name, self._inner.offer)
        if offer.name != self._name:
            raise SourceFailed(f"The source {self._name!r} calls itself {offer.name!r}; its entry point needs the same name.")
        return offer

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        def work() -> Bars:
            return _in_our_words(self._name, lambda: self._inner.fetch(request, instrument, around))

        bars = in_time(work, source=self._name, around=around)
        if not isinstance(bars, Bars) or bars.instrument != instrument or bars.timeframe != request.timeframe:
            raise SourceFailed(
                f"{self._name} did not deliver {request.timeframe} bars of {instrument.symbol}; "
                "tell its author to run levelhead.market.conformance.check_source."
            )
        return bars


def _in_our_words(name: str, work: Callable[[], Value]) -> Value:
    try:
        return work()
    except LevelheadError:
        raise
    except Exception as error:
        raise SourceFailed(f"{name} broke: {type(error).__name__}: {error}. Tell its author, or take another source.") from error


def _loaded(point: EntryPoint) -> Source:
    owner = point.dist.name if point.dist is not None else "an unknown package"
    try:
        inner = point.load()()
    except Exception as error:
        raise SourceFailed(
            f"The source {point.name!r} of {owner} cannot be loaded ({type(error).__name__}: {error}); repair or uninstall {owner}."
        ) from error
    if not isinstance(inner, Source):
        raise SourceFailed(f"The source {point.name!r} of {owner} has no offer() and fetch(); repair or uninstall {owner}.")
    return _Guarded(point.name, inner)


def _points() -> Mapping[str, EntryPoint]:
    """The entry points by name: ours first, then by name; of a name given twice, ours or the first package's stands."""
    found = sorted(entry_points(group=GROUP), key=lambda point: (not _is_ours(point), point.name, point.value))
    points: dict[str, EntryPoint] = {}
    for point in found:
        points.setdefault(point.name, point)
    return points


def _is_ours(point: EntryPoint) -> bool:
    return point.value.startswith("levelhead.market.")
