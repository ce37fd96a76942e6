"""Writes what is generated: docs/commands.md from the command line, docs/note.png from the sample, the schemas in the package."""

from __future__ import annotations

import json
from pathlib import Path

import click

from levelhead.doors.cli import main as levelhead

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SCHEMA = ROOT / "src" / "levelhead" / "wire" / "note.schema.json"
SCORECARD_SCHEMA = ROOT / "src" / "levelhead" / "ledger" / "scorecard.schema.json"
REVIEW = ROOT / "src" / "levelhead" / "review"
WIDTH = 100


def commands() -> str:
    """The command reference as Markdown."""
    head = ["# Commands", "", "Written by `make docs` from `--help`; exit codes: 0 done, 1 findings, 2 bad input.", ""]
    return "\n".join([*head, *_helped(levelhead, "levelhead", None)])


def _helped(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    """The help of a command and of all below it; the first has no heading of its own."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    heading = [f"## {context.command_path}", ""] if parent is not None else []
    parts = [*heading, "```text", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            parts += _helped(found, below, context)
    return parts


def picture() -> bytes:
    """The chart of the README: the sample's last note."""
    import levelhead as lh

    return lh.compose_note(lh.sample_bars("IXIC"), peers=[lh.sample_bars("SPX")]).to_png()


def note_schema() -> str:
    """The JSON Schema of a note, as it is published with the package."""
    from levelhead.wire.document import schema

    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"


def scorecard_schema() -> str:
    """The JSON Schema of a scorecard, as it is published with the package."""
    from levelhead.ledger.scorecard import scorecard_schema as schema

    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"


def reading_schema() -> str:
    """The JSON Schema of the reading of a note."""
    from levelhead.review.document import reading_schema as schema

    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"


def check_schema() -> str:
    """The JSON Schema of the check of a note."""
    from levelhead.review.document import check_schema as schema

    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    (DOCS / "commands.md").write_text(commands(), encoding="utf-8")
    SCHEMA.write_text(note_schema(), encoding="utf-8")
    SCORECARD_SCHEMA.write_text(scorecard_schema(), encoding="utf-8")
    (REVIEW / "reading.schema.json").write_text(reading_schema(), encoding="utf-8")
    (REVIEW / "check.schema.json").write_text(check_schema(), encoding="utf-8")
    (DOCS / "note.png").write_bytes(picture())
