"""levelhead verify: whether the ledger is as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress
from levelhead.doors.exit_codes import FINDINGS
from levelhead.doors.ledger_home import ledger_option, open_ledger

if TYPE_CHECKING:
    from levelhead.ledger.kept import Sealed

EXAMPLES = """\b
Examples:
  levelhead verify
  levelhead verify --head sha256:5bcdcd86c9a679321fd26f2d7bdbb4b85ce465998687db348f7917807983cfa7
  levelhead verify --seals seals/ --ledger postgresql://desk@server/ledger
"""


@click.command(epilog=EXAMPLES)
@click.option("--head", metavar="HASH", help="The hash of a sealed head, which must be in the chain.")
@click.option(
    "--seals", type=click.Path(path_type=Path), multiple=True, metavar="FILE", help="Kept seals, or a folder of them; repeat it."
)
@ledger_option
def verify(head: str | None, seals: tuple[Path, ...], ledger: str | None) -> None:
    """Hash every entry of the ledger again, and derive every other row again.

    Names each row that was changed, is missing, out of its place, dated back or added since; exit code 1 where there is one. What
    it proves ends with the last sealed head it is given, and it says so.
    """
    from levelhead.doors.publishing import sessions_of
    from levelhead.ledger.verify import limits

    kept_seals = [seal for place in seals for seal in _seals_in(place)]
    with open_ledger(ledger) as kept:
        progress.step("verifying")
        faults = kept.verify(head, seals=kept_seals, sessions=sessions_of)
        progress.step("")
        for fault in faults:
            click.echo(f"{fault.kind:11} {fault.text}")
        count, sealed = len(kept), kept.last_sealed(head, seals=kept_seals)
    found = "nothing amiss" if not faults else "1 finding" if len(faults) == 1 else f"{len(faults):,} findings"
    click.echo(f"{kept.name}: {count:,} {'entry' if count == 1 else 'entries'}, {found}.")
    click.echo(limits(count, sealed, was_given=head is not None or bool(seals)))
    if faults:
        raise click.exceptions.Exit(FINDINGS)


def _seals_in(place: Path) -> list[Sealed]:
    """The seals in a file, or in every text file of a folder."""
    from levelhead.domain.errors import BadLedger
    from levelhead.ledger.seal import read_seals

    files = sorted(place.glob("*.txt")) if place.is_dir() else [place]
    try:
        found = [seal for file in files for seal in read_seals(file.read_text(encoding="utf-8"), where=str(file))]
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise BadLedger(f"The seals in {place} cannot be read ({why}); give what `levelhead ledger seal --out` wrote.") from None
    if not found:
        raise BadLedger(f"{place} holds no seal; give what `levelhead ledger seal --out` wrote.")
    return found
