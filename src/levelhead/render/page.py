"""The note as one self-contained HTML page: no request leaves it, scripts are a convenience, every number can be asked."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levelhead.domain.note import HYPOTHETICAL
from levelhead.render import bar_words, chart, known_prices, palette, sentences
from levelhead.render.changes import Changed
from levelhead.render.explanation import explanations
from levelhead.render.rulers import ladder, plan_ruler
from levelhead.render.words import known, literal, plain, spans
from levelhead.wire.document import Document

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
ARROWS = {"bullish": "▲", "cautiously bullish": "▲", "neutral": "◆", "cautiously bearish": "▼", "bearish": "▼"}


def to_html(document: Document, *, changed: Changed | None = None) -> str:
    """The note as one HTML file; changed: what changed since an earlier note, in a section of its own.

    Raises BadNote where a reference cannot be printed, MissingPart without matplotlib.
    """
    from markupsafe import Markup

    script = _file("note.js").replace("earlier start days", bar_words.starts(document))
    asked: set[str] = set()

    def text(written: str) -> Markup:
        return _numbered(written, document, asked)

    page = (
        environment()
        .get_template("note.html")
        .render(
            d=document,
            changed=changed,
            t=text,
            raw=lambda words: text(literal(str(words))),
            plain=lambda written: plain(written, document),
            known=lambda name: known(name, document),
            say=sentences,
            prices=known_prices,
            ahead=bar_words.ahead(document),
            chart_words=bar_words.adjective(document).capitalize(),
            ladder=ladder(document),
            plan_ruler=plan_ruler,
            arrow=ARROWS,
            hypothetical=HYPOTHETICAL if document["standing"] == "replayed" else "",
            chart=Markup(chart.to_svg(document)),
            chart_narrow=Markup(chart.to_svg(document, narrow=True)),
            style=Markup(style()),
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            explanations=lambda: Markup(_embedded(explanations(document, asked))),
        )
    )
    return page.rstrip() + "\n"


def _numbered(written: str, document: Document, asked: set[str]) -> Markup:
    """Text with references as HTML: plain words escaped, each number a button that asks for its explanation.

    asked: collects the names whose explanation the page must carry. A browser may break a line on either side of a button, so
    what touches it without a space (a full stop, the other end of a range) is held to it.
    """
    from markupsafe import Markup, escape

    button = Markup('<button type="button" class="n" data-ref="{}">{}</button>')
    pieces: list[str] = []
    for span in spans(written, document):
        name = (span.ref or "").partition("@")[0]
        if known(name, document):
            asked.add(name)
            pieces.append(button.format(name, span.text))
        else:
            pieces += (escape(word) for word in re.split(r"(\s+)", span.text) if word)
    held = Markup('<span class="held">{}</span>')
    runs = (list(group) for _, group in itertools.groupby(pieces, key=str.isspace))
    return Markup("").join(
        held.format(Markup("").join(run))
        if len(run) > 1 and any(piece.startswith("<button") for piece in run)
        else Markup("").join(run)
        for run in runs
    )


def _embedded(data: dict[str, Any]) -> str:
    """JSON that no HTML parser can end early."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return written


def style(*more: str) -> str:
    """The page's style sheet, light and dark, and after it those of the templates folder named in `more`."""
    light, dark = palette.css(palette.LIGHT), palette.css(palette.DARK)
    themes = f":root{{color-scheme:light dark;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return themes + "".join(_file(name) for name in ("note.css", *more))


@cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Where templates are found; what they print is escaped, and a name they do not know is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
