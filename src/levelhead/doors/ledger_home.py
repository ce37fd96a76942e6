"""Which ledger a command works on: the one named, else that of the environment, else the one in the user's data folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from levelhead.domain.errors import BadLedger
from levelhead.doors.home import home

if TYPE_CHECKING:
    from levelhead.ledger.store import Ledger

VARIABLE = "LEVELHEAD_LEDGER"
FILE = "ledger.sqlite"
Command = TypeVar("Command", bound=Callable[..., Any])


def ledger_option(command: Command) -> Command:
    """Adds --ledger; the command takes `ledger: str | None` and hands it to `open_ledger`."""
    return click.option(
        "--ledger",
        metavar="URL",
        help=f"The ledger: a file, or postgresql://... Default: ${VARIABLE}, else {FILE} in the data folder.",
    )(command)


def ledger_url(url: str | None) -> str:
    """The ledger that is meant: a path or a database URL."""
    named = (url or os.environ.get(VARIABLE, "")).strip()
    if named:
        return named if "://" in named else str(Path(named).expanduser())
    folder = home()
    if "://" in folder:
        raise BadLedger(f"The data folder {folder} is no place for a ledger; name one with --ledger or {VARIABLE}.")
    return str(Path(folder) / FILE)


def open_ledger(url: str | None, *, create: bool = False) -> Ledger:
    """The ledger, open. Raises BadLedger where there is none, unless `create` makes it, or where it cannot be opened."""
    from levelhead.ledger.store import Ledger

    return Ledger.open(ledger_url(url), create=create)
