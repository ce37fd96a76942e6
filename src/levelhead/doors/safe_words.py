"""A stranger's words on a terminal: on one line, without anything that moves a cursor, changes a colour or turns a line around."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence

WIDEST = 120
NARROWEST = 60


def safe(text: str, most: int = 0) -> str:
    """The text on one line, what cannot be seen as a blank; cut with '…' where it is longer than `most` (0: never)."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if not most or len(line) <= most else line[: most - 1].rstrip() + "…"


def terminal_width() -> int:
    """As wide as the terminal, within what reads well."""
    return max(NARROWEST, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))


def table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Rows of cells, each made safe and wrapped within its column; two blanks lie between columns."""
    lines = []
    for row in rows:
        cells = [textwrap.wrap(safe(cell), width) or [""] for cell, width in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [(cell[number] if number < len(cell) else "").ljust(width) for cell, width in zip(cells, widths, strict=True)]
            lines.append("  ".join(parts).rstrip())
    return lines
