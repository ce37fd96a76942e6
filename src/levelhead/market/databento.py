"""Databento through its own client: bars of individual futures contracts from the CME (GLBX.MDP3)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, LevelheadError, MissingPart, NoBars, SourceFailed
from levelhead.domain.instrument import Instrument
from levelhead.market.delivery import cut, deliver, flagged
from levelhead.market.feed_rows import Rows
from levelhead.market.remote import RETRIED, TryAgain, in_time, persistently, retry_after
from levelhead.market.source import Offer, Request, Surroundings, check_offered

KEY = "DATABENTO_API_KEY"
DATASET = "GLBX.MDP3"
OLDEST = dt.date(2010, 6, 6)  # the first day of the dataset
SCHEMAS = {"1d": "ohlcv-1h", "1h": "ohlcv-1h", "1m": "ohlcv-1m"}
PRICE_UNIT = 1e-9  # prices are whole numbers of this
NO_PRICE = np.iinfo(np.int64).max
GATEWAY = "https://hist.databento.com"

_CONTRACT = re.compile(r"([A-Z0-9]{1,4}?)([FGHJKMNQUVXZ])(\d{1,2})")


class Databento:
    """Contracts by name ('RTYZ5'), as traded; costs money by the byte.

    Its own daily bars run from midnight to midnight UTC and cut every session of the CME in two; daily bars are therefore made
    here, out of hourly ones, by the session table. gateway: the address of its historical interface.
    """

    def __init__(self, *, gateway: str = GATEWAY) -> None:
        self._gateway = gateway.rstrip("/")

    def offer(self) -> Offer:
        """Bars of single contracts."""
        return Offer(
            name="databento",
            what=f"Bars of single CME contracts such as RTYZ5 from Databento ({DATASET}), paid by the byte.",
            timeframes=tuple(SCHEMAS),
            needs_key=KEY,
            frame="as traded",
        )

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The bars of one contract; without a first day, of the five years that end with the last one."""
        check_offered(request, self.offer(), around)
        contract = contract_name(request.symbol)
        feed = f"databento {contract}"
        _library()
        key = around.environment[KEY].strip()

        def once() -> tuple[Rows, dt.datetime]:
            try:
                return self._rows(key, contract, request, around)
            except Exception as error:
                raise _in_our_words(feed, error, around) from None

        rows, until = in_time(lambda: persistently(once, source=feed, around=around), source=feed, around=around)
        if request.timeframe != "1d":
            return deliver(rows, request, instrument, around, feed=feed, frame="as traded")
        hourly = dataclasses.replace(request, timeframe="1h", first=None, last=None)
        return _daily(deliver(rows, hourly, instrument, around, feed=feed, frame="as traded"), request, around, until)

    def _rows(self, key: str, contract: str, request: Request, around: Surroundings) -> tuple[Rows, dt.datetime]:
        """The bars in what was answered, and until when the dataset reaches."""
        databento = _library()
        client = databento.Historical(key, gateway=self._gateway)
        if self._gateway.startswith("http://"):
            # The client writes https:// before every address; a server on this machine has no certificate.
            for interface, name in ((client.timeseries, "timeseries"), (client.metadata, "metadata")):
                interface._base_url = f"{self._gateway}/v0/{name}"
        for interface in (client.timeseries, client.metadata):
            interface.TIMEOUT = around.seconds
        until = min(dt.datetime.fromisoformat(client.metadata.get_dataset_range(dataset=DATASET)["end"]), around.now)
        first, end = _span(request, until)
        if first >= end:
            raise NoBars(f"databento {contract}: {DATASET} reaches to {until:%Y-%m-%d %H:%M} UTC; ask for earlier bars.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bars.dbn.zst"
            client.timeseries.get_range(
                dataset=DATASET,
                symbols=contract,
                stype_in="raw_symbol",
                schema=SCHEMAS[request.timeframe],
                start=first,
                end=end,
                path=path,
            )
            _check_whole(path)
            records = databento.DBNStore.from_file(path).to_ndarray()
        return _as_rows(records), until


def contract_name(symbol: str) -> str:
    """The exchange's name of a contract, with one digit of the year: 'RTYZ25' and 'RTYZ5' are RTYZ5. Raises BadSettings."""
    found = _CONTRACT.fullmatch(symbol.strip().upper())
    if not found:
        raise BadSettings(f"databento delivers single contracts; {symbol!r} is none. Ask for one such as RTYZ5.")
    return f"{found[1]}{found[2]}{found[3][-1]}"


def _span(request: Request, until: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """From the evening before the first day to the end of the last, as far as the dataset reaches.

    A name comes back after ten years (ESZ5 of 2015 and of 2025): five years hold one contract of it.
    """
    last = request.last or until.date()
    first = max(request.first or last - dt.timedelta(days=5 * 365), OLDEST)
    begin = dt.datetime.combine(first - dt.timedelta(days=4), dt.time(), dt.UTC)
    return begin, min(dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), dt.UTC), until)


def _as_rows(records: Any) -> Rows:
    prices = {name: records[name].astype(np.float64) * PRICE_UNIT for name in ("open", "high", "low", "close")}
    for name, price in prices.items():
        price[records[name] == NO_PRICE] = np.nan
    prices = {name: np.round(price, 9) for name, price in prices.items()}
    return Rows(time=records["ts_event"].astype("datetime64[ns]"), volume=records["volume"].astype(np.float64), **prices)


def _daily(hourly: Bars, request: Request, around: Surroundings, until: dt.datetime) -> Bars:
    """Days out of hours by the session table; the last one is forming where the dataset ends before its session does."""
    from levelhead.market.resampling import resample

    made = dataclasses.replace(resample(hourly, "1d"), provisional=None)
    return flagged(cut(made, request, around), until)


def _check_whole(path: Path) -> None:
    """Raises TryAgain where a packed file ends before its last frame does: what there is of it would unpack without a word."""
    import zstandard

    rest = path.read_bytes()
    while rest:
        unpacker = zstandard.ZstdDecompressor().decompressobj()
        unpacker.decompress(rest)
        if not unpacker.eof:
            raise TryAgain("the answer was cut off")
        rest = unpacker.unused_data


def _library() -> Any:
    try:
        import databento
    except ImportError:
        raise MissingPart(
            'Databento is read by its own client, which is not installed: pip install "levelhead[databento]".'
        ) from None
    return databento


def _in_our_words(feed: str, error: Exception, around: Surroundings) -> Exception:
    """What went wrong as TryAgain, where another attempt may help, else as an error of ours."""
    if isinstance(error, LevelheadError | TryAgain):
        return error
    status = getattr(error, "http_status", None)
    message = str(getattr(error, "message", None) or error).splitlines()
    if status is None:
        return TryAgain(f"the connection failed or the answer was damaged ({type(error).__name__})")
    if status in RETRIED:
        words = "too many requests (429)" if status == 429 else f"status {status}"
        return TryAgain(f"the server answered {words}", retry_after(getattr(error, "headers", {}).get("Retry-After"), around.now))
    if status in (401, 403):
        return BadSettings(f"{feed}: the key in {KEY} is not accepted ({' '.join(message)[:120]}); correct it.")
    if "symbol" in message[0].lower():
        return NoBars(f"{feed}: {DATASET} has no such contract in that time; check its name and the dates.")
    return SourceFailed(f"{feed} refused ({status} {' '.join(message)[:200]}); check the dates and what the key may read.")
