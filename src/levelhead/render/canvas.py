"""A sheet to draw on: a few kinds of mark in points, over matplotlib's figure without axes.

Everything is one compound path or one line per kind of mark: a chart is some fifty artists, whatever its number of bars.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from levelhead.domain.errors import MissingPart
from levelhead.render.chart_layout import Pane
from levelhead.render.inline_svg import inlined
from levelhead.render.palette import LIGHT

Box = tuple[float, float, float, float]  # left, low, right, high

# What a user's own matplotlib settings must not change.
_SETTINGS: dict[str, Any] = {
    "path.effects": [],
    "path.sketch": None,
    "path.simplify": False,
    "path.snap": True,
    "svg.fonttype": "none",
    "text.usetex": False,
    "text.antialiased": True,
    "text.hinting": "force_autohint",
    "agg.path.chunksize": 0,
}


class Canvas:
    """A sheet of `width` x `height` points. Colours are names of the palette. Later marks lie above earlier ones."""

    def __init__(self, width: float, height: float) -> None:
        matplotlib = _matplotlib()
        from matplotlib.figure import Figure
        from matplotlib.transforms import IdentityTransform

        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=LIGHT["paper"], edgecolor="none", linewidth=0)
        self._where = IdentityTransform()
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        self._fonts = {False: folder / "DejaVuSans.ttf", True: folder / "DejaVuSans-Bold.ttf"}
        self._order = 0
        self._haloed: list[tuple[Any, float]] = []

    def boxes(self, boxes: Sequence[Box], colour: str, pane: Pane | None = None) -> None:
        """Filled rectangles."""
        self.areas([[(a, b), (c, b), (c, d), (a, d)] for a, b, c, d in boxes], colour, pane)

    def areas(self, outlines: Sequence[Sequence[tuple[float, float]]], colour: str, pane: Pane | None = None) -> None:
        """Filled polygons."""
        self._path([[*outline, outline[0]] for outline in outlines], pane, facecolor=LIGHT[colour], edgecolor="none")

    def strokes(
        self,
        lines: Sequence[Sequence[tuple[float, float]]],
        colour: str,
        width: float,
        pane: Pane | None = None,
        *,
        dashes: tuple[float, float] | None = None,
        snap: bool | None = None,
    ) -> None:
        """Lines through points; `dashes`: lengths on and off. `snap`: to whole pixels (True keeps hairlines sharp)."""
        style = "solid" if dashes is None else (0, dashes)
        self._path(
            lines, pane, facecolor="none", edgecolor=LIGHT[colour], linewidth=width, linestyle=style, capstyle="butt", snap=snap
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: str = "ink",
        *,
        bold: bool = False,
        align: str = "left",
        halo: bool = False,
    ) -> None:
        """Words whose figures are centred on `y`. halo: they keep a rim of paper where they cross lines."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.text import Text

        font = FontProperties(fname=str(self._fonts[bold]), size=size, weight="bold" if bold else "normal")
        mark = Text(x, y - 0.36 * size, words, color=LIGHT[colour], fontproperties=font, ha=align, va="baseline", parse_math=False)
        if halo:
            mark.set_gid("halo")
            self._haloed.append((mark, size))
        self._add(mark)

    def to_png(self) -> bytes:
        """The sheet as PNG, the same bytes each time."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.patheffects import withStroke

        for mark, size in self._haloed:
            mark.set_path_effects([withStroke(linewidth=size / 4, foreground=LIGHT["paper"])])
        file = io.BytesIO()
        drawing: Any = FigureCanvasAgg(self._figure)
        with _settings():
            drawing.print_png(file, metadata={"Software": None})
        return file.getvalue()

    def to_svg(self, prefix: str) -> str:
        """The sheet as one <svg> element for a page; `prefix` keeps its ids apart from another's."""
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        file = io.StringIO()
        drawing: Any = FigureCanvasSVG(self._figure)
        self._figure.patch.set_visible(False)  # the page is its ground
        with _settings({"svg.hashsalt": prefix}):
            drawing.print_svg(file, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        return inlined(file.getvalue(), prefix)

    def _path(self, lines: Sequence[Sequence[tuple[float, float]]], pane: Pane | None, **look: Any) -> None:
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline
        from matplotlib.transforms import Bbox

        points = [point for line in lines for point in line]
        if not points:
            return
        codes = [code for line in lines for code in (Outline.MOVETO, *[Outline.LINETO] * (len(line) - 1))]
        mark = PathPatch(Outline(points, codes), **({"linewidth": 0} | look))
        if pane is not None:
            mark.set_clip_box(Bbox.from_extents(pane.left, pane.low, pane.right, pane.high))
        self._add(mark)

    def _add(self, mark: Any) -> None:
        self._order += 1
        mark.set_zorder(self._order)
        mark.set_transform(self._where)
        self._figure.add_artist(mark)


def _matplotlib() -> Any:
    try:
        import matplotlib
    except ImportError:
        raise MissingPart(
            "Pictures need matplotlib, which is not installed; install it with: pip install 'levelhead[charts]'."
        ) from None
    return matplotlib


@contextmanager
def _settings(more: dict[str, Any] | None = None) -> Iterator[None]:
    with _matplotlib().rc_context(_SETTINGS | (more or {})):
        yield
