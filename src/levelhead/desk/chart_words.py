"""Candles, lines and gaps in sentences: each is said only where it matters today."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.desk.pattern_words import pattern_sentences
from levelhead.domain.note import Section

NEAR_LINE = 3.0  # ATR: a line farther away is no matter of today
SAME_LINE = 0.5  # ATR: a trendline so near a line of the channel is that line
NEAR_GAP, LEAST_GAP = 5.0, 0.25  # ATR: how far, and how wide what is left of it
_LINES = ("line_1", "line_2", "line_3", "line_broken")


def chart_section(draft: Draft) -> Section | None:
    """The channel, the lines and gaps near the price, chart patterns, and the candle of the last three bars."""
    lines = " ".join(part for part in (_channel(draft), *(_line(draft, name) for name in _LINES)) if part)
    bars = " ".join(part for part in (_candle(draft), _gap(draft, "gap_above"), _gap(draft, "gap_below"), _filled(draft)) if part)
    paragraphs = tuple(part for part in (lines, " ".join(pattern_sentences(draft)), bars) if part)
    return Section(name="chart", title="Lines, candles and gaps", paragraphs=paragraphs) if paragraphs else None


def _channel(draft: Draft) -> str:
    status = draft.word("channel.status")
    if not status:
        return ""
    if status == "holding":
        where = "runs from {channel.lower} to {channel.upper} today, and from {channel.lower.ahead} to {channel.upper.ahead}"
        return f"A {{channel.side}} channel that has held since {{channel@date}} {where} in {{lines.ahead}} sessions."
    side, way = ("lower", "down") if status == "broken down" else ("upper", "up")
    told = f"The {{channel.side}} channel that began on {{channel@date}} was broken {way} on {{channel.status@date}}"
    return f"{told}; its {side} line stands at {{channel.{side}}} today."


def _line(draft: Draft, name: str) -> str:
    if f"{name}.distance_atr" not in draft or abs(draft.number(f"{name}.distance_atr")) > NEAR_LINE or _is_of_channel(draft, name):
        return ""
    where = f"{{{name}}}, {{{name}.distance_atr|abs}} {'above' if draft.number(f'{name}.distance') > 0 else 'below'} the price"
    if draft.word(f"{name}.status") == "broken":
        began = "from that day" if _has_another(draft, name) else f"that began on {{{name}@date}}"
        article = "Another" if _has_another(draft, name) else "The"
        return f"{article} {{{name}.side}} line {began} broke on {{{name}.status@date}}; it stands at {where}."
    touches = f"touched by {{{name}.touches}} swings"
    moves = f"in {{lines.ahead}} sessions it stands at {{{name}.ahead}}"
    return f"A {{{name}.side}} line, {touches}, has held since {{{name}.status@date}} and stands at {where}; {moves}."


def _has_another(draft: Draft, name: str) -> bool:
    """Whether the sentence before told a line of the same kind, begun on the same day, that has held."""
    told = [other for other in _LINES if other != name and draft.word(f"{other}.status") == "holding" and _line(draft, other)]
    return bool(told) and (draft.word(f"{told[-1]}.side"), draft.facts[f"{told[-1]}.status"].date) == (
        draft.word(f"{name}.side"),
        draft.facts[name].date,
    )


def _is_of_channel(draft: Draft, name: str) -> bool:
    """Whether the channel's sentence has said it."""
    if "channel.lower" not in draft:
        return False
    sides = (draft.number(f"channel.{side}") - draft.number(name) for side in ("lower", "upper"))
    return any(abs(away) <= SAME_LINE * draft.number("atr_14") for away in sides)


def _candle(draft: Draft) -> str:
    name, status = draft.word("candles"), draft.word("candles.status")
    if not status:
        return ""
    side = "low" if "candles.low" in draft else "high"
    article = "An" if name[0] in "aeiou" and not name.startswith("uni") else "A"
    if status == "forming":
        return f"{article} {name} forms if the session closes as it stands; the {side} that must hold is {{candles.{side}}}."
    told = f"{article} {name} was completed on {{candles@date|day}}; its {side} of {{candles.{side}}}"
    return f"{told} must hold." if status == "holds" else f"{told} has not held."


def _gap(draft: Draft, name: str) -> str:
    if f"{name}.status" not in draft or not _is_worth_telling(draft, name):
        return ""
    side = name.removeprefix("gap_")
    kept = "is open" if draft.word(f"{name}.status") == "open" else "is partly filled, and open"
    where = f"from {{{name}.low}} to {{{name}.high}}, {{{name}.distance_atr|abs}} {side} the price"
    return f"The gap of {{{name}.status@date}} {kept} {where}."


def _is_worth_telling(draft: Draft, name: str) -> bool:
    return draft.number(f"{name}.width_atr") >= LEAST_GAP and abs(draft.number(f"{name}.distance_atr")) <= NEAR_GAP


def _filled(draft: Draft) -> str:
    if "gap_filled.status" not in draft or draft.number("gap_filled.width_atr") < LEAST_GAP:
        return ""
    edges = "from {gap_filled.low} to {gap_filled.high}"
    return f"The gap of {{gap_filled.low@date}}, {edges}, was filled on {{gap_filled.status@date|day}}."
