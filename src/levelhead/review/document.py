"""A reading and a check as JSON: numbers, names and where they stand; the note's whole text only where it is asked for."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from levelhead.review.said import OthersNote
from levelhead.review.text import Form, Span, Text
from levelhead.review.verdict import Verdict
from levelhead.wire.document import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA_VERSION = "1"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Characters `start` to `end` (exclusive) of the note's plain text, which begin in this line and column, counted from 1."""

    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was read. digest: of the bytes as they were given. plain: the text that places are counted in, where it is kept."""

    name: str
    form: Form
    digest: str
    characters: int
    remarks: tuple[str, ...]
    plain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A day on which the note's figures hold, and how well."""

    date: dt.date
    why: str


class Lines:
    """Where the lines of a text, as it was given, begin."""

    def __init__(self, text: Text) -> None:
        self._starts = text.starts or [0, *(at + 1 for at, character in enumerate(text.plain) if character == "\n")]

    def place(self, span: Span) -> Place:
        """The place of a span."""
        line = bisect.bisect_right(self._starts, span.start)
        return Place(start=span.start, end=span.end, line=line, column=span.start - self._starts[line - 1] + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """One judgement and where the statement stands."""

    statement: str
    verdict: str
    bars_say: str
    rule: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A note held against its bars. as_of: the day it was held to; bars: their digest; wrong: how many statements are."""

    schema_version: str = SCHEMA_VERSION
    source: Source
    symbol: str
    as_of: dt.date
    bars: str
    wrong: int
    counts: dict[str, int]
    verdicts: tuple[CheckedRow, ...]


def source_of(text: Text, name: str, *, keep_text: bool = False) -> Source:
    """The source of a note's text."""
    return Source(
        name=name,
        form=text.form,
        digest=text.digest,
        characters=len(text.plain),
        remarks=text.remarks,
        plain=text.plain if keep_text else None,
    )


def reading_document(note: OthersNote, *, name: str = "", keep_text: bool = False, fits: Sequence[Fit] = ()) -> Document:
    """What a note says as plain JSON values, each with its place. fits: the days that its figures fit, the best one first."""
    lines = Lines(note.text)
    document = _plain({key: getattr(note, key) for key in OthersNote.__slots__ if key != "text"}, lines)
    source = _plain(asdict(source_of(note.text, name, keep_text=keep_text)), lines)
    return {"schema_version": SCHEMA_VERSION, "source": source, **document, "fits": [_plain(asdict(fit), lines) for fit in fits]}


def check_document(note: OthersNote, verdicts: Sequence[Verdict], *, name: str, symbol: str, as_of: dt.date, bars: str) -> Document:
    """The judgements as plain JSON values. bars: the digest of what the note was held against."""
    lines = Lines(note.text)
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.verdict] = counts.get(verdict.verdict, 0) + 1
    rows = tuple(
        CheckedRow(statement=v.statement, verdict=v.verdict, bars_say=v.bars_say, rule=v.rule, place=lines.place(v.span))
        for v in verdicts
    )
    checked = Checked(
        source=source_of(note.text, name),
        symbol=symbol,
        as_of=as_of,
        bars=bars,
        wrong=sum(verdict.is_fault for verdict in verdicts),
        counts=counts,
        verdicts=rows,
    )
    document: Document = _plain(asdict(checked), lines)
    return document


def reading_schema() -> Document:
    """The JSON Schema (2020-12) of `reading_document`."""
    described: Document = _adapter("reading").json_schema(mode="serialization")
    definitions, properties = described["$defs"], described["properties"]
    extra = _adapter("beside").json_schema(mode="serialization")
    definitions.update(extra["$defs"])
    del extra["properties"]["place"]
    for unused in ("Text", "Block", "Cell", "Span"):
        definitions.pop(unused, None)
    _placed(definitions)
    del properties["text"]
    properties |= {"schema_version": {"const": SCHEMA_VERSION}} | extra["properties"]
    described["required"] = sorted(properties)
    return described | {"$schema": DRAFT, "title": "levelhead reading of a note", "additionalProperties": False}


def check_schema() -> Document:
    """The JSON Schema (2020-12) of `check_document`."""
    described: Document = _adapter("check").json_schema(mode="serialization")
    described["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    described["required"] = sorted(described["properties"])
    return described | {"$schema": DRAFT, "title": "levelhead check of a note", "additionalProperties": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What a reading's document has beside the note's own fields, and what it has in place of spans."""

    source: Source
    fits: tuple[Fit, ...]
    place: Place


def _plain(value: Any, lines: Lines) -> Any:
    """JSON values; a span becomes the place it is."""
    if isinstance(value, Span):
        return asdict(lines.place(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each, lines) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each, lines) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {("place" if key == "span" else key): _plain(getattr(value, key), lines) for key in value.__dataclass_fields__}
    return value


def _placed(definitions: Document) -> None:
    """Puts the place where the data model has a span, in place."""
    for definition in definitions.values():
        properties = definition.get("properties", {})
        if "span" in properties:
            properties["place"] = {"$ref": "#/$defs/Place"}
            del properties["span"]
        if properties:
            definition["required"] = sorted(properties)
            definition["additionalProperties"] = False


@cache
def _adapter(which: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    kinds: dict[str, Any] = {"reading": OthersNote, "beside": _Beside, "check": Checked}
    return TypeAdapter(kinds[which])
