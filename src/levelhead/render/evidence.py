"""Evidence as a table for a terminal, for Markdown and as a page: one set of rows for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from levelhead.domain.evidence import LEAST_CASES, LEVEL, Evidence, Family, Tried

MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
TITLES: dict[Family, str] = {"event": "What followed each sign", "level": "What became of touched levels"}
_PLACEBO = ("Up, %", "90 %", "Base", "Placebo", "Move, ATR", "90 %", "Base", "Placebo")
_RANDOM = ("Held, %", "90 %", "Random", "Broken", "Random", "Reclaimed", "Random")
HEADS: dict[Family, tuple[str, ...]] = {
    "event": ("Sign", "Bars", "Cases", *_PLACEBO, "p", "corrected"),
    "level": ("Levels", "Bars", "Touches", "Windows", *_RANDOM, "p", "corrected"),
}


def words(evidence: Evidence) -> list[str]:
    """The answer in whole sentences: of each family how many were tried, which stand out, and for how many there is too little."""
    said = [
        f"{evidence.symbol}, {evidence.bars:,} bars from {evidence.first} to {evidence.last}: evidence of each kind of sign and "
        "level, against a placebo."
    ]
    for family, placebo in (("event", "random days of like volatility"), ("level", "random levels at the same distance")):
        tried = [each for each in evidence.tried if each.family == family]
        if tried:
            said.append(_family(evidence, tried, placebo))
    return said


def rows(evidence: Evidence, family: Family, *, only: tuple[str, str, int] | None = None) -> list[tuple[str, ...]]:
    """A row for each kind, side and horizon that was tested, the smallest p first; only: of one of them."""
    tested = sorted((each for each in evidence.of(family) if each.p is not None), key=lambda each: (each.p, each.kind, each.side))
    asked = [each for each in tested if only is None or (each.kind, each.side, each.sessions) == only]
    return [(_event if family == "event" else _level)(each) for each in asked]


def to_text(evidence: Evidence) -> str:
    """The sentences and the tables for a terminal."""
    parts = ["\n".join(words(evidence))]
    for family, title in TITLES.items():
        table = rows(evidence, family)
        if table:
            parts.append("\n".join([title, *_aligned([HEADS[family], *table])]))
    return "\n\n".join(parts) + "\n"


def to_markdown(evidence: Evidence) -> str:
    """The sentences and the tables in Markdown."""
    tables = [markdown_table(HEADS[family], table) for family in TITLES if (table := rows(evidence, family))]
    return "\n\n".join([" ".join(words(evidence)), *tables]) + "\n"


def markdown_table(heads: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its first column to the left, the others to the right."""
    marks = "|".join("--:" if i else ":--" for i in range(len(heads)))
    lines = [f"| {' | '.join(cells)} |" for cells in (heads, *table)]
    return "\n".join([lines[0], f"|{marks}|", *lines[1:]])


def to_html(evidence: Evidence) -> str:
    """The page: no request leaves it, no script runs in it."""
    from markupsafe import Markup

    from levelhead.render.page import environment, style

    page = environment().get_template("evidence.html")
    tables = [(TITLES[family], HEADS[family], table) for family in TITLES if (table := rows(evidence, family))]
    return page.render(e=evidence, words=words(evidence), tables=tables, style=Markup(style())).rstrip() + "\n"


def _family(evidence: Evidence, tried: Sequence[Tried], placebo: str) -> str:
    family = tried[0].family
    told = [each for each in tried if each.is_told]
    tests = evidence.tests.get(family, 0)
    noun = "signs" if family == "event" else "levels"
    few = len({(each.kind, each.side) for each in tried if each.p is None})
    said = f"Of {tests} tests of {noun} against {placebo}, {len(told) or 'none'}"
    chance = f"by chance alone one in {1 / LEVEL:.0f} such lists has any"
    said += f" {'stands' if len(told) == 1 else 'stand'} out once all are counted ({chance})"
    named = "; ".join(f"{each.called} over {each.sessions} bars, p {_p(each.corrected)}" for each in told)
    short = f" Of {few} kind{'' if few == 1 else 's'} there are fewer than {LEAST_CASES} independent cases." if few else ""
    return f"{said}{': ' + named if named else ''}.{short}"


def _event(each: Tried) -> tuple[str, ...]:
    up, move = each.measure("up"), each.measure("move")
    return (
        each.called,
        str(each.sessions),
        f"{each.cases:,}",
        _share(up.value),
        _span(up.low, up.high, _share),
        _share(up.base),
        _share(up.placebo),
        _signed(move.value),
        _span(move.low, move.high, _signed),
        _signed(move.base),
        _signed(move.placebo),
        _p(each.p),
        _p(each.corrected),
    )


def _level(each: Tried) -> tuple[str, ...]:
    held, broken, reclaimed = (each.measure(name) for name in ("held", "broken", "reclaimed"))
    return (
        each.called,
        str(each.sessions),
        f"{each.cases:,}",
        f"{each.independent:,}",
        _share(held.value),
        _span(held.low, held.high, _share),
        _share(held.placebo),
        _share(broken.value),
        _share(broken.placebo),
        _share(reclaimed.value),
        _share(reclaimed.placebo),
        _p(each.p),
        _p(each.corrected),
    )


def _share(value: float | None) -> str:
    return NONE if value is None else f"{100 * value:.0f}"


def _signed(value: float | None) -> str:
    return NONE if value is None else f"{round(value, 2) + 0.0:+.2f}".replace("-", MINUS)


def _span(low: float | None, high: float | None, said: Callable[[float | None], str]) -> str:
    if low is None or high is None:
        return NONE
    return f"{said(low)} to {said(high)}"


def _p(value: float | None) -> str:
    if value is None:
        return NONE
    return "under 0.001" if value < 0.001 else f"{value:.3f}"


def _aligned(table: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(cells[i]) for cells in table) for i in range(len(table[0]))]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        for cells in table
    ]
