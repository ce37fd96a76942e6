"""levelhead note: from bars to a note in every form."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from levelhead.domain.errors import BadSettings
from levelhead.doors import progress
from levelhead.doors.context_options import Around, context_options
from levelhead.doors.forecast_options import Asked, forecast_options
from levelhead.doors.ledger_home import ledger_option
from levelhead.doors.options import Percent, as_of_option, bars_options, finer_option, known_at_option, peers_option
from levelhead.doors.rolling import UNROLLED, Rolling, rolled_bars, rolling_options
from levelhead.doors.shape import AS_THEY_ARE, Shape, shape_options

if TYPE_CHECKING:
    from levelhead.config import HouseFile
    from levelhead.domain.note import Note
    from levelhead.doors.material import Material
    from levelhead.forecast.beside import Beside
    from levelhead.reading.context import Context
    from levelhead.render.changes import Changed
    from levelhead.wire.document import Document

Peers = tuple[tuple[str, Path | None], ...]
STDOUT = "-"
WIDEST = 110
EXAMPLES = """\b
Examples:
  levelhead note IXIC --source sample --peer SPX
  levelhead note RTY --peer ES --peer NQ
  levelhead note RTY --as-of 2025-03-13 --known-at 2025-03-14
  levelhead note RTY --bars rty.csv --peer ES=es.csv --peer NQ=nq.csv
  levelhead note RTY --bars rty.csv --as-of 2025-03-13 --last 2025.7 --at "10:30 New York"
  levelhead note RTY --contracts contracts/ --roll volume
  levelhead note RTY --bars rty.csv --roll-reference RUT=rut.csv
  levelhead note RTY --bars rty.csv --timeframe 1w
  levelhead note ES --bars es_5m.csv.gz --timeframe 1d --hours rth
  levelhead note ES --bars es.csv --finer es_5m.csv.gz
  levelhead note RTY --bars rty.csv --implied vix.csv --donor IWM=iwm.csv --events events.csv
  levelhead note RTY --bars rty.csv --breadth stocks.parquet --credit HYG=hyg.csv TLT=tlt.csv --cot rty-cot.csv
  levelhead note RTY --bars rty.csv --format json > note.json
  levelhead note RTY --bars rty.csv --evidence rty-evidence.json
  levelhead note RTY --publish
  levelhead note RTY --bars rty.csv --account 50000 --risk 0.5% --format md,html,levels.csv,pine
"""


def _formats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    from levelhead.doors.formats import DEFAULT, FORMATS

    if value is None:
        return DEFAULT
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    for name in names:
        if name not in FORMATS:
            raise click.BadParameter(f"{name!r} is no format; there are {', '.join(FORMATS)}.")
    if not names:
        raise click.BadParameter(f"names no format; there are {', '.join(FORMATS)}.")
    return names


@click.command(epilog=EXAMPLES)
@click.argument("symbol")
@bars_options
@shape_options
@finer_option
@peers_option
@rolling_options
@as_of_option
@known_at_option
@forecast_options
@context_options
@click.option("--last", type=float, metavar="PRICE", help="The last trade, where the last bar is not closed yet.")
@click.option("--at", metavar="TIME", help="With --last: when that trade was, with its zone: '10:30 New York', '15:30 UTC', ...")
@click.option("--high", type=float, metavar="PRICE", help="With --last: the bar's high until then.")
@click.option("--low", type=float, metavar="PRICE", help="With --last: the bar's low until then.")
@click.option(
    "--format",
    "formats",
    callback=_formats,
    metavar="LIST",
    help="md, html, json, png, levels.csv, pine; several with commas. Default: md,html,json,png. One alone goes to stdout.",
)
@click.option("--account", type=float, metavar="USD", help="With --risk: size the plans for an account of so many dollars.")
@click.option("--risk", type=Percent(), metavar="PCT", help="With --account: the share of it that one plan may lose, 0.5%.")
@click.option("--house", type=click.Path(path_type=Path), metavar="FILE", help="TOML: desk name, author, number style, settings.")
@click.option(
    "--evidence",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What signs and levels have been worth, as levelhead evidence wrote it. Default: of signs alone, gathered on the spot.",
)
@click.option("--publish", is_flag=True, help="Put the note into the ledger, before its files are handed out.")
@ledger_option
@click.option("--out", metavar="DIR", help="Folder of the notes; '-' prints one format to stdout. Default: notes.")
def note(
    symbol: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    finer: Path | None,
    peers: Peers,
    as_of: dt.date | None,
    known_at: dt.datetime | None,
    asked: Asked,
    around: Around,
    last: float | None,
    at: str | None,
    high: float | None,
    low: float | None,
    formats: tuple[str, ...],
    account: float | None,
    risk: float | None,
    house: Path | None,
    evidence: Path | None,
    publish: bool,
    ledger: str | None,
    out: str | None,
    rolling: Rolling,
) -> None:
    """Write the note of SYMBOL from its bars, daily unless they or --timeframe say otherwise.

    Without --bars they come from the archive where it reaches the last completed session, else from a source of live bars.
    The files go to notes/SYMBOL-DATE/ and a summary to the terminal. With --publish the note is in the ledger before anybody can
    read it: whoever is stopped in between writes it again, and it is the same entry. Where the ledger holds an earlier note, the
    terminal, the page and the Markdown say what changed since; the note itself, its JSON, does not depend on it.
    """
    single = _single(formats, out)
    if last is None and (at or high is not None or low is not None):
        raise click.UsageError("--at, --high and --low describe the bar of a last price; give --last too.")
    if (account is None) != (risk is None):
        raise click.UsageError("--account and --risk size a plan together; give both or neither.")

    from levelhead.doors.material import Quote

    desk = asked.of_house(house_file(house, instruments, account, risk))
    beside, context = asked.beside(desk.instruments), around.context(desk.instruments)
    quote = None if last is None else Quote(price=last, at=at, high=high, low=low)
    material = gathered(
        symbol.upper(),
        bars,
        source,
        peers,
        desk,
        quarantine=quarantine,
        known_at=known_at,
        rolling=rolling,
        shape=shape,
        finer=finer,
        as_of=as_of,
        quote=quote,
    )
    if quote is None:
        material = _with_forming_bar(material)
    progress.step("pricing the scenarios and plans")
    written = composed(material, desk, beside, evidence, context)
    entered = _publish(written, ledger, is_timed=quote is None or quote.at is not None) if publish else None
    progress.step("drawing")
    _hand_out(written, formats, single=single, out=out, ledger=ledger)
    if entered is not None:
        click.echo(entered, err=single is not None)


def _publish(written: Note, ledger: str | None, *, is_timed: bool) -> str:
    """Puts the note into the ledger; what became of it, in words. A last price without its time can only be replayed."""
    from levelhead.doors.ledger_home import open_ledger
    from levelhead.doors.publishing import default_author, in_words, publish_now
    from levelhead.wire.document import to_document

    progress.step("publishing")
    document = to_document(written)
    with open_ledger(ledger, create=True) as kept:
        published = publish_now(kept, document, replayed=not is_timed)
    if not is_timed:
        progress.say("it enters the ledger as replayed: nobody can tell when its last price was taken; give --at with it.")
    return in_words(published, written.name, default_author(document))


def _with_forming_bar(material: Material) -> Material:
    """The material with a warning where its last bar has not closed yet, so that a close in the note is only a last price."""
    from dataclasses import replace

    from levelhead.doors import clock
    from levelhead.market.faults import forming_bar

    found = forming_bar(material.bars, material.sessions, clock.now())
    if found is None:
        return material
    progress.say(found.text)
    return replace(material, findings=(*material.findings, found))


def _single(formats: tuple[str, ...], out: str | None) -> str | None:
    """The one format that goes to stdout, or None where files are written."""
    if out == STDOUT and len(formats) != 1:
        raise click.UsageError(f"--out - prints one format; name it with --format (asked for: {', '.join(formats)}).")
    if out == STDOUT or (out is None and len(formats) == 1 and formats[0] != "png"):
        return formats[0]
    return None


def house_file(house: Path | None, instruments: Path | None, account: float | None = None, risk: float | None = None) -> HouseFile:
    """The house file, with the instruments and the account of the command line on top of it."""
    from dataclasses import replace

    from levelhead.config import HouseFile, read_house_file, read_instruments

    desk = read_house_file(house) if house else HouseFile()
    if instruments:
        desk = replace(desk, instruments={**desk.instruments, **read_instruments(instruments)})
    if account is not None and risk is not None:
        from levelhead.desk.settings import Account

        desk = replace(desk, account=Account(dollars=account, risk=risk))
    return desk


def gathered(
    symbol: str,
    bars: Path | None,
    source: str | None,
    peers: Peers,
    desk: HouseFile,
    *,
    quarantine: bool,
    known_at: dt.datetime | None = None,
    rolling: Rolling = UNROLLED,
    shape: Shape = AS_THEY_ARE,
    finer: Path | None = None,
    **moment: Any,
) -> Material:
    """Loads the bars and the peers', and cuts them at the moment asked for; says what the person should know."""
    from levelhead.doors.material import finer_bars, gather, load

    progress.step(f"reading the bars of {symbol}")
    loaded = partial(load, described=desk.instruments, quarantine=quarantine, shape=shape)
    kept = partial(loaded, as_of=moment.get("as_of"), known_at=known_at, forming=moment.get("quote") is not None)
    if rolling.contracts is not None and (bars is not None or source is not None):
        raise BadSettings("--contracts are the bars; leave --bars and --source out.")
    own = rolled_bars(
        symbol,
        rolling,
        partial(kept, symbol, file=bars, source=source),
        described=desk.instruments,
        quarantine=quarantine,
        as_of=moment.get("as_of"),
    )
    beneath = None
    if finer is not None:
        progress.step(f"reading the finer bars of {symbol}")
        beneath = finer_bars(finer, own.instrument, shape, quarantine=quarantine)
    others = []
    for peer, file in peers:
        progress.step(f"reading the bars of {peer}")
        others.append(loaded(peer, file=file, source=None) if file else kept(peer, file=None, source=source))
    progress.step("checking the bars")
    find = not rolling.is_known
    material = gather(
        own, others, adjust=rolling.adjust, shape=shape, finer=beneath, find_rolls=find, described=desk.instruments, **moment
    )
    for sentence in material.said:
        progress.say(sentence)
    for finding in material.findings:
        if finding.kind in {"far_last_price", "stale_peer", "estimated_rolls"}:
            progress.say(finding.text)
    return material


def composed(
    material: Material,
    desk: HouseFile,
    beside: Beside | None = None,
    evidence: Path | None = None,
    context: Context | None = None,
) -> Note:
    """The note of the material, written by the desk under the house's settings; beside, context: as the face's `written` takes
    them; evidence: the file of it, None where it is to be gathered.
    """
    from levelhead.doors.clock import now
    from levelhead.doors.evidence_file import evidence_in
    from levelhead.doors.face import written

    found = None if evidence is None else evidence_in(evidence, material.bars)
    return written(material, house=desk, moment=now(), beside=beside, evidence=found, context=context)


def _hand_out(written: Note, formats: tuple[str, ...], *, single: str | None, out: str | None, ledger: str | None) -> None:
    from levelhead.doors.earlier import changed_since
    from levelhead.doors.folder import write_folder
    from levelhead.doors.formats import FORMATS, drawn
    from levelhead.wire.document import to_document

    document = to_document(written)
    changed = changed_since(document, ledger) if single in (None, "md", "html") else None
    files = drawn(document, formats, changed=changed)
    progress.step("")
    if single is not None:
        content = files[FORMATS[single].file]
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise click.UsageError(f"{single} is not text; send it to a file: --out - > chart.png, or --out DIR.")
        click.echo(content, nl=False)
        return
    folder = Path(out or "notes") / written.name
    write_folder(folder, files, outdated=[each.file for each in FORMATS.values()])

    click.echo(_summary(document, changed))
    click.echo(f"{folder}/: {', '.join(files)}")


def _summary(document: Document, changed: Changed | None) -> str:
    """The summary, as wide as the terminal up to what reads well; in colour on a terminal that did not ask for none."""
    from levelhead.render.terminal import to_terminal

    width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
    return to_terminal(document, width, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ, changed=changed)
