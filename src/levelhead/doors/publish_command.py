"""levelhead publish: a note enters the ledger, before its outcome is known."""

from __future__ import annotations

import click

from levelhead.doors import progress
from levelhead.doors.ledger_home import ledger_option, open_ledger

EXAMPLES = """\b
Examples:
  levelhead publish notes/RTY-2025-03-13
  levelhead publish note.json --author "A. Nother" --source https://example.com/note.html
  levelhead publish old.json --replayed
"""


@click.command(epilog=EXAMPLES)
@click.argument("note")
@click.option("--author", metavar="NAME", help="Whose note it is. Default: the note's own house, as desk/author.")
@click.option("--source", default="", metavar="TEXT", help="Where the note comes from: an address, a name.")
@click.option("--replayed", is_flag=True, help="Enter it as replayed even where it could be live.")
@ledger_option
def publish(note: str, author: str | None, source: str, replayed: bool, ledger: str | None) -> None:
    """Put NOTE into the ledger, and print the hash of its entry.

    NOTE is a note.json, the folder it lies in, or - for stdin. It is live where its path has not opened yet by the clock, else
    replayed. The same note of the same author twice is one entry.
    """
    from levelhead.doors.publishing import default_author, in_words, publish_now, read_document

    document = read_document(note)
    whose = author or default_author(document)
    with open_ledger(ledger, create=True) as kept:
        published = publish_now(kept, document, author=whose, source=source, replayed=replayed)
        name = f"{kept.find(published.hash).name}"
    click.echo(in_words(published, name, whose))
    if published.is_new and published.standing == "replayed" and not replayed:
        progress.say("it enters as replayed: the first bar of its path had opened, or the note says so itself.")
