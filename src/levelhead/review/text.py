"""The text of a note: its characters, and the blocks they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["text", "markdown", "html", "pdf"]
BlockKind = Literal["heading", "paragraph", "item", "row", "rule"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters of `Text.plain` from `start` to `end`, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table's row, without the blanks around it; text == plain[span.start:span.end]."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, list item or table row; text == plain[span.start:span.end].

    level: of a heading 1 to 6, 0 where nothing but its shape shows it; of a list item its depth from 0. cells: of a row, as many
    as its columns, empty ones too. table: which table of the note a row belongs to, counted from 0. is_header: a row that names
    the columns.
    """

    kind: BlockKind
    text: str
    span: Span
    level: int = 0
    cells: tuple[Cell, ...] = ()
    table: int | None = None
    is_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A note as it can be read.

    plain: what a person sees, line by line, without markup. blocks: in reading order, none overlapping. form: what it came as.
    digest: 'sha256:' and the hash of the bytes as they were given. remarks: whole sentences about what could not be opened.
    starts: where in `plain` each line of the text as it was given begins; () where these are the lines of `plain`.
    """

    plain: str
    blocks: tuple[Block, ...]
    form: Form
    digest: str
    remarks: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
