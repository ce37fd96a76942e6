"""levelhead correct: an erratum beside a note; nothing is taken back."""

from __future__ import annotations

import click

from levelhead.doors.ledger_home import ledger_option, open_ledger

EXAMPLES = """\b
Examples:
  levelhead correct RTY-2025-03-13 --reason "The stop of setup 1 was meant to be 1990."
  levelhead correct sha256:5bcdcd86c9a6 --reason "Wrong contract." --replaced-by notes/RTY-2025-03-14
"""


@click.command(epilog=EXAMPLES)
@click.argument("note")
@click.option("--reason", required=True, metavar="TEXT", help="What was wrong, for those who read the record.")
@click.option("--replaced-by", metavar="NOTE", help="The published note that stands for it now.")
@ledger_option
def correct(note: str, reason: str, replaced_by: str | None, ledger: str | None) -> None:
    """Add an erratum to a published NOTE, and print the hash of its entry.

    NOTE is the hash of its entry or the beginning of one, a name such as RTY-2025-03-13, a note.json or its folder. The note
    stays as it is and is scored as it is, and so is the one that replaces it.
    """
    from levelhead.doors.clock import now
    from levelhead.doors.publishing import find_kept

    with open_ledger(ledger) as kept:
        wrong = find_kept(kept, note)
        other = None if replaced_by is None else find_kept(kept, replaced_by).hash
        erratum = kept.correct(wrong.hash, reason=reason, corrected_at=now(), replaced_by=other)
    before = "" if erratum.is_new else ", kept before"
    click.echo(f"{erratum.hash} entry {erratum.seq}: erratum to {wrong.name} by {wrong.author}{before}")
