"""A folder of files as a source: one file a symbol."""

from __future__ import annotations

import os
from pathlib import Path

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, NoBars
from levelhead.domain.instrument import Instrument
from levelhead.market.delivery import cut
from levelhead.market.files import read_bars
from levelhead.market.hours import with_trade_dates
from levelhead.market.source import Offer, Request, Surroundings, check_offered

FOLDER = "LEVELHEAD_BARS"
ENDINGS = (".csv", ".csv.gz", ".txt", ".parquet")
LENGTHS = ("1d", "1m", "5m", "15m", "30m", "1h", "4h")


class Folder:
    """The files <symbol>.csv and <symbol>_5m.csv (.csv.gz, .txt, .parquet), in any case, of one folder.

    folder: where they are; by default the folder that LEVELHEAD_BARS names.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self._folder = folder

    def offer(self) -> Offer:
        """Bars in every dialect that `read_bars` knows."""
        what = f"Your own files, <symbol>.csv for days and <symbol>_5m.csv for five minutes, in the folder that {FOLDER} names."
        return Offer(name="files", what=what, timeframes=LENGTHS, live=False)

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The bars of the symbol's file that were asked for. Raises BadBars where the file holds impossible rows."""
        check_offered(request, self.offer(), around)
        folder = self._folder or around.environment.get(FOLDER, "").strip()
        if not folder:
            raise BadSettings(f"files: no folder is named; set the environment variable {FOLDER}, or give a file with --bars.")
        path = _found(Path(folder), request)
        bars = read_bars(path, instrument, request.timeframe, feed=f"files {path.name}")
        return cut(with_trade_dates(bars), request, around)


def _found(folder: Path, request: Request) -> Path:
    name = request.symbol.strip() + ("" if request.timeframe == "1d" else f"_{request.timeframe}")
    wanted = {name.lower() + ending for ending in ENDINGS}
    try:
        found = sorted(path for path in folder.iterdir() if path.name.lower() in wanted)
    except OSError as error:
        raise BadSettings(f"files: the folder {folder} cannot be read ({error.strerror}); set {FOLDER} to one that can.") from None
    if not found:
        raise NoBars(f"files: {folder} has no {name}.csv (nor .csv.gz, .txt, .parquet); add it, or try another source.")
    return found[0]
