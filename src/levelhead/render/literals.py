"""The digits of a note that came from no reference: there should be none but those in names of the trade."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from levelhead.render import markdown
from levelhead.render.numbers import long_date
from levelhead.render.sentences import what_stands
from levelhead.render.words import spans
from levelhead.wire.document import Document

NAMES_OF_THE_TRADE = re.compile(
    r"\b\d+-(?:day|week|month|bar|session|minute|hour)s?\b"  # 50-day average, 52-week high
    r"|\b(?:RSI|ADX|ATR|SMA|EMA)\(\d+\)"
    r"|\bMACD\(\d+, ?\d+, ?\d+\)"
    r"|\bover (?:20|60) (?:sessions|bars)\b"  # the two spans of relative strength
    r"|\b[RSP]\d\b"  # pivots
    r"|\bsha256\b"
)


def literal_digits(document: Document) -> list[str]:
    """Every run of digits in the note's texts and its Markdown that no reference printed, with the words around it.

    Left out: names of the trade, the names of instruments and contracts, what stands at a level, the note's date in its title,
    what is not yet known (it counts bars that no fact could be made of), and everything from the provenance on, which names
    files, hashes and versions.
    """
    page = markdown.template(document).partition(markdown.PROVENANCE)[0].partition(markdown.NOT_YET_KNOWN)[0]
    found: dict[str, None] = {}
    for text in (*texts(document), page):
        for span in spans(text, document):
            if span.ref is None:
                found.update(dict.fromkeys(_digits(_without_names(span.text, document))))
    return list(found)


def texts(document: Document) -> Iterator[str]:
    """Every text with references that the note holds, whether a page prints it or not."""
    yield from (document["title"], document["headline"], *document["morning"])
    yield from (text for line in document["summary"] for text in (line["label"], line["text"]))
    yield from (text for section in document["sections"] for text in (section["title"], *section["paragraphs"]))
    yield from (text for row in document["outlook"] for text in (row["reason"], row["change"]))
    if document["scenarios"] is not None:
        yield from (document["scenarios"]["rule"], document["scenarios"]["decides"])
        yield from (s[part] for s in document["scenarios"]["scenarios"] for part in ("title", "trigger", "comment"))
    if document["setups"] is not None:
        yield document["setups"]["none_because"]
        for plan in (*document["setups"]["plans"], document["setups"]["best"]):
            yield from () if plan is None else (plan["title"], plan["reason"], plan["sizing_words"])


def _digits(text: str) -> Iterator[str]:
    for match in re.finditer(r"\d+", text):
        yield " ".join(text[max(0, match.start() - 20) : match.end() + 20].split())


def _without_names(text: str, document: Document) -> str:
    for name in sorted(_names(document), key=len, reverse=True):
        text = text.replace(name, "").replace(markdown.escape(name), "")
    return NAMES_OF_THE_TRADE.sub("", text)


def _names(document: Document) -> set[str]:
    instrument: dict[str, Any] = document["instrument"]
    as_of = dt.date.fromisoformat(document["as_of"])
    names = {instrument[key] for key in ("name", "short_name", "symbol", "micro")} | {document["contract"]}
    names |= {peer["symbol"] for peer in document["provenance"]["peers"]}
    names |= {label for level in document["levels"] for label in (level["label"], what_stands(level, document))}
    names |= {long_date(as_of), as_of.isoformat(), document["house"]["desk"], document["house"]["author"]}
    provisional = document["provenance"]["provisional"]
    return {name for name in names | {provisional["at"] if provisional else None} if name}
