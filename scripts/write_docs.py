"""Writes what is generated of the documentation: docs/commands.md from the command line itself, docs/note.png from the sample."""

from __future__ import annotations

from pathlib import Path

import click

from levelhead.doors.cli import main as levelhead

DOCS = Path(__file__).resolve().parents[1] / "docs"
WIDTH = 100


def commands() -> str:
    """The command reference as Markdown."""
    parts = ["# Commands", "", "Written by `make docs` from `--help`; exit codes: 0 done, 1 findings, 2 bad input.", ""]
    top = click.Context(levelhead, info_name="levelhead", terminal_width=WIDTH, max_content_width=WIDTH)
    parts += ["```text", levelhead.get_help(top), "```", ""]
    for name in levelhead.list_commands(top):
        command = levelhead.get_command(top, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=top, terminal_width=WIDTH, max_content_width=WIDTH)
        parts += [f"## levelhead {name}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(parts)


def picture() -> bytes:
    """The chart of the README: the sample's last note."""
    import levelhead as lh

    return lh.compose_note(lh.sample_bars("IXIC"), peers=[lh.sample_bars("SPX")]).to_png()


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    (DOCS / "commands.md").write_text(commands(), encoding="utf-8")
    (DOCS / "note.png").write_bytes(picture())
