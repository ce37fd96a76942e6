"""levelhead evidence: what signs and levels have been worth in an instrument's own past."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from levelhead.doors import progress
from levelhead.doors.note_command import Peers, gathered, house_file
from levelhead.doors.options import as_of_option, bars_options, peers_option
from levelhead.doors.rolling import Rolling, rolling_options
from levelhead.doors.shape import Shape, shape_options

EXAMPLES = """\b
Examples:
  levelhead evidence RTY --bars rty.csv
  levelhead evidence RTY --bars rty.csv --as-of 2025-03-13 --out rty-evidence.json
  levelhead evidence SPY --bars spy.csv --format html > spy-evidence.html
  levelhead note RTY --bars rty.csv --evidence rty-evidence.json
"""


@click.command(epilog=EXAMPLES)
@click.argument("symbol")
@bars_options
@shape_options
@peers_option
@rolling_options
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "html"]),
    default="text",
    show_default=True,
    help="What is printed; json is the evidence itself.",
)
@click.option(
    "--house", type=click.Path(path_type=Path), metavar="FILE", help="The house file whose settings charts are read with."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the evidence, for levelhead note --evidence.",
)
def evidence(
    symbol: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    peers: Peers,
    rolling: Rolling,
    as_of: dt.date | None,
    form: str,
    house: Path | None,
    out: Path | None,
) -> None:
    """Gather what followed each kind of sign and touched level in the past of SYMBOL, against a placebo.

    Candles, crosses, divergences, patterns, breaks, gaps: how often the close stood higher 5 and 12 sessions later, against all
    days and against random days of like volatility. Levels of each kind: how often they were held, broken or reclaimed once
    touched, against random levels at the same distance. p values are corrected for all that was tried (docs/evidence.md).
    """
    from levelhead.forecast.question_table import check_writable

    if out is not None:
        check_writable(out)
    desk = house_file(house, instruments)
    material = gathered(symbol.upper(), bars, source, peers, desk, quarantine=quarantine, rolling=rolling, shape=shape, as_of=as_of)
    progress.step("gathering evidence")
    from levelhead.evaluate.evidence import USUAL, evidence_of
    from levelhead.wire.evidence import evidence_json

    settings = desk.settings.reading if desk.settings is not None else USUAL
    found = evidence_of(material.bars, settings=settings, sessions=material.sessions)
    progress.step("")
    written = evidence_json(found)
    if out is not None:
        out.write_text(written, encoding="utf-8")
    click.echo(written if form == "json" else _drawn(form, written), nl=False)


def _drawn(form: str, written: str) -> str:
    """The table in words; of the evidence as a file has it, so that both print the same."""
    from levelhead.render import evidence as tables
    from levelhead.wire.evidence import read_evidence

    draw = {"text": tables.to_text, "md": tables.to_markdown, "html": tables.to_html}[form]
    return draw(read_evidence(written))
