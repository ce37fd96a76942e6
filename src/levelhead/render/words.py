"""Text with references, resolved: '{sma_50}' becomes '2,229.3', and the reader can ask where it comes from.

A reference is {name}, {name|style}, {name@attribute} or {name@attribute|style}; several styles follow each other ('|abs|0').
A name is a key of the note's facts or estimates. Attributes: date, known_on of a fact; error, base_rate, base_count, windows of
an estimate. A name that begins with '/' is a JSON pointer to another field of the note ('/scenarios/ends_on'). Doubled braces
stand for themselves. Styles are those of `render.numbers.printed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from levelhead.domain.errors import BadNote
from levelhead.render.numbers import printed, quoting_in
from levelhead.wire.document import Document

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_FACT_ATTRIBUTES = {"date": "date", "known_on": "date"}
_ESTIMATE_ATTRIBUTES = {"error": None, "base_rate": None, "base_count": "count", "windows": "count"}  # None: the value's own unit
_FIELD_UNITS = {
    "as_of": "date",
    "ends_on": "date",
    "first": "date",
    "last": "date",
    "fill_within": "sessions",
    "exit_within": "sessions",
    "sessions": "sessions",
    "price": "price",
    "entry": "price",
    "stop": "price",
    "change_at": "price",
    "stop_atr": "ATR",
    "expected_error": "R",
    "r": "R",
    "risk": "dollars",
    "probability": "probability",
    "error": "probability",
    "base_rate": "probability",
    "undecided": "probability",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; ref is the name it was printed from ('sma_50', '/scenarios/ends_on'), None for plain words."""

    text: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference as written: 'sma_50@date|day' has name 'sma_50', attribute 'date', styles ('day',)."""

    name: str
    attribute: str | None
    styles: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> Reference:
        """The reference between two braces."""
        target, *styles = written.split("|")
        name, _, attribute = target.partition("@")
        return cls(name=name, attribute=attribute or None, styles=tuple(styles))

    @property
    def target(self) -> str:
        """Name and attribute, without styles."""
        return self.name if self.attribute is None else f"{self.name}@{self.attribute}"

    def __str__(self) -> str:
        return "{" + "|".join((self.target, *self.styles)) + "}"


def spans(text: str, document: Document) -> tuple[Span, ...]:
    """`text` cut into plain words and printed references, in order. Raises BadNote for a reference that cannot be printed."""
    return tuple(Span(piece) if isinstance(piece, str) else Span(value(piece, document), piece.name) for piece in pieces(text))


def plain(text: str, document: Document) -> str:
    """`text` with its references printed."""
    return "".join(span.text for span in spans(text, document))


def pieces(text: str) -> Iterator[str | Reference]:
    """Plain words and references of `text`, in order, nothing resolved. Raises BadNote for a brace that stands alone."""
    words, end = "", 0
    for match in _PIECE.finditer(text):
        words += text[end : match.start()]
        end = match.end()
        if match[0] in ("{{", "}}"):
            words += match[0][0]
        elif match[1] is None:
            raise BadNote(f"The text {text!r} holds a brace that belongs to no reference; write it twice to print it.")
        else:
            if words:
                yield words
            words = ""
            yield Reference.of(match[1])
    words += text[end:]
    if words:
        yield words


def literal(text: str) -> str:
    """`text` as text with references that prints exactly itself."""
    return text.replace("{", "{{").replace("}", "}}")


def value(reference: Reference, document: Document) -> str:
    """What a reference prints. Raises BadNote naming the reference that is unknown, empty or not printable in that style."""
    stored, unit = stored_value(reference, document)
    if stored is None or isinstance(stored, bool) or not isinstance(stored, int | float | str):
        raise BadNote(
            f"The reference {reference} points at {stored!r}, which cannot be printed; point it at a number, date or word."
        )
    styles = reference.styles
    if reference.attribute == "error" and unit in ("probability", "R"):  # a size, and small beside its value
        styles = (*styles, "abs", *(() if any(s.isdigit() for s in styles) else ("1" if unit == "probability" else "2",)))
    try:
        return printed(stored, unit, house=document["house"], quoting=quoting_in(document), styles=styles)
    except ValueError as error:
        raise BadNote(f"The reference {reference} cannot be printed: {error}.") from None


def stored_value(reference: Reference, document: Document) -> tuple[Any, str]:
    """The stored value behind a reference, and its unit. Raises BadNote where there is none."""
    if reference.name.startswith("/"):
        return _field(reference, document)
    entry, attributes = _entry(reference, document)
    if reference.attribute is None:
        return entry["value"], entry["unit"]
    if reference.attribute not in attributes:
        raise BadNote(f"The reference {reference} asks for an attribute that is not one of {', '.join(sorted(attributes))}.")
    stored = entry[reference.attribute]
    if stored is None:
        raise BadNote(f"The reference {reference} asks for the {reference.attribute} of {reference.name}, which has none.")
    return stored, attributes[reference.attribute] or entry["unit"]


def known(name: str, document: Document) -> bool:
    """Whether the note has a fact or estimate of that name."""
    return name in document["facts"] or name in document["estimates"]


def _entry(reference: Reference, document: Document) -> tuple[dict[str, Any], Mapping[str, str | None]]:
    for part, attributes in (("facts", _FACT_ATTRIBUTES), ("estimates", _ESTIMATE_ATTRIBUTES)):
        if reference.name in document[part]:
            return document[part][reference.name], attributes
    raise BadNote(f"The reference {reference} names no fact or estimate of this note.")


def _field(reference: Reference, document: Document) -> tuple[Any, str]:
    """Another field of the note, by JSON pointer (RFC 6901)."""
    found: Any = document
    keys = [key.replace("~1", "/").replace("~0", "~") for key in reference.name[1:].split("/")]
    try:
        for key in keys:
            found = found[int(key)] if isinstance(found, list) else found[key]
    except (KeyError, IndexError, TypeError, ValueError):
        raise BadNote(f"The reference {reference} points at no field of this note.") from None
    return found, _FIELD_UNITS.get(keys[-1], "word" if isinstance(found, str) else "count")
