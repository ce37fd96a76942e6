"""A note as JSON and back: one mapping, one canonical form, one schema."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from levelhead.domain.errors import BadNote
from levelhead.domain.note import SCHEMA_VERSION, Note, Said

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Document = dict[str, Any]
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def to_document(note: Note) -> Document:
    """The note as plain JSON values. Keys are the dataclasses' own; the ladder is called 'levels'.

    What belongs to futures whose rolls are known, the roll table with what is estimated in it, the adjustment and a level's
    frame, is left out where it says nothing; so are what was known beside the bars, the members of a pool, a level's history and
    a chart's swings.
    """
    document: Document = _adapter().dump_python(note, mode="json")
    document["levels"] = document.pop("ladder")
    _leave_out_unknown_rolls(document["provenance"])
    if not document["series"]["swings"]:
        del document["series"]["swings"]
    for part in ("scenarios", "outlook", "setups", "claims"):
        _leave_out_empty_pools(document[part])
    for level in document["levels"]:
        _leave_out_no_history(level)
    return document


def _leave_out_unknown_rolls(made: Document) -> None:
    """Takes out of a provenance, in place, what it says nothing of: adjustment, rolls, what lay beside the bars."""
    if made["adjustment"] == "none":
        del made["adjustment"]
    for roll in made["rolls"]:
        if roll["gap_error"] is None:
            del roll["gap_error"]
        if not roll["is_date_uncertain"]:
            del roll["is_date_uncertain"]
    for table in ("rolls", "beside"):
        if not made[table]:
            del made[table]


def _leave_out_no_history(level: Document) -> None:
    if level["frame"] == "as given":
        del level["frame"]
    for name in ("key", "kind", "held_on", "broken_on", "reclaimed_on", "history"):
        if not level[name]:
            del level[name]


def to_said(said: Said) -> Document:
    """Of `to_document` what is said about the future and what it takes to settle it, at a tenth of the cost.

    `ledger.statements` finds the same statements in both.
    """
    document: Document = _said_adapter().dump_python(said, mode="json")
    return document


def _leave_out_empty_pools(part: Any) -> None:
    """Takes 'members' out of the chances of `part`, in place, where they are the share of the paths alone."""
    if isinstance(part, dict) and part.get("members") == []:
        del part["members"]
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        if isinstance(value, dict | list):
            _leave_out_empty_pools(value)


def to_json(note: Note) -> str:
    """Canonical JSON: keys sorted, no spaces, shortest float digits, UTF-8, one newline at the end. Same note, same bytes."""
    return canonical(to_document(note))


def canonical(document: Document) -> str:
    """The canonical text of any JSON document of ours. Raises ValueError on numbers that are not finite."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False) + "\n"


def from_json(text: str | bytes, *, where: str = "the note") -> Note:
    """The note in `text`. Raises BadNote where it is no JSON, no note, or of another schema version."""
    from pydantic import ValidationError

    try:
        document = json.loads(text)
    except ValueError as error:
        raise BadNote(f"{where} is not JSON ({error}); give the note.json that levelhead wrote.") from None
    if not isinstance(document, dict) or "schema_version" not in document:
        raise BadNote(f"{where} holds no schema_version; give the note.json that levelhead wrote.")
    if document["schema_version"] != SCHEMA_VERSION:
        raise BadNote(
            f"{where} has schema version {document['schema_version']!r}, this levelhead reads {SCHEMA_VERSION!r}; "
            "write the note again, or use the version that wrote it."
        )
    document["ladder"] = document.pop("levels", None)
    for part in ("facts", "series"):
        _read_moments(document.get(part))
    try:
        return _adapter().validate_python(document, strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the document"
        raise BadNote(f"{where} is not a note: {place}: {first['msg']} ({error.error_count()} such faults).") from None


def _read_moments(document: Any) -> None:
    """Turns the stamps of intraday bars into moments, in place: a bar that starts at midnight has one too, and is no date."""
    if not isinstance(document, dict | list):
        return
    for key, value in document.items() if isinstance(document, dict) else enumerate(document):
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            document[key] = dt.datetime.fromisoformat(value)
        else:
            _read_moments(value)


def schema() -> Document:
    """The JSON Schema (2020-12) of `to_document`."""
    described: Document = _adapter().json_schema(mode="serialization")
    properties = described["properties"]
    properties["levels"] = properties.pop("ladder")
    described["required"] = sorted({"levels" if name == "ladder" else name for name in described["required"]})
    described["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    described["title"] = "levelhead note"
    return described


@cache
def _said_adapter() -> TypeAdapter[Said]:
    from pydantic import TypeAdapter

    return TypeAdapter(Said)


@cache
def _adapter() -> TypeAdapter[Note]:
    from pydantic import TypeAdapter

    return TypeAdapter(Note)
