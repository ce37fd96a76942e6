"""levelhead ledger: the ledger itself."""

from __future__ import annotations

from pathlib import Path

import click

from levelhead.doors.ledger_home import ledger_option, open_ledger

EXAMPLES = """\b
Examples:
  levelhead ledger seal
  levelhead ledger seal --out seals.txt && git commit -m "Seal of the ledger" seals.txt
  levelhead ledger seal --out seals/2025-03-14.txt
"""


@click.group()
def ledger() -> None:
    """The ledger itself: seal it."""


@ledger.command(epilog=EXAMPLES)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Also add the line to this file.")
@ledger_option
def seal(out: Path | None, ledger: str | None) -> None:
    """Print the hash of the ledger's head, to be kept where nobody can change it.

    Whoever has it can show with `levelhead verify --head` that no entry before it was touched since. docs/ledger.md says where to
    keep it and why.
    """
    from levelhead.ledger.seal import seal_line

    with open_ledger(ledger) as kept:
        line = seal_line(kept.seal())
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    click.echo(line)
