"""The scorecard as one self-contained page: pictures, tables, and what they mean in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from levelhead.render import scorecard_words as say
from levelhead.render.page import environment, style
from levelhead.render.score_pictures import course_svg, reliability_svg
from levelhead.wire.document import Document

Row = Mapping[str, Any]
Rows = Callable[[Sequence[Row]], Any]
LEAST_POINTS = 2  # a diagram of fewer probabilities is none


def scorecard_html(card: Document) -> str:
    """The scorecard as one HTML file. Raises MissingPart without matplotlib."""
    from markupsafe import Markup

    template = environment().get_template("scorecard.html")
    books = [{"data": book, "name": book["standing"], "parts": _parts(book), "pictures": _pictures(book)} for book in card["books"]]
    return template.render(card=card, books=books, say=say, style=Markup(style("scorecard.css"))).rstrip() + "\n"


def _parts(book: Row) -> list[dict[str, Any]]:
    """The tables of a book, each with its sentence."""
    parts = []
    for total in say.totals(book["forecasts"]):
        kind = total["group"]["kind"]
        rows = [row for row in book["forecasts"] if row["group"]["kind"] == kind]
        parts.append(_part(kind, say.verdict(total), say.FORECAST_HEADS, say.forecast_rows, rows))
    for key, kind, sentence, heads, cells in (
        ("expectancies", "setup", say.expectancy_words, say.SETUP_HEADS, say.setup_rows),
        ("levels", "level", say.level_words, say.LEVEL_HEADS, say.level_rows),
        ("biases", "bias", say.bias_words, say.BIAS_HEADS, say.bias_rows),
    ):
        if book[key]:
            parts.append(_part(kind, sentence(book[key][0]), heads, cells, book[key]))
        if key == "expectancies" and book["refused"]:
            words = f"{say.REFUSED} {say.expectancy_words(book['refused'][0])}"
            parts.append(_part(kind, words, heads, cells, book["refused"]) | {"title": "Plans not taken"})
    return parts


def _part(kind: str, sentence: str, heads: Sequence[str], cells: Rows, rows: Sequence[Row]) -> dict[str, Any]:
    # the heading says the kind already
    words = sentence.removeprefix(f"{say.KINDS[kind]}: ")
    return {"title": say.KINDS[kind], "words": words, "heads": heads, "rows": list(cells(rows))}


def _pictures(book: Row) -> dict[str, list[dict[str, Any]]]:
    """The drawings of a book: reliability, skill over time, R over time."""
    from markupsafe import Markup

    standing = book["standing"]
    reliability = [
        {
            "title": say.reliability_title(row),
            "words": say.reliability_words(row),
            "svg": Markup(reliability_svg(row, f"{standing}-reliability-{number}")),
        }
        for number, row in enumerate(say.drawn(book["reliabilities"]))
        if len(row["points"]) >= LEAST_POINTS
    ]
    skill = [
        {
            "title": say.KINDS[course["group"]["kind"]],
            "words": say.course_words(course),
            "svg": Markup(course_svg([course], f"{standing}-skill-{number}", unit="Brier points gained on the base rate")),
        }
        for number, course in enumerate(book["skill_courses"])
    ]
    results = [
        _results(book[key], title, f"{standing}-{key}")
        for key, title in (("result_courses", "Setups"), ("refused_courses", "Plans not taken"))
        if book[key]
    ]
    return {"reliability": reliability, "skill": skill, "results": results}


def _results(courses: Sequence[Row], title: str, name: str) -> dict[str, Any]:
    """The drawing of R over time, a line for each author."""
    from markupsafe import Markup

    labels = [course["group"]["author"] for course in courses] if len(courses) > 1 else []
    drawing = course_svg(courses, name, unit="R after costs, summed", labels=labels)
    return {"title": title, "words": say.results_words(courses), "svg": Markup(drawing)}
