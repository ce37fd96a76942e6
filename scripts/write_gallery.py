"""The gallery: charts of six instruments on twelve days of unlike markets, each drawn from the bars up to its day alone.

    .venv/bin/python scripts/write_gallery.py FOLDER [--data ../shared/data] [--out docs/gallery]

Writes seventy-two pictures to FOLDER, and the twelve of `SHOWN` with a README of what their notes say to docs/gallery. Needs
the real bars that lie beside the repository; where these are absent nothing is written.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

import levelhead as lh
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadNote
from levelhead.doors.rolling import Rolling, rolled_bars
from levelhead.render.chart import to_png
from levelhead.render.numbers import long_date
from levelhead.render.words import plain
from levelhead.wire.document import Document, to_document

ROOT = Path(__file__).resolve().parents[1]

DAYS = (
    "2018-12-24",  # the low of a fall of three months
    "2019-07-15",  # quiet, indices of large and small companies apart
    "2020-03-23",  # the low of the fastest fall
    "2020-11-09",  # a gap out of a range
    "2021-06-14",  # quiet, sideways
    "2021-11-22",  # a break to new highs that fails
    "2022-06-16",  # a falling market near its low
    "2023-02-02",  # a turn that is half a year old
    "2023-10-27",  # the low of a correction
    "2024-08-05",  # three days of panic in a rising market
    "2025-04-08",  # the low of a fall by gaps
    "2025-09-22",  # a long quiet rise
)
"""Chosen before any picture was looked at."""

FUTURES = {"RTY": ("RUT", "rut.csv"), "ES": ("SPY", "spy.csv")}
"""With what shows where they rolled."""
FUNDS = ("IWM",)
STOCKS = {"KO": "a quiet one that pays dividends", "XOM": "one that goes with oil", "NVDA": "one that grew a hundredfold"}
"""Of the universe, for their unlike characters."""

SHOWN = (
    ("RTY", "2021-11-22", "channel"),
    ("RTY", "2023-10-27", "pattern"),
    ("ES", "2018-12-24", "pattern"),
    ("ES", "2019-07-15", "channel"),
    ("IWM", "2022-06-16", "channel"),
    ("IWM", "2025-09-22", "pattern"),
    ("KO", "2021-11-22", "channel"),
    ("KO", "2025-09-22", "pattern"),
    ("XOM", "2025-04-08", "pattern"),
    ("XOM", "2025-09-22", "line"),
    ("NVDA", "2023-02-02", "pattern"),
    ("NVDA", "2023-10-27", "pattern"),
)
"""Instrument, day, and the beginning of the fact whose sentence stands above the picture: two of each, the most telling."""

UNIVERSE = "universe.parquet"
WIDTH, HEIGHT = 1280, 800
COLOURS = 96  # a chart has few; fewer bytes for the same picture
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z{])")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--data", type=click.Path(path_type=Path), default=ROOT.parent / "shared" / "data", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=ROOT / "docs" / "gallery", show_default=True)
@click.option("--only", help="One instrument; the gallery itself is then left as it is.")
def main(folder: Path, data: Path, out: Path, only: str | None) -> None:
    """Draw the charts of all instruments and days into FOLDER, and the chosen ones into the gallery."""
    if not data.is_dir():
        click.echo(f"There are no bars in {data}, so the gallery stays as it is; give their folder with --data.")
        return
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[tuple[str, str], Document] = {}
    for symbol, load in _loaders(data).items():
        if only not in (None, symbol):
            continue
        bars = load()
        for day in DAYS:
            told[symbol, day] = document = to_document(lh.compose_note(bars, as_of=day))
            (folder / f"{symbol}-{day}.png").write_bytes(to_png(document))
        click.echo(f"{symbol}: {len(DAYS)} charts.")
    if only is None:
        _show(told, out)
        click.echo(f"{out}: {len(SHOWN)} charts.")


def _show(told: dict[tuple[str, str], Document], out: Path) -> None:
    """The chosen pictures and their README."""
    out.mkdir(parents=True, exist_ok=True)
    for before in out.glob("*.png"):
        before.unlink()
    for symbol, day, _ in SHOWN:
        (out / _file(symbol, day)).write_bytes(_smaller(to_png(told[symbol, day], width=WIDTH, height=HEIGHT)))
    (out / "README.md").write_text("\n".join(_readme(told)) + "\n", encoding="utf-8")


def _readme(told: dict[tuple[str, str], Document]) -> Iterator[str]:
    yield "# Gallery"
    yield ""
    yield from (
        "Charts of notes on days of unlike markets, chosen before they were looked at, each from the bars up to its day alone.",
        "Wedges mark swings from which the close came back by two ATR, dots those that only the five bars on either side confirm.",
        "Grey lines are trendlines and channels, dashed where they broke; patterns are red. The sentence above a picture is its",
        "note's. Written by `scripts/write_gallery.py`.",
    )
    for symbol, day, fact in SHOWN:
        document = told[symbol, day]
        yield ""
        yield f"## {document['instrument']['name']}, {long_date(dt.date.fromisoformat(day))}"
        yield ""
        yield sentence(document, fact)
        yield ""
        yield f"![Chart of {symbol} on {day}]({_file(symbol, day)})"


def sentence(document: Document, fact: str) -> str:
    """The note's first sentence that refers to a fact whose name begins so. Raises BadNote where there is none."""
    reference = re.compile(rf"\{{{re.escape(fact)}")
    for section in document["sections"]:
        for paragraph in section["paragraphs"]:
            for said in _SENTENCE.split(paragraph):
                if reference.search(said):
                    return plain(said, document)
    raise BadNote(f"The note of {document['instrument']['symbol']} on {document['as_of']} says nothing of '{fact}'.")


def _file(symbol: str, day: str) -> str:
    return f"{symbol.lower()}-{day}.png"


def _smaller(png: bytes) -> bytes:
    """The picture in few colours."""
    from PIL import Image

    file = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "png", optimize=True)
    return file.getvalue()


def _loaders(data: Path) -> dict[str, Callable[[], Bars]]:
    kinds = ((FUTURES, _future), (FUNDS, _fund), (STOCKS, _stock))
    return {symbol: partial(load, data, symbol) for symbols, load in kinds for symbol in symbols}


def _future(data: Path, symbol: str) -> Bars:
    index, file = FUTURES[symbol]
    rolling = Rolling(reference=(index, data / file))
    return rolled_bars(symbol, rolling, lambda: lh.read_bars(data / f"{symbol.lower()}_tv.csv", symbol))


def _fund(data: Path, symbol: str) -> Bars:
    return lh.read_bars(data / f"{symbol.lower()}.csv", symbol)


def _stock(data: Path, symbol: str) -> Bars:
    """One stock's bars, out of the file of all."""
    import duckdb

    rows = "select date, open, high, low, close, volume from read_parquet($file) where symbol = $symbol order by date"
    found = duckdb.sql(rows, params={"file": str(data / UNIVERSE), "symbol": symbol})
    assert found is not None  # a query gives rows
    return replace(lh.read_bars(found.to_arrow_table(), symbol), feed=UNIVERSE)


if __name__ == "__main__":
    main()
