"""levelhead data: the bars that are kept, one file for each subcommand, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

# One line for each, such as "list": "levelhead.doors.data_list_command:list_datasets".
SUBCOMMANDS: dict[str, str] = {
    "check": "levelhead.doors.data_check_command:check",
    "fetch": "levelhead.doors.data_fetch_command:fetch",
    "list": "levelhead.doors.data_list_command:list_datasets",
    "resample": "levelhead.doors.data_resample_command:resample",
    "roll": "levelhead.doors.data_roll_command:roll",
    "show": "levelhead.doors.data_show_command:show",
    "sources": "levelhead.doors.data_sources_command:sources",
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are run or described, not before."""

    def __init__(self, *args: Any, subcommands: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subcommands = subcommands

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in alphabetical order."""
        return sorted({*super().list_commands(ctx), *self.subcommands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, or None."""
        if cmd_name not in self.subcommands:
            return super().get_command(ctx, cmd_name)
        module, _, function = self.subcommands[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command


@click.group(cls=LazyGroup, subcommands=SUBCOMMANDS, epilog="Each subcommand has examples: levelhead data COMMAND --help")
def data() -> None:
    """Fetch bars, keep them, and say what is kept.

    The archive lies in the user's data folder, or where LEVELHEAD_HOME says: a folder, or an address such as s3://bucket/bars.
    """
