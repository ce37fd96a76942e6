"""What the longer bars say beside the note's own, and whether they agree, in sentences."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.desk.summary import joined
from levelhead.domain.note import Section
from levelhead.domain.timeframe import timeframe_of

AVERAGES = (20, 50, 200)
_MOVES = {"up": "rising", "down": "falling", "flat": "flat"}
_NOUNS = {"daily": "day", "weekly": "week", "monthly": "month"}


def timeframe_section(draft: Draft, timeframe: str) -> Section | None:
    """A sentence on each longer timeframe and one on their agreement; None where there is none."""
    names = [name.split(".")[1] for name in draft.facts if name.startswith("timeframe.") and name.endswith(".trend")]
    if not names:
        return None
    told = [_frame(draft, name) for name in names]
    agreement = _agreement(draft, [timeframe_of(timeframe).adjective, *names])
    paragraph = " ".join([*told, *([agreement] if agreement else [])])
    return Section(name="timeframes", title="Longer timeframes", paragraphs=(paragraph,))


def _frame(draft: Draft, name: str) -> str:
    own, noun = f"timeframe.{name}", _NOUNS[name]
    sides = _sides(draft, own, noun)
    parts = [f"price closed {sides}"] if sides else []
    if f"{own}.structure" in draft:
        parts.append(f"the {name} swings make {draft.word(f'{own}.structure')}")
    if f"{own}.rsi_14" in draft:
        parts.append(f"the {name} RSI(14) reads {{{own}.rsi_14}}")
    trend = draft.word(f"{own}.trend")
    told = f"On {name} bars, completed up to {{{own}.trend@date}}, the trend is {trend}"
    return f"{told}: {joined(parts)}." if parts else f"{told}."


def _sides(draft: Draft, own: str, noun: str) -> str:
    """'above its rising 20-week and 50-week averages, but below its falling 200-week average'; '' where none is known."""
    sides: dict[str, list[int]] = {}
    for n in AVERAGES:
        if f"{own}.sma_{n}.side" in draft:
            sides.setdefault(draft.word(f"{own}.sma_{n}.side"), []).append(n)
    return ", but ".join(f"{side} its {_averages(draft, own, noun, averages)}" for side, averages in sides.items())


def _averages(draft: Draft, own: str, noun: str, averages: list[int]) -> str:
    """Each with which way it moves, unless the one before it moves so too."""
    moves = [_MOVES.get(draft.word(f"{own}.sma_{n}.slope"), "") for n in averages]
    told = [
        f"{'' if move == before else move} {n}-{noun}".strip()
        for n, move, before in zip(averages, moves, ["", *moves[:-1]], strict=True)
    ]
    return f"{joined(told)} average{'s' if len(told) > 1 else ''}"


def _agreement(draft: Draft, names: list[str]) -> str:
    said = draft.word("timeframe.agreement")
    if not said:
        return ""
    listed = joined(names)
    if said == "none":
        return f"The {listed} trends do not agree."
    return f"The {listed} trends agree: {said}."
