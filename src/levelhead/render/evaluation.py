"""An evaluation as one self-contained HTML page: no request leaves it, no script runs in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from levelhead.domain.note import HYPOTHETICAL
from levelhead.render import evaluation_pictures as pictures
from levelhead.render.page import environment, style
from levelhead.wire.document import Document

SCORES = {
    "log": "log score",
    "brier": "Brier score",
    "ranked": "ranked probability score",
    "crps": "continuous ranked probability score",
}
BASELINES = {
    "climatology": "climatology",
    "random_walk": "20-day random walk",
    "gjr_garch": "GJR-GARCH-t",
    "last_note": "last note again",
    "own_law": "the world's own law",
}
DRAWN = ("climatology", "random_walk")  # whom the pictures of skill by year are drawn against
MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"


def to_html(document: Document) -> str:
    """The page of an evaluation's document, as `evaluate.verdict.verdict` gives it."""
    from markupsafe import Markup

    page = environment().get_template("evaluation.html")
    counts = document["run"].get("counts", "session")
    days = "day" if counts == "session" else counts
    return (
        page.render(
            d=document,
            counts=counts,
            scores=SCORES,
            baselines={name: words.replace("20-day", f"20-{days}") for name, words in BASELINES.items()},
            whole=whole,
            percent=percent,
            points=points,
            value=value,
            span=span,
            chance=chance,
            prose=prose,
            overview=overview,
            table=table,
            reliability=lambda diagram, title: Markup(pictures.reliability(diagram, title)),
            places=lambda pit, title: Markup(pictures.places(pit, title)),
            coverage=lambda closes, title, counts: Markup(pictures.coverage(closes, title, counts)),
            skills=lambda rows, title: Markup(pictures.skills(rows, title)),
            by_year=by_year,
            hypothetical=HYPOTHETICAL,
            style=Markup(style("evaluation.css")),
        ).rstrip()
        + "\n"
    )


def whole(count: int) -> str:
    """'12,345'."""
    return f"{count:,}"


def percent(share: float | None) -> str:
    """'3.1 %', with a true minus sign; a dash for none."""
    return NONE if share is None else f"{round(100.0 * share, 1) + 0.0:.1f}\N{NO-BREAK SPACE}%".replace("-", MINUS)


def points(share: float | None) -> str:
    """The same in bare figures, for tables."""
    return NONE if share is None else f"{round(100.0 * share, 1) + 0.0:.1f}".replace("-", MINUS)


def value(number: float | None) -> str:
    """Four significant digits; a dash for none."""
    return NONE if number is None else f"{number:.4g}".replace("-", MINUS)


def span(skill: Mapping[str, float | None]) -> str:
    """'1.2 to 5.0', in per cent; a dash where too few windows tell."""
    return NONE if skill["low"] is None else f"{points(skill['low'])} to {points(skill['high'])}"


def chance(number: float | None) -> str:
    """A p value: three decimals, or that it is below the last of them."""
    return NONE if number is None else "< 0.001" if number < 0.001 else f"{number:.3f}"


def prose(sentence: str) -> str:
    """A sentence in which no line breaks between a figure and its per cent."""
    return sentence.replace(" %", "\N{NO-BREAK SPACE}%")


def overview(document: Document) -> list[tuple[str, int, dict[str, Document]]]:
    """One row for each kind and horizon that was scored: its title, its windows, and the comparison with each baseline by name."""
    noun = document["run"].get("counts", "session")
    parts = [(kind["title"], kind["windows"], kind["against"]) for kind in document["kinds"]]
    parts += [
        (f"Closes after {each['sessions']} {noun}{'' if each['sessions'] == 1 else 's'}", each["windows"], each["against"])
        for each in document["closes"]
    ]
    return [
        (title, windows, {row["baseline"]: row for row in against if row["score"] in ("log", "crps")})
        for title, windows, against in parts
        if against
    ]


def table(slices: Sequence[Document]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Slices as rows of a table, by how they are cut: one row for each value, the skill against each baseline beside it."""
    cuts: dict[str, dict[str, dict[str, Any]]] = {}
    for each in slices:
        row = cuts.setdefault(each["by"], {}).setdefault(
            each["value"], {"value": each["value"], "rows": each["rows"], "windows": each["windows"], "against": {}}
        )
        row["against"][each["baseline"]] = each
    return [(by, list(rows.values())) for by, rows in cuts.items()]


def by_year(slices: Sequence[Document], baseline: str) -> list[Document]:
    """The slices of years against one baseline, in their order."""
    return [each for each in slices if each["by"] == "year" and each["baseline"] == baseline]
