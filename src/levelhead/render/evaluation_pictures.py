"""The pictures of an evaluation as small SVG drawings in the page's own colours; geometry of given numbers, nothing computed.

Every drawing is 320 units wide and stands alone on a telephone or beside others; what it shows also stands in a table or sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from levelhead.wire.document import Document

WIDTH, HEIGHT = 320.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 308.0, 12.0, 214.0
COUNTS = 26.0  # height of the small columns that show how often a probability was said
ROW = 21.0
MINUS = "\N{MINUS SIGN}"
Axis = Callable[[float], float]


def reliability(diagram: Document, title: str) -> str:
    """How often it came against what was said, the band of the well calibrated, and columns of how often each was said."""
    x, y = _axis(0.0, 1.0, LEFT, RIGHT), _axis(0.0, 1.0, BOTTOM, TOP)
    points = diagram["points"]
    most = max(point["count"] for point in points)
    band = [(x(p["said"]), y(p["high"])) for p in points] + [(x(p["said"]), y(p["low"])) for p in reversed(points)]
    marks = [
        *_frame(x, y, [0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 0.25, 0.5, 0.75, 1.0], percent, percent),
        *(
            _box(x(p["said"]) - 1.1, BOTTOM - COUNTS * p["count"] / most, x(p["said"]) + 1.1, BOTTOM, "counts")
            for p in points
            if p["count"]
        ),
        _area(band, "band"),
        _line([(x(0.0), y(0.0)), (x(1.0), y(1.0))], "even"),
        _line([(x(p["said"]), y(p["curve"])) for p in points], "curve"),
        *([_dot(x(points[0]["said"]), y(points[0]["curve"]), "curve")] if len(points) == 1 else []),
        _text((LEFT + RIGHT) / 2, HEIGHT - 4, "said", "middle"),
        _text(LEFT + 6, TOP + 12, "came", "start"),
    ]
    return _drawing(HEIGHT, title, marks)


def places(pit: Document, title: str) -> str:
    """Shares of the closes by tenth of the distribution said; a tenth each where it is right, within the dotted steps."""
    highest = max(0.2, *pit["shares"], *(high for high in pit["high"] if high is not None))
    x, y = _axis(0.0, 10.0, LEFT, RIGHT), _axis(0.0, highest, BOTTOM, TOP)
    marks = [
        *_frame(x, y, [0.0, 5.0, 10.0], [0.0, 0.1, 0.2], lambda tenth: percent(tenth / 10.0), percent),
        *(_box(x(k) + 1.5, y(share), x(k + 1) - 1.5, BOTTOM, "bar") for k, share in enumerate(pit["shares"])),
        *(_line([(x(k) + 1.5, y(share)), (x(k + 1) - 1.5, y(share))], "curve") for k, share in enumerate(pit["shares"])),
        *(
            _line([(x(k + side), y(end)) for k, end in enumerate(pit[name]) for side in (0, 1)], "even")
            for name in ("low", "high")
            if None not in pit[name]
        ),
        _text((LEFT + RIGHT) / 2, HEIGHT - 4, "place of the close in the distribution said", "middle"),
    ]
    return _drawing(HEIGHT, title, marks)


def coverage(closes: Sequence[Document], title: str, counts: str = "session") -> str:
    """How many closes each band held at each horizon, with the interval that the sample leaves, beside what it should hold.

    counts: what a horizon counts.
    """
    y = _axis(0.3, 1.0, BOTTOM, TOP)
    step = (RIGHT - LEFT) / len(closes)
    marks = [*_rules(y, [0.4, 0.6, 0.8, 1.0], percent)]
    for k, horizon in enumerate(closes):
        middle = LEFT + step * (k + 0.5)
        marks.append(_text(middle, BOTTOM + 15, str(horizon["sessions"]), "middle"))
        for band in horizon["bands"]:
            marks.append(_line([(LEFT, y(band["band"])), (RIGHT, y(band["band"]))], "even") if k == 0 else "")
            share = band["share"]
            if share["low"] is not None:
                marks.append(_line([(middle, y(max(share["low"], 0.3))), (middle, y(min(share["high"], 1.0)))], "reach"))
            marks.append(_dot(middle, y(max(share["mean"], 0.3)), "curve" if band["is_within"] is not False else "off"))
    marks.append(_text((LEFT + RIGHT) / 2, HEIGHT - 4, f"{counts}s ahead", "middle"))
    return _drawing(HEIGHT, title, marks)


def skills(rows: Sequence[Document], title: str) -> str:
    """Skill with its interval, one line for each row of a table of slices (a year, an instrument); right of the rule is better."""
    ends = [end for row in rows for end in (row["skill"]["low"], row["skill"]["high"], row["skill"]["mean"]) if end is not None]
    reach = min(max(0.05, *(abs(end) for end in ends)), 1.0)
    left = 84.0
    x = _axis(-reach, reach, left, RIGHT)
    height = TOP + ROW * len(rows) + 34.0
    low = height - 34.0
    marks = [_line([(x(0.0), TOP), (x(0.0), low)], "zero")]
    for tick in (-reach, 0.0, reach):
        anchor = "end" if tick > 0 else "start" if tick < 0 else "middle"
        marks.append(_text(x(tick), low + 15, signed_percent(tick), anchor))
    for k, row in enumerate(rows):
        middle, skill = TOP + ROW * (k + 0.5), row["skill"]
        marks.append(_text(0, middle + 4, row["value"], "start"))
        look = "curve" if row["is_told"] and skill["mean"] > 0 else "off" if row["is_told"] else "open"
        if skill["low"] is not None:
            held = [min(max(skill[end], -reach), reach) for end in ("low", "high")]
            marks.append(_line([(x(held[0]), middle), (x(held[1]), middle)], "reach"))
        marks.append(_dot(x(min(max(skill["mean"], -reach), reach)), middle, look))
    marks.append(_text(x(0.0), height - 4, f"worse {MINUS} skill {MINUS} better".replace(MINUS, "\N{EN DASH}"), "middle"))
    return _drawing(height, title, marks)


def percent(share: float) -> str:
    """'25 %'."""
    return f"{100.0 * share:.0f}\N{NO-BREAK SPACE}%".replace("-", MINUS)


def signed_percent(share: float) -> str:
    """'+2.5 %', '0 %'."""
    return "0\N{NO-BREAK SPACE}%" if share == 0.0 else f"{100.0 * share:+.0f}\N{NO-BREAK SPACE}%".replace("-", MINUS)


def _axis(first: float, last: float, at_first: float, at_last: float) -> Axis:
    scale = (at_last - at_first) / (last - first)
    return lambda value: at_first + (value - first) * scale


def _frame(
    x: Axis, y: Axis, across: Sequence[float], up: Sequence[float], say_x: Callable[[float], str], say_y: Callable[[float], str]
) -> list[str]:
    ends = {across[0]: "start", across[-1]: "end"}
    below = [_text(x(value), BOTTOM + 15, say_x(value), ends.get(value, "middle")) for value in across]
    return [*_rules(y, up, say_y), *below]


def _rules(y: Axis, values: Sequence[float], say: Callable[[float], str]) -> list[str]:
    rules = [_line([(LEFT, y(value)), (RIGHT, y(value))], "grid") for value in values]
    return [*rules, *(_text(LEFT - 5, y(value) + 4, say(value), "end") for value in values)]


def _drawing(height: float, title: str, marks: Sequence[str]) -> str:
    inside = "".join(marks)
    return f'<svg viewBox="0 0 {WIDTH:g} {height:g}" role="img" aria-label="{escape(title)}">{inside}</svg>'


def _line(points: Sequence[tuple[float, float]], look: str) -> str:
    return f'<polyline class="{look}" points="{_points(points)}"/>'


def _area(points: Sequence[tuple[float, float]], look: str) -> str:
    return f'<polygon class="{look}" points="{_points(points)}"/>'


def _box(left: float, top: float, right: float, low: float, look: str) -> str:
    return f'<rect class="{look}" x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{max(low - top, 0.0):.1f}"/>'


def _dot(x: float, y: float, look: str) -> str:
    return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="3.4"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
