"""Two real series to begin with: the Nasdaq Composite and the S&P 500, 1999 to 2018, as the package arch carries them."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadInstrument, MissingPart, NoBars
from levelhead.domain.instrument import Instrument
from levelhead.market.delivery import cut
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.source import Offer, Request, Surroundings, check_offered

_FILES = {"IXIC": "nasdaq/nasdaq.csv.gz", "SPX": "sp500/sp500.csv.gz"}


class Sample:
    """The sample as a source."""

    def offer(self) -> Offer:
        """Daily bars of two indices."""
        return Offer(
            name="sample", what="Daily bars of IXIC and SPX, 1999 to 2018, from the package arch, to try things out.", live=False
        )

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The sample bars from request.first to request.last."""
        check_offered(request, self.offer(), around)
        symbol = request.symbol.strip().upper()
        if symbol not in _FILES:
            raise NoBars(f"sample has {' and '.join(_FILES)} only, not {request.symbol}; try another source.")
        return cut(replace(sample_bars(symbol), instrument=instrument), request, around)


def sample_bars(symbol: str) -> Bars:
    """The sample bars of 'IXIC' or 'SPX': 5,031 sessions from 1999-01-04 to 2018-12-31.

    The files are read where arch is installed, without importing it (10 ms instead of more than a second).
    Raises MissingPart when arch is not installed, BadInstrument for another symbol.
    """
    wanted = symbol.strip().upper()
    if wanted not in _FILES:
        raise BadInstrument(f"There is no sample of {symbol!r}; there is one of {' and of '.join(_FILES)}.")
    folder = _folder()
    if folder is None:
        raise MissingPart('The sample bars come with the package arch, which is not installed: pip install "levelhead[sample]".')
    path = folder / "data" / _FILES[wanted]
    return read_bars(path, find_instrument(wanted), feed=f"sample {wanted} (arch {_version()})")


def _folder() -> Path | None:
    spec = find_spec("arch")
    places = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(places))) if places else None


def _version() -> str:
    from importlib.metadata import version

    return version("arch")
