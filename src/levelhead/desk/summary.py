"""The head of a note: verdict, summary box, takeaway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from levelhead.desk.draft import Draft
from levelhead.desk.ladder import zone_words
from levelhead.desk.thesis import Thesis
from levelhead.domain.level import Role
from levelhead.domain.note import Section, SummaryLine
from levelhead.domain.scenario import ScenarioSet, SetupTable
from levelhead.forecast.distinguish import Distinction, distinguish

_TRADES = (
    "There is no trade here that pays for its risk; waiting is the position.",
    "One plan of the {setup.tried} tried pays for its risk; being picked as the best flatters it.",
    "More than one plan of the {setup.tried} tried pays for its risk; they share one market, so they are not independent bets.",
)
LEAST_SHOWN = 0.05  # per cent: a smaller distance would be printed as none
LARGE_MOVE = 1.0  # ATR: a day that moves more is news
EDGE = 0.05  # a table that stays within this of its base rates tells little that the past does not


def headline(draft: Draft, thesis: Thesis, scenarios: ScenarioSet | None) -> str:
    """One line of verdict, text with references: what happened if much did, the trend, the odds."""
    trends = {"bullish": "The trend is up", "bearish": "The trend is down", "mixed": "There is no clear trend"}
    told = trends.get(thesis.trend, "The history is too short for a trend")
    if thesis.trend != "not yet known":
        told += f", {thesis.perspective}"
    told = f"{day_words(draft)}{told}"
    if scenarios is None:
        return told + "."
    first, second, _ = sorted(scenarios.scenarios, key=lambda s: -s.chance.probability)
    if first.chance.probability - second.chance.probability < EDGE:
        return (
            f"{told}; over {{scenario.sessions}} sessions no outcome stands out between {{scenario.lower}} and {{scenario.upper}}."
        )
    ends = {
        "up": "the odds are {scenario.up.said} for {scenario.upper} before {scenario.lower}",
        "down": "the odds are {scenario.down.said} for {scenario.lower} before {scenario.upper}",
        "range": "the odds are {scenario.range.said} for a range of {scenario.lower} to {scenario.upper}",
    }
    return f"{told}; over {{scenario.sessions}} sessions {ends[first.name]}."


def day_words(draft: Draft) -> str:
    """What makes the day news: a move of more than an ATR, or an average lost or regained at its close; else ''."""
    if "change" not in draft or not draft.has_atr:
        return ""
    move = abs(draft.number("change")) / draft.number("atr_14")
    crossed = crossed_today(draft)
    if move < LARGE_MOVE and not crossed:
        return ""
    up = draft.number("change") > 0
    size = f"{'Up' if up else 'Down'} {'{change_pct|abs}' if 'change_pct' in draft else '{change|abs} points'}"
    lost = [n for n in crossed if draft.word(f"sma_{n}.side") == "below"]
    won = [n for n in crossed if draft.word(f"sma_{n}.side") == "above"]
    parts = [f"below the {joined([f'{n}-day' for n in lost])}"] if lost else []
    parts += [f"back above the {joined([f'{n}-day' for n in won])}"] if won else []
    return f"{size}{' and ' if parts else ''}{' and '.join(parts)}. "


def crossed_today(draft: Draft) -> list[int]:
    """The averages whose other side price closed on for the first time on the note's day."""
    day = draft.facts["last"].date
    return [n for n in (50, 100, 200) if f"sma_{n}.side" in draft and draft.facts[f"sma_{n}.side"].date == day]


def summary_box(draft: Draft, thesis: Thesis, roles: Mapping[str, Role]) -> tuple[SummaryLine, ...]:
    """Five lines, no more: trend, perspective, line in the sand, bias-defining level, risk."""
    line, bias = _with_role(roles, "line in the sand"), _with_role(roles, "bias-defining")
    lines = [
        SummaryLine(label="Primary trend", text=_trend_words(draft, thesis)),
        SummaryLine(
            label="Market perspective", text=thesis.perspective[:1].upper() + thesis.perspective[1:] + _distance_words(draft)
        ),
    ]
    if line:
        lines.append(SummaryLine(label="Line in the sand", text=zone_words(draft, line)))
    if bias:
        lines.append(SummaryLine(label="Bias-defining level", text=zone_words(draft, bias)))
    if line:
        lost = "below" if line.startswith("s") else "above"
        edge = "low" if line.startswith("s") else "high"
        risk = f"two closes {lost} {{level.{line}.{edge}}}"
        has_trend = thesis.trend in ("bullish", "bearish")
        text = f"Acceptance ({risk})" if has_trend else f"There is no trend to lose; acceptance ({risk}) would begin one"
        lines.append(SummaryLine(label="Risk to the thesis", text=text))
    return tuple(lines)


def takeaway(
    draft: Draft, thesis: Thesis, roles: Mapping[str, Role], scenarios: ScenarioSet | None, setups: SetupTable | None
) -> Section | None:
    """What a reader keeps: what holds the thesis, how much the table knows, whether there is a trade."""
    told: list[str] = []
    line, bias = _with_role(roles, "line in the sand"), _with_role(roles, "bias-defining")
    if line and bias:
        up = thesis.lean > 0
        view = {"bullish": "The trend has the benefit of the doubt", "bearish": "Rallies are suspect"}.get(
            thesis.trend, "Neither side is in command"
        )
        keeps = f"while price holds {'above' if up else 'below'} {{level.{line}.{'low' if up else 'high'}}}"
        settles = "confirm it" if thesis.trend in ("bullish", "bearish") else "decide it"
        opens = f"acceptance {'above' if up else 'below'} {{level.{bias}.{'high' if up else 'low'}}} would {settles}"
        told.append(f"{view} {keeps}; {opens}.")
    if scenarios is not None:
        told.append(edge_words(draft, scenarios))
    if setups is not None:
        told.append(_TRADES[min(len(setups.plans), 2)])
    return Section(name="takeaway", title="Takeaway", paragraphs=(" ".join(told),)) if told else None


def edge_words(draft: Draft, scenarios: ScenarioSet) -> str:
    """Whether the table says more than the instrument's own past does at such distances."""
    gaps: dict[str, float] = {
        s.name: s.chance.probability - s.chance.base_rate for s in scenarios.scenarios if s.chance.base_rate is not None
    }
    if not gaps:
        return "There is no base rate to hold the table against yet."
    found = distinguish({s.name: s.chance for s in scenarios.scenarios})
    if found is not None and not found.is_told:
        return _not_told(draft, found)
    widest = max(gaps, key=lambda name: abs(gaps[name]))
    if abs(gaps[widest]) < EDGE:
        return "The table says little that the base rates do not: there is no edge in it today."
    if gaps["up"] * gaps["down"] > 0:
        size, width = ("more", "low") if gaps["range"] > 0 else ("less", "high")
        return (
            f"Against the base rates the table gives the range {size} ({{scenario.range.probability}} against "
            f"{{scenario.range.base}}): expected volatility is {width} for these distances. "
            "That is a view on movement, not on direction."
        )
    side = "up" if gaps["up"] > gaps["down"] else "down"
    upper = "{scenario.up.probability} for the upper price ({scenario.up.base} in the past)"
    lower = "{scenario.down.probability} for the lower ({scenario.down.base})"
    return f"Against the base rates the table leans {side}: {upper}, {lower}."


def _not_told(draft: Draft, found: Distinction) -> str:
    """That the past is too short to tell the table from its base rates, and by how much; enters `scenario.windows*`."""
    draft.estimate(
        "scenario.windows", "count", "windows of the past that do not overlap, behind the base rates", "n", n=float(found.windows)
    )
    told = "The table is not distinguishable from its base rates, which {scenario.windows} independent windows stand behind"
    if found.more is None:
        return f"{told}: the two agree, and there is no edge in it today."
    draft.estimate(
        "scenario.windows_more",
        "count",
        "further windows that would tell a difference of this size from chance (chi-squared, 5 %)",
        "needed - scenario.windows",
        needed=float(found.needed or 0),
    )
    return f"{told}; about {{scenario.windows_more}} more would be needed to tell a difference of this size from chance."


def _trend_words(draft: Draft, thesis: Thesis) -> str:
    if thesis.trend == "not yet known":
        return "Not yet known: the history is too short"
    word = thesis.trend[:1].upper() + thesis.trend[1:]
    for n in (200, 50):
        if f"sma_{n}.side" in draft:
            moving = {"up": "rising", "down": "falling", "flat": "flat"}[draft.word(f"sma_{n}.slope") or "flat"]
            side = draft.word(f"sma_{n}.side")
            return f"{word}: price {side} a {moving} {n}-day average at {{sma_{n}}}"
    return word


def _distance_words(draft: Draft) -> str:
    if "drawdown_52w_pct" not in draft:
        return ""
    away = draft.number("drawdown_52w_pct")
    if away >= LEAST_SHOWN:
        return ", {drawdown_52w_pct} below the 52-week high"
    return ", just below the 52-week high" if away > 0 else ", at the 52-week high"


def _with_role(roles: Mapping[str, Role], role: Role) -> str:
    return next((name for name, held in roles.items() if held == role), "")


def joined(parts: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
