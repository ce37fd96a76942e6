"""The command line: one group, one file for each command, and what becomes of an error.

Exit codes: 0 done; 1 findings (a check found something wrong); 2 bad input; 130 stopped by the user. Nothing heavy is imported
here: `levelhead --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from levelhead.domain.errors import LevelheadError
from levelhead.doors.check_command import check
from levelhead.doors.correct_command import correct
from levelhead.doors.data_command import data
from levelhead.doors.diff_command import diff
from levelhead.doors.evaluate_command import evaluate
from levelhead.doors.evidence_command import evidence
from levelhead.doors.exit_codes import BAD_INPUT, PIPE_CLOSED, STOPPED
from levelhead.doors.explain_command import explain
from levelhead.doors.fit_command import fit
from levelhead.doors.ledger_command import ledger
from levelhead.doors.note_command import note
from levelhead.doors.price_command import price
from levelhead.doors.publish_command import publish
from levelhead.doors.read_command import read
from levelhead.doors.repaint_command import repaint
from levelhead.doors.scorecard_command import scorecard
from levelhead.doors.settle_command import settle
from levelhead.doors.status_command import status
from levelhead.doors.verify_command import verify


class Refusal(click.ClickException):
    """An error of ours as one sentence on stderr, without a traceback."""

    exit_code = BAD_INPUT

    def show(self, file: Any = None) -> None:
        """Prints 'levelhead: ' and the sentence; what it quotes of a stranger's file moves no cursor."""
        words = "".join(character if character.isprintable() or character == "\n" else " " for character in self.message)
        click.echo(f"levelhead: {words}", err=True, file=file)


class Door(click.Group):
    """The group of commands; maps what goes wrong in one to a sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command that was asked for."""
        try:
            return super().invoke(ctx)
        except LevelheadError as error:
            raise Refusal(str(error)) from None
        except BrokenPipeError:
            # The reader of our output has gone ('| head'): say nothing, neither now nor when the interpreter flushes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        except OSError as error:
            raise Refusal(f"{error.filename or 'the file system'}: {error.strerror or error}.") from None
        except KeyboardInterrupt:
            click.echo("levelhead: stopped; no file was left half-written.", err=True)
            ctx.exit(STOPPED)


@click.group(cls=Door, epilog="Each command has examples: levelhead COMMAND --help")
@click.version_option(package_name="levelhead", message="levelhead %(version)s")
def main() -> None:
    """Writes a technical-analysis note whose every number can be recomputed and whose every forecast can be scored."""


for command in (
    note,
    explain,
    price,
    repaint,
    data,
    evaluate,
    evidence,
    fit,
    read,
    check,
    publish,
    settle,
    status,
    scorecard,
    diff,
    correct,
    verify,
    ledger,
):
    main.add_command(command)
