"""levelhead diff: what changed from one note to the next."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors.ledger_home import ledger_option, open_ledger

if TYPE_CHECKING:
    from levelhead.wire.document import Document

WIDEST = 110
EXAMPLES = """\b
Examples:
  levelhead diff notes/RTY-2025-11-03 notes/RTY-2025-11-10
  levelhead diff RTY-2025-11-03 RTY-2025-11-10 --ledger desk.sqlite
  levelhead diff sha256:4f1c09 notes/RTY-2025-11-10/note.json --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("note_a")
@click.argument("note_b")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@ledger_option
def diff(note_a: str, note_b: str, as_json: bool, ledger: str | None) -> None:
    """Show what changed from NOTE_A to NOTE_B: levels, probabilities and why they moved, setups, biases.

    Each is a note.json, the folder it lies in, or a note of the ledger by its hash or as RTY-2025-03-13.
    """
    from levelhead.ledger.diff import changes, changes_document

    earlier, later = (_document(name, ledger) for name in (note_a, note_b))
    found = changes_document(changes(earlier, later))
    if as_json:
        from levelhead.wire.document import canonical

        click.echo(canonical(found), nl=False)
        return
    from levelhead.render.changes import changes_text

    click.echo(changes_text(found, later, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)), nl=False)


def _document(name: str, ledger: str | None) -> Document:
    """The note of a file or folder where there is one of that name, else of the ledger."""
    if Path(name).exists():
        from levelhead.doors.publishing import read_document

        return read_document(name)
    with open_ledger(ledger) as opened:
        return opened.find(name).document
