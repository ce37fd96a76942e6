"""The chart of a note: candles, averages, zones, scenario window and RSI, as a picture that stands alone or inside the page."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence

from levelhead.render import chart_margin, chart_parts, chart_patterns, chart_swings
from levelhead.render.bar_words import bars
from levelhead.render.canvas import Canvas
from levelhead.render.chart_layout import LETTER, PAGE, PHONE, Layout, View, picture, view
from levelhead.render.numbers import long_date
from levelhead.render.palette import named
from levelhead.render.words import plain
from levelhead.wire.document import Document


def to_png(document: Document, *, width: int = 1600, height: int = 1000) -> bytes:
    """The chart with title, verdict and source line, `width` x `height` pixels. The same note gives the same bytes.

    Raises MissingPart without matplotlib.
    """
    layout = picture(width, height)
    canvas = Canvas(layout.width, layout.height)
    _title(canvas, document, layout)
    _chart(canvas, document, layout)
    _source(canvas, document, layout)
    return canvas.to_png()


def to_svg(document: Document, *, narrow: bool = False) -> str:
    """The chart as an <svg> element whose colours are CSS variables of the page (`render.palette`).

    narrow: the layout for phones, fewer bars and larger type. Ids of the two layouts differ, so that one page holds both.
    Raises MissingPart without matplotlib.
    """
    layout = PHONE if narrow else PAGE
    canvas = Canvas(layout.width, layout.height)
    _chart(canvas, document, layout)
    return named(canvas.to_svg(layout.name))


def _chart(canvas: Canvas, document: Document, layout: Layout) -> View:
    shown = view(document, layout)
    chart_parts.grounds(canvas, document, shown)
    chart_parts.fan(canvas, document, shown)
    chart_parts.averages(canvas, document, shown)
    chart_parts.lines(canvas, document, shown)
    chart_parts.candles(canvas, document, shown)
    chart_swings.swings(canvas, document, shown)
    chart_patterns.patterns(canvas, document, shown)
    chart_parts.scenario_lines(canvas, document, shown)
    chart_parts.words_ahead(canvas, document, shown)
    chart_margin.margin(canvas, document, shown)
    chart_parts.rsi(canvas, document, shown)
    return shown


def _title(canvas: Canvas, document: Document, layout: Layout) -> None:
    size, room = layout.text, layout.width - 2 * layout.text
    top = layout.height - 1.9 * size
    title = document["title"]
    canvas.text(size, top, title, min(1.6 * size, room / (len(title) * 0.66)), bold=True)
    for number, line in enumerate(_lines(plain(document["headline"], document), room / size / 0.56)):
        canvas.text(size, top - (2.0 + 1.35 * number) * size, line, size, "muted")


def _source(canvas: Canvas, document: Document, layout: Layout) -> None:
    made_from = document["provenance"]
    ahead = "shaded: 50 % and 80 % of simulated closes" if document["series"]["fan"] else ""
    parts = (
        document["house"]["desk"],
        f"{made_from['feed']}, {made_from['frame']}, {bars(document)} to {long_date(dt.date.fromisoformat(document['as_of']))}",
        ahead,
        document["standing"],
    )
    words = " · ".join(part for part in parts if part)
    room = layout.width - 2 * layout.text
    canvas.text(layout.text, 1.2 * layout.text, words, min(0.8 * layout.text, room / (len(words) * LETTER)), "muted")


def _lines(words: str, letters: float) -> Sequence[str]:
    return textwrap.wrap(words, int(letters), max_lines=2, placeholder=" …")
