"""levelhead publish: a note enters the ledger, before its outcome is known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from levelhead.doors import progress
from levelhead.doors.ledger_home import ledger_option, open_ledger
from levelhead.doors.options import as_of_option
from levelhead.doors.others_note import symbol_option
from levelhead.doors.shape import AS_THEY_ARE, Shape, shape_options

EXAMPLES = """\b
Examples:
  levelhead publish notes/RTY-2025-03-13
  levelhead publish note.json --author "A. Nother" --source https://example.com/note.html
  levelhead publish old.json --replayed
\b
  levelhead publish theirs.txt --author "A. Nother" --source https://example.com/note.html --bars rty.csv
  levelhead publish theirs.pdf --author "A. Nother" --as-of 2025-03-13
"""


@click.command(epilog=EXAMPLES)
@click.argument("note")
@click.option("--author", metavar="NAME", help="Whose note it is. Default: the note's own house, as desk/author.")
@click.option("--source", default="", metavar="TEXT", help="Where the note comes from: an address, a name.")
@click.option("--replayed", is_flag=True, help="Enter it as replayed even where it could be live.")
@click.option("--bars", type=click.Path(path_type=Path), metavar="FILE", help="Of a note in words: the bars of its instrument.")
@shape_options
@symbol_option
@as_of_option
@click.option("--keep-text", is_flag=True, help="Of a note in words: keep its whole text in the ledger too.")
@ledger_option
def publish(
    note: str,
    author: str | None,
    source: str,
    replayed: bool,
    bars: Path | None,
    shape: Shape,
    symbol: str | None,
    as_of: dt.date | None,
    keep_text: bool,
    ledger: str | None,
) -> None:
    """Put NOTE into the ledger, and print the hash of its entry.

    NOTE is a note.json, the folder it lies in, or - for stdin. It is live where its path has not opened yet by the clock, else
    replayed. The same note of the same author twice is one entry.

    NOTE may also be anybody's note in words: text, Markdown, HTML or PDF. Its scenarios, setups, levels and biases enter as claims,
    each under every reading its words allow; how they were understood is printed and kept. The same claims enter beside it as
    levelhead prices them on the bars up to that day. Of the text itself its hash is kept, and where each figure stands.
    """
    from levelhead.doors.publish_others import is_theirs

    if is_theirs(note):
        _theirs(note, author, source, bars, shape, symbol, as_of, ledger, keep_text=keep_text, replayed=replayed)
        return
    if bars is not None or symbol is not None or as_of is not None or keep_text or shape != AS_THEY_ARE:
        raise click.UsageError(
            "--bars, --timeframe, --symbol, --as-of and --keep-text are for a note in words; a note.json holds all that."
        )
    _ours(note, author, source, ledger, replayed=replayed)


def _ours(note: str, author: str | None, source: str, ledger: str | None, *, replayed: bool) -> None:
    from levelhead.doors.publishing import default_author, in_words, publish_now, read_document

    document = read_document(note)
    whose = author or default_author(document)
    with open_ledger(ledger, create=True) as kept:
        published = publish_now(kept, document, author=whose, source=source, replayed=replayed)
        name = f"{kept.find(published.hash).name}"
    click.echo(in_words(published, name, whose))
    if published.is_new and published.standing == "replayed" and not replayed:
        progress.say("it enters as replayed: the first bar of its path had opened, or the note says so itself.")


def _theirs(
    note: str,
    author: str | None,
    source: str,
    bars: Path | None,
    shape: Shape,
    symbol: str | None,
    as_of: dt.date | None,
    ledger: str | None,
    *,
    keep_text: bool,
    replayed: bool,
) -> None:
    from levelhead.domain.errors import BadNote
    from levelhead.doors.claims_document import OURS
    from levelhead.doors.clock import now
    from levelhead.doors.others_note import bars_of_note, held_to, read_place
    from levelhead.doors.publish_others import interpretation_text, interpreted, publish_theirs
    from levelhead.doors.publishing import in_words
    from levelhead.doors.safe_words import safe, terminal_width

    progress.step("reading the note")
    found, name = read_place(note)
    whose = author or found.author
    if not whose:
        raise BadNote("The note does not say whose it is; give --author.")
    on = held_to(found, bars_of_note(found, symbol=symbol, bars=bars, source=None, as_of=as_of, shape=shape), as_of)
    if on.how == "last":
        raise BadNote(f"{name} prints no day and its figures fit none of these bars; give the day it was made with --as-of.")
    for sentence in on.said:
        progress.say(sentence)
    if on.how == "inferred":
        progress.say(f"no day is printed that the bars cover; {on.day} is the one its figures fit best. Give --as-of for another.")
    theirs = interpreted(found, name, on)
    progress.step("publishing")
    with open_ledger(ledger, create=True) as kept:
        published = publish_theirs(kept, theirs, author=whose, source=source, moment=now(), keep_text=keep_text, replayed=replayed)
        names = [kept.find(each.hash).name for each in published]
    progress.step("")
    click.echo(interpretation_text(theirs, terminal_width()))
    click.echo("")
    for each, called, by in zip(published, names, (safe(whose), OURS), strict=False):
        click.echo(in_words(each, called, by))
