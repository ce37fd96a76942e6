"""What a person sees while they wait: one line on a terminal, nothing in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TypeVar

import click

Item = TypeVar("Item")
_CLEAR = "\r\x1b[K"


def step(words: str) -> None:
    """Shows what is being done; '' clears the line. Nothing where stderr is no terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{_CLEAR}{words}{' ...' if words else ''}")
        sys.stderr.flush()


def say(words: str) -> None:
    """One line on stderr that stays."""
    step("")
    click.echo(f"levelhead: {words}", err=True)


def counted(items: Iterable[Item], label: str) -> AbstractContextManager[Iterable[Item]]:
    """A progress bar over `items` on a terminal; the items alone elsewhere."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())
