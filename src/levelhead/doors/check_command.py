"""levelhead check: anybody's note held against the bars and against itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress
from levelhead.doors.exit_codes import FINDINGS
from levelhead.doors.options import as_of_option, bars_options
from levelhead.doors.others_note import symbol_option
from levelhead.doors.shape import Shape, shape_options

if TYPE_CHECKING:
    from levelhead.wire.document import Document

EXAMPLES = """\b
Examples:
  levelhead check note.txt --bars rty.csv
  levelhead check note.txt --bars rty.csv --as-of 2025-11-24
  levelhead check note.pdf --source sample --symbol IXIC
  levelhead check note.html --json | jq '.verdicts[] | select(.verdict == "wrong")'
"""
ORDER = ("wrong", "contradicts itself", "right", "cannot be checked")
HOW = {
    "given": "the day given",
    "printed": "the day it prints",
    "inferred": "the day its figures fit best",
    "last": "the last bar, since it prints no day and its figures fit none",
}


@click.command(epilog=EXAMPLES)
@click.argument("note")
@bars_options
@shape_options
@symbol_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
@click.pass_context
def check(
    ctx: click.Context,
    note: str,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    symbol: str | None,
    as_of: dt.date | None,
    as_json: bool,
) -> None:
    """Check NOTE: each statement that bars can confirm or deny, and whether its own words agree with each other.

    NOTE is text, Markdown, HTML or PDF, or - for stdin. Without --bars the bars come from where those of `levelhead note` do. Only
    bars up to the note's day are looked at: the one given, the one it prints, or the one its figures fit. Exit code 1 where
    something is wrong.
    """
    from levelhead.doors.note_command import house_file
    from levelhead.doors.others_note import bars_of_note, held_to, read_place
    from levelhead.doors.safe_words import terminal_width
    from levelhead.review.check import check_note
    from levelhead.review.document import check_document
    from levelhead.wire.document import canonical

    progress.step("reading the note")
    found, name = read_place(note)
    progress.step("checking it")
    described = house_file(None, instruments).instruments
    loaded = bars_of_note(
        found, symbol=symbol, bars=bars, source=source, described=described, quarantine=quarantine, as_of=as_of, shape=shape
    )
    on = held_to(found, loaded, as_of)
    for sentence in on.said:
        progress.say(sentence)
    given = on.day if as_of is not None else None
    verdicts = check_note(found, on.bars, as_of=given, sessions=on.sessions)
    seen = on.bars.until(on.day)
    document = check_document(found, verdicts, name=name, symbol=on.bars.instrument.symbol, as_of=seen.as_of, bars=seen.digest())
    progress.step("")
    click.echo(canonical(document) if as_json else check_text(document, terminal_width(), how=on.how), nl=not as_json)
    if document["wrong"]:
        ctx.exit(FINDINGS)


def check_text(document: Document, width: int, *, how: str = "given") -> str:
    """The verdicts as a table: where, verdict, statement, what the bars say."""
    from levelhead.doors.safe_words import safe, table

    counts = document["counts"]
    counted = ", ".join(f"{counts[name]} {name}" for name in ORDER if counts.get(name))
    title = f"{safe(document['source']['name'], 60)}: {document['symbol']} held to {document['as_of']}, {HOW[how]}"
    if not document["verdicts"]:
        return f"{title}\nIt says nothing that bars could confirm or deny."
    rest = width - 7 - 18 - 3 * 2
    widths = (7, 18, rest * 2 // 5, rest - rest * 2 // 5)
    rows = [("where", "verdict", "statement", "what the bars say")]
    for row in document["verdicts"]:
        place = row["place"]
        rows.append((f"{place['line']}:{place['column']}", row["verdict"], row["statement"], row["bars_say"]))
    remarks = [safe(remark) for remark in document["source"]["remarks"]]
    return "\n".join([title, *remarks, "", *table(rows, widths), "", f"{counted}."])
