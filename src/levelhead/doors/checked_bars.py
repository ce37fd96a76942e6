"""The bars that a check is about: of a file, or kept in the archive under a symbol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars

Descriptions = Mapping[str, Mapping[str, object]]


def checked_bars(place: str, *, symbol: str | None, source: str | None, described: Descriptions, zone: str | None = None) -> Bars:
    """The bars of the file `place`, or those kept of the symbol `place`; impossible rows are left out and listed.

    symbol: whose bars a file holds; by default what its name begins with, up to the first '_', '-' or '.'. source: of what is
    kept; by default the instrument's own. zone: of intraday stamps that name none. Raises UnreadableFile where `place` is neither.
    """
    from levelhead.domain.errors import UnreadableFile
    from levelhead.doors.home import archive
    from levelhead.market.files import read_bars
    from levelhead.market.instruments import find_instrument
    from levelhead.market.registry import default_source

    path = Path(place)
    if not _exists(path):
        instrument = find_instrument(symbol or place, extra=described)
        kept = archive().sources(instrument.symbol)
        if kept:
            default = default_source(instrument, extra=described)
            name = source or (default if default in kept else kept[0])
            return archive().read(name, instrument.symbol, instrument=instrument)
        if not set("./\\") & set(place):
            raise UnreadableFile(
                f"{place} is neither a file nor a symbol whose bars are kept; check the path, or `levelhead data fetch {place}`."
            )
    name = symbol or re.split(r"[_\-.]", path.name)[0].upper() or path.name
    return read_bars(path, find_instrument(name, extra=described), quarantine=True, zone=zone)


def reference_bars(place: str, ours: Bars, *, zone: str | None = None) -> Bars:
    """The bars of the file `place`, or those kept of the same instrument from the source `place`.

    Raises UnreadableFile where `place` is neither.
    """
    from levelhead.domain.errors import UnreadableFile
    from levelhead.doors.home import archive
    from levelhead.market.files import read_bars

    if not _exists(Path(place)) and not set("./\\") & set(place):
        symbol = ours.instrument.symbol
        kept = archive().sources(symbol)
        if place.lower() not in kept:
            there = f"it is kept from {', '.join(kept)}" if kept else "none is kept"
            raise UnreadableFile(f"{place} is neither a file nor a source from which {symbol} is kept; {there}.")
        return archive().read(place.lower(), symbol, instrument=ours.instrument)
    return read_bars(Path(place), ours.instrument, quarantine=True, zone=zone)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long a name, or a null character: the reader says so
        return True
