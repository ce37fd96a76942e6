"""A folder of files as a source: one file a symbol."""

from __future__ import annotations

import os
from pathlib import Path

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, NoBars
from levelhead.domain.instrument import Instrument
from levelhead.market.delivery import cut
from levelhead.market.files import read_bars
from levelhead.market.source import Offer, Request, Surroundings, check_offered

FOLDER = "LEVELHEAD_BARS"
ENDINGS = (".csv", ".csv.gz", ".txt", ".parquet")


class Folder:
    """The files <symbol>.csv (.csv.gz, .txt, .parquet), in any case, of one folder.

    folder: where they are; by default the folder that LEVELHEAD_BARS names.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self._folder = folder

    def offer(self) -> Offer:
        """Daily bars in every dialect that `read_bars` knows."""
        return Offer(name="files", what=f"Your own files, <symbol>.csv or .parquet, in the folder that {FOLDER} names.", live=False)

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The bars of the symbol's file that were asked for. Raises BadBars where the file holds impossible rows."""
        check_offered(request, self.offer(), around)
        folder = self._folder or around.environment.get(FOLDER, "").strip()
        if not folder:
            raise BadSettings(f"files: no folder is named; set the environment variable {FOLDER}, or give a file with --bars.")
        path = _found(Path(folder), request.symbol)
        return cut(read_bars(path, instrument, feed=f"files {path.name}"), request, around)


def _found(folder: Path, symbol: str) -> Path:
    wanted = {symbol.strip().lower() + ending for ending in ENDINGS}
    try:
        found = sorted(path for path in folder.iterdir() if path.name.lower() in wanted)
    except OSError as error:
        raise BadSettings(f"files: the folder {folder} cannot be read ({error.strerror}); set {FOLDER} to one that can.") from None
    if not found:
        raise NoBars(f"files: {folder} has no file of {symbol} ({symbol}.csv or .parquet); add it, or try another source.")
    return found[0]
