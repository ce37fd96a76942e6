"""The forms a note is given in: name, file, and who draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from levelhead.wire.document import Document, canonical

if TYPE_CHECKING:
    from levelhead.render.changes import Changed

Drawn = str | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One form: its name on the command line, its file in the note's folder, and the function that draws it."""

    name: str
    file: str
    draw: Callable[[Document], Drawn]


def _markdown(document: Document, picture: str | None = None, changed: Changed | None = None) -> Drawn:
    from levelhead.render.markdown import to_markdown

    return to_markdown(document, picture=picture, changed=changed)


def _page(document: Document, changed: Changed | None = None) -> Drawn:
    from levelhead.render.page import to_html

    return to_html(document, changed=changed)


def _chart(document: Document) -> Drawn:
    from levelhead.render.chart import to_png

    return to_png(document)


def _levels(document: Document) -> Drawn:
    from levelhead.render.levels_csv import to_levels_csv

    return to_levels_csv(document)


def _pine(document: Document) -> Drawn:
    from levelhead.render.pine import to_pine

    return to_pine(document)


FORMATS = {
    each.name: each
    for each in (
        Format(name="md", file="note.md", draw=_markdown),
        Format(name="html", file="note.html", draw=_page),
        Format(name="json", file="note.json", draw=canonical),
        Format(name="png", file="chart.png", draw=_chart),
        Format(name="levels.csv", file="levels.csv", draw=_levels),
        Format(name="pine", file="levels.pine", draw=_pine),
    )
}
DEFAULT = ("md", "html", "json", "png")


def drawn(document: Document, names: Sequence[str], *, changed: Changed | None = None) -> dict[str, Drawn]:
    """The note's document in each of the forms, by file name; the Markdown shows the picture where there is one.

    changed: what changed since an earlier note, for the forms that are read; what a machine reads is the note alone.
    """
    picture = FORMATS["png"].file if "png" in names else None
    read = {"md": lambda: _markdown(document, picture, changed), "html": lambda: _page(document, changed)}
    return {FORMATS[name].file: read[name]() if name in read else FORMATS[name].draw(document) for name in names}
