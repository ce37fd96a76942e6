"""Damaged files without end: every dialect, gzipped and Parquet too, with the accidents that happen to files, from a seed."""

from __future__ import annotations

import gzip
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
from made_files import DIALECTS, daily, table

from levelhead.domain.bars import Bars
from levelhead.domain.errors import LevelheadError
from levelhead.domain.instrument import Instrument
from levelhead.market.files import read_bars

IN_A_CHUNK = 2_000
CHUNKS = 50  # 100,000 files in all
LONGEST = 20  # seconds one file may take before it counts as hanging: thousands of times what the slowest takes
TOKENS = [
    *(b"", b",", b";", b"\t", b"|", b"\n", b"\r", b'"', b"'", b" ", b"-", b"+", b".", b"e9", b"E-400", b"nan", b"NaN", b"inf"),
    *(b"-inf", b"null", b"None", b"0", b"-0", b"00", b"1e308", b"1e-320", b"9" * 20, b"9" * 400, b"0x1F", b"1_000", b"1,000.5"),
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", "−5".encode(), "１２".encode(), "é".encode("latin-1"), b"\x1b[31m", b"\x85"),
    *(b"2025-02-30", b"0000-00-00", b"9999-12-31", b"1741737600", b"-62135596801", b"1e10", b"2025-03-13T25:00:00Z", b"13/13/2025"),
    *(b"2025-03-13T22:00:00+99:00", b"20250313", b"date", b"close", b"Ticker", b"=1+1", b"PAR1", b"\x1f\x8b"),
]
INTRADAY = "time,open,high,low,close,volume\n" + "".join(
    f"2025-06-02T{13 + i // 12:02}:{i % 12 * 5:02}:00Z,{100 + i},{102 + i},{99 + i},{101 + i},7\n" for i in range(40)
)
NAIVE_INTRADAY = INTRADAY.replace("Z,", ",").replace("T", " ")


@cache
def texts() -> list[bytes]:
    """Every dialect, two intraday files, a longer file and one from newest to oldest."""
    long = daily(120)
    made = [*DIALECTS.values(), INTRADAY, NAIVE_INTRADAY, table(long), table(long[::-1])]
    return [*(text.encode() for text in made), table(long[:30]).encode("utf-16")]


@cache
def parquets() -> list[bytes]:
    """Parquet files of several date types and codecs."""
    import duckdb

    found = []
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:", config={"threads": 1}) as connection:
        source, path = Path(folder, "source.csv"), Path(folder, "made.parquet")
        source.write_text(table(daily(40)))
        for kind, codec in [("DATE", "snappy"), ("TIMESTAMP", "zstd"), ("TIMESTAMPTZ", "gzip"), ("VARCHAR", "uncompressed")]:
            for price in ("DOUBLE", "VARCHAR"):
                connection.execute(
                    f"COPY (SELECT CAST(date AS {kind}) AS date, CAST(open AS {price}) AS open, high, low, close, volume "
                    f"FROM read_csv('{source}')) TO '{path}' (FORMAT parquet, COMPRESSION {codec})"
                )
                found.append(path.read_bytes())
    return found


Draw = np.random.Generator


def _span(content: bytearray, draw: Draw, longest: int = 40) -> slice:
    start = int(draw.integers(0, len(content) + 1))
    return slice(start, start + int(draw.integers(0, longest)))


def _token(content: bytearray, draw: Draw) -> None:
    content[_span(content, draw, 6)] = TOKENS[int(draw.integers(len(TOKENS)))]


def _cell(content: bytearray, draw: Draw) -> None:
    cells = bytes(content).split(b",")
    cells[int(draw.integers(len(cells)))] = TOKENS[int(draw.integers(len(TOKENS)))]
    content[:] = b",".join(cells)


def _noise(content: bytearray, draw: Draw) -> None:
    content[_span(content, draw, 4)] = draw.bytes(int(draw.integers(0, 8)))


def _flip(content: bytearray, draw: Draw) -> None:
    if content:
        content[int(draw.integers(len(content)))] ^= 1 << int(draw.integers(8))


def _truncate(content: bytearray, draw: Draw) -> None:
    del content[int(draw.integers(0, len(content) + 1)) :]


def _behead(content: bytearray, draw: Draw) -> None:
    del content[: int(draw.integers(0, 80))]


def _repeat(content: bytearray, draw: Draw) -> None:
    part = bytes(content[_span(content, draw, 200)])
    content[_span(content, draw, 1)] = part * int(draw.integers(1, 40))


def _lines(content: bytearray, draw: Draw) -> None:
    lines = bytes(content).split(b"\n")
    one, other = (int(k) for k in draw.integers(len(lines), size=2))
    lines[one], lines[other] = lines[other], lines[one]
    if draw.random() < 0.5:
        lines.insert(one, lines[other])
    else:
        del lines[int(draw.integers(len(lines)))]
    content[:] = b"\n".join(lines)


def _splice(content: bytearray, draw: Draw) -> None:
    others = texts()
    other = others[int(draw.integers(len(others)))]
    cut = int(draw.integers(0, len(other)))
    content[_span(content, draw)] = other[cut : cut + 300]


def _letters(content: bytearray, draw: Draw) -> None:
    old, new = (TOKENS[1 + int(k)] for k in draw.integers(12, size=2))
    content[:] = bytes(content).replace(old, new)


OF_TEXT: list[Callable[[bytearray, Draw], None]] = [
    *(_token, _cell, _cell, _noise, _flip, _truncate, _behead, _repeat, _lines, _lines, _splice, _letters)
]
OF_BYTES: list[Callable[[bytearray, Draw], None]] = [_noise, _flip, _flip, _truncate, _behead, _repeat]
OF_PAGES: list[Callable[[bytearray, Draw], None]] = [_noise, _flip, _flip, _flip]


def _mutated(content: bytes, draw: Draw, ways: list[Callable[[bytearray, Draw], None]], most: int = 5) -> bytes:
    mutable = bytearray(content)
    for _ in range(int(draw.integers(1, most + 1))):
        ways[int(draw.integers(len(ways)))](mutable, draw)
    return bytes(mutable[:200_000])


def _damaged_parquet(content: bytes, draw: Draw) -> bytes:
    """Damage that leaves the four letters at the start, most of it in the footer, where the schema and the sizes stand."""
    where = draw.random()
    if where < 0.4:
        return content[:-700] + _mutated(content[-700:-8], draw, OF_BYTES, 3) + content[-8:]
    if where < 0.7:
        return content[:4] + _mutated(content[4:-700], draw, OF_PAGES, 2) + content[-700:]
    return content[:4] + _mutated(content[4:], draw, OF_BYTES)


def mutated(seed: int) -> tuple[str, bytes]:
    """The file of that seed: its kind and its bytes. Of ten, eight are text, one is gzipped, one is Parquet."""
    draw = np.random.default_rng([20250313, seed])
    pick = texts()[int(draw.integers(len(texts())))]
    if seed % 10 == 8:
        if draw.random() < 0.5:
            return "gzip", gzip.compress(_mutated(pick, draw, OF_TEXT), mtime=0)
        return "gzip", _mutated(gzip.compress(pick, mtime=0), draw, OF_BYTES)
    if seed % 10 == 9:
        files = parquets()
        return "Parquet", _damaged_parquet(files[int(draw.integers(len(files)))], draw)
    return "text", _mutated(pick, draw, OF_TEXT)


class Hanging(BaseException):
    """A file took so long that it counts as never read; no reader catches it."""


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Raises Hanging inside after `seconds`, where the system has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise Hanging(f"not read after {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def outcome(path: Path, seed: int) -> str:
    """What became of the file of that seed: 'bars', or the name of our error. Anything else is raised."""
    draw = np.random.default_rng([7, seed])
    timeframe = [None, None, None, None, "1d", "5m", "1w"][int(draw.integers(7))]
    zone = [None, None, "America/New_York"][int(draw.integers(3))]
    try:
        with no_longer_than(LONGEST):
            bars = read_bars(path, Instrument.unknown("ANY"), timeframe, quarantine=bool(draw.random() < 0.5), zone=zone)
    except LevelheadError as refused:
        assert_is_advice(refused, path.name)
        return type(refused).__name__
    assert_can_be(bars)
    return "bars"


def assert_is_advice(error: LevelheadError, name: str) -> None:
    text = str(error)
    assert name in text, text
    assert len(text) < 1_500, text
    assert text.isprintable(), repr(text)
    assert text.endswith((".", "...")), text


def assert_can_be(bars: Bars) -> None:
    assert (bars.time[1:] > bars.time[:-1]).all()
    assert (bars.low > 0).all()
    assert (bars.low <= np.minimum(bars.open, bars.close)).all()
    assert (bars.high >= np.maximum(bars.open, bars.close)).all()
    assert np.isfinite(bars.high).all()
    assert (np.isnan(bars.volume) | (bars.volume > 0)).all()
    assert not np.isinf(bars.volume).any()
    for finding in (*bars.left_out, *bars.remarks):
        assert finding.text.isprintable(), repr(finding.text)


def trial(chunk: int) -> Counter[tuple[str, str]]:
    """Reads the files of a chunk: how many of each kind came to what."""
    found: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any.csv")
        for seed in range(chunk * IN_A_CHUNK, (chunk + 1) * IN_A_CHUNK):
            kind, content = mutated(seed)
            path.write_bytes(content)
            try:
                found[kind, outcome(path, seed)] += 1
            except BaseException as fault:
                fault.add_note(f"the file of seed {seed} ({kind}, {len(content):,} bytes): mutated({seed})")
                raise
    return found


if __name__ == "__main__":
    total: Counter[tuple[str, str]] = Counter()
    for each in range(CHUNKS):
        total += trial(each)
        print(f"{sum(total.values()):,} files: {dict(sorted(total.items()))}", flush=True)
