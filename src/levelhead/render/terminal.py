"""The note's summary for a terminal: what a trader reads before opening the page."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from levelhead.domain.note import HYPOTHETICAL
from levelhead.render import sentences as say
from levelhead.render.bar_words import ahead
from levelhead.render.changes import Changed
from levelhead.render.words import plain
from levelhead.wire.document import Document

Paint = Callable[[str, str], str]
_CODES = {"head": "1", "up": "34", "down": "33"}  # bold; blue and orange, which survive colour blindness


def to_terminal(document: Document, width: int = 80, *, colour: bool = False, changed: Changed | None = None) -> str:
    """Masthead, verdict, summary, ladder, scenarios, setups, outlook, what changed, in lines of at most `width` characters.

    No line ends in a space and no control character of the note's own strings reaches the terminal; colour adds ANSI codes.
    """
    paint = _painted if colour else _unpainted
    parts = (_masthead, _summary, _ladder, _scenarios, _setups, _outlook, _not_yet_known)
    blocks = [block for block in (part(document, width, paint) for part in parts) if block]
    if changed is not None:
        rows = (line for text in changed.sentences for line in _wrapped(_clean(text), width, first="  ", indent=4))
        blocks.append([*_heading(changed.title, width, paint), *rows])
    if document["standing"] == "replayed" and (document["scenarios"] or document["outlook"] or document["setups"]):
        blocks.append(_wrapped(HYPOTHETICAL, width))
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks) + "\n"


def _masthead(document: Document, width: int, paint: Paint) -> list[str]:
    place = f"{_said(say.contract(document), document)} · {_said(say.session(document), document)} · {say.standing(document)}"
    last = f"Last {_said(say.last_price(document), document)}, {_said(say.taken(document), document)}"
    title, headline = (_heading(_said(document[part], document), width, paint) for part in ("title", "headline"))
    morning = _wrapped(" ".join(_said(sentence, document) for sentence in document["morning"]), width)
    return [*title, *_wrapped(place, width), *_wrapped(last, width), "", *headline, *([""] if morning else []), *morning]


def _summary(document: Document, width: int, paint: Paint) -> list[str]:
    rows = [(_clean(line["label"]), _said(line["text"], document)) for line in document["summary"]]
    left = max((len(label) for label, _ in rows), default=0)
    return [line for label, text in rows for line in _wrapped(text, width, first=f"{label:<{left}}  ", indent=left + 2)]


def _ladder(document: Document, width: int, paint: Paint) -> list[str]:
    """The levels, highest first, with the last price between resistance and support."""
    rows = [_level(level, document) for level in document["levels"]]
    above = sum(level["side"] == "resistance" for level in document["levels"])
    columns = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
    lines: list[str] = []
    for i, row in enumerate(rows):
        if i == above:
            lines.append(_at_last(document, columns[0]))
        first = f"  {row[0]:<{columns[0]}}  {row[1]:>{columns[1]}}  {row[2]:>{columns[2]}}  "
        lines += _wrapped(row[3], width, first=first, indent=len(first))
    if rows and above == len(rows):
        lines.append(_at_last(document, columns[0]))
    return [*_heading("Key levels (zone, points and ATR from the last price)", width, paint), *lines] if rows else []


def _level(level: dict[str, Any], document: Document) -> Sequence[str]:
    key = f"level.{level['name']}"
    zone, points, atr = (
        plain(text, document) for text in (say.zone(level, document), f"{{{key}.points}}", f"{{{key}.atr|signed}}")
    )
    touched = plain(f"{{{key}.touches}}", document)
    touches = f", {touched} touch{'' if level['touches'] == 1 else 'es'}" if level["touches"] else ""
    became = plain(say.history(level), document)
    return zone, points, atr, f"{level['role']}: {_clean(say.what_stands(level, document))}{touches}{became}"


def _at_last(document: Document, left: int) -> str:
    return f"  {plain('{last}', document):<{left}}  last price"


def _scenarios(document: Document, width: int, paint: Paint) -> list[str]:
    table = document["scenarios"]
    if table is None:
        return []
    ends = ", to {/scenarios/ends_on}" if table["ends_on"] else ""
    lines = _heading(plain(f"Scenarios over {{scenario.sessions}} {ahead(document)}{ends}", document), width, paint)
    for scenario in table["scenarios"]:
        said = plain(f"{{scenario.{scenario['name']}.said}}", document)
        first = f"  {said:>4}  (base {plain(say.scenario_base(scenario['name'], document), document)})  "
        rows = _wrapped(_said(scenario["title"], document), width, first=first, indent=len(first))
        lines += [paint(row, scenario["name"]) for row in rows]
    return lines + _wrapped(_said(table["decides"], document), width, first="  ", indent=2)


def _setups(document: Document, width: int, paint: Paint) -> list[str]:
    table = document["setups"]
    if table is None:
        return []
    lines = _heading("Setups", width, paint)
    for plan in table["plans"]:
        text = f"{plan['title']}. {say.plan_line(plan, document)} {say.plan_size(plan, document)}"
        lines += _wrapped(_said(text, document), width, first="  ", indent=4)
    if not table["plans"]:
        lines += _wrapped(_said(table["none_because"], document), width, first="  ", indent=2)
    if table["best"] is not None:
        lines += _wrapped(_said(say.best_tried(document), document), width, first="  ", indent=2)
    return lines


def _outlook(document: Document, width: int, paint: Paint) -> list[str]:
    lines = []
    for row in document["outlook"]:
        key = say.outlook_key(row)
        three = plain(" / ".join(f"{{{key}.{part}}}" for part in ("up", "flat", "down")), document)
        first = f"  {row['name'].capitalize():<11}  {row['bias']:<18}  {three:<17}  "
        change = plain(f"turns at {{{key}.change_at}}", document) if row["change_at"] is not None else ""
        lines += _wrapped(change, width, first=first, indent=len(first)) or [first]
    return [*_heading("Outlook (up / flat / down)", width, paint), *lines] if lines else []


def _not_yet_known(document: Document, width: int, paint: Paint) -> list[str]:
    sentences = [_clean(text) for text in document["provenance"]["not_yet_known"]]
    lines = [line for text in sentences for line in _wrapped(text, width, first="  ", indent=4)]
    return [*_heading("Not yet known", width, paint), *lines] if lines else []


def _heading(text: str, width: int, paint: Paint) -> list[str]:
    return [paint(line, "head") for line in _wrapped(text, width)]


def _said(text: str, document: Document) -> str:
    return _clean(plain(text, document))


def _clean(text: str) -> str:
    """Without control characters: a name may not move the cursor."""
    return "".join(character if character.isprintable() else " " for character in text)


def _wrapped(text: str, width: int, *, first: str = "", indent: int = 0) -> list[str]:
    """`text` in lines of `width`; where the indent leaves too little room, the text starts on a line of its own."""
    if width - indent < 24 and indent > 4:
        return [first, *textwrap.wrap(text, width, initial_indent="    ", subsequent_indent="    ")]
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=" " * indent)


def _painted(text: str, role: str) -> str:
    return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if role in _CODES else text


def _unpainted(text: str, role: str) -> str:
    return text
