"""Chart patterns in sentences: where the points lie, what confirms it or did, how far the measured move reaches."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.desk.summary import joined


def pattern_sentences(draft: Draft) -> tuple[str, ...]:
    """One for each pattern of the day, at most two."""
    names = [name for name in ("pattern_1", "pattern_2") if name in draft]
    told = (_pattern(draft, name) for name in (names[:1] if _are_one(draft, names) else names))
    return tuple(sentence for sentence in told if sentence)


def _are_one(draft: Draft, names: list[str]) -> bool:
    """Whether both are one pattern seen twice: of one name and course, and two of three extremes the same."""
    if len(names) < 2 or any(len({draft.word(f"{name}{part}") for name in names}) > 1 for part in ("", ".status")):
        return False
    extremes = [{draft.facts[f"{n}.point_{at}"].date for at in (1, 3, 5) if f"{n}.point_{at}" in draft} for n in names]
    return len(extremes[0] & extremes[1]) >= 2


def _pattern(draft: Draft, name: str) -> str:
    status, side = draft.word(f"{name}.status"), draft.word(f"{name}.side")
    what = _what(draft, name)
    if status == "forming":
        return _forming(what, name, side, _line(draft, name))
    way, back = ("above", "below") if side == "bullish" else ("below", "above")
    on = f"{{{name}.status@date}}"
    if status == "failed" and not _was_confirmed(draft, name):
        return f"{what} failed on {on} with a close {back} {{{name}.failure}}, before it was confirmed."
    broke = f"by a close {way} its {_line(draft, name)} {{{name}.neckline}}"
    if status == "confirmed":
        return f"{what} was confirmed on {on} {broke}; {_reach(draft, name)}."
    first = f"{what}, confirmed on {{{name}.neckline@date}} {broke},"
    if status == "target met":
        return f"{first} met its measured move to {{{name}.target}} on {on}."
    return f"{first} failed on {on} with a close {back} {{{name}.failure}}."


def _forming(what: str, name: str, side: str, line: str) -> str:
    if side == "either way":
        return f"{what} is forming: a close above {{{name}.upper}} or below {{{name}.lower}} would confirm it."
    way, back = ("above", "below") if side == "bullish" else ("below", "above")
    confirms = f"a close {way} its {line} {{{name}.neckline}} would confirm it, with a measured move to {{{name}.target}}"
    return f"{what} is forming: {confirms}; a close {back} {{{name}.failure}} would undo it."


def _was_confirmed(draft: Draft, name: str) -> bool:
    """Whether it broke before it was undone: then its neckline is that of the break, before the day it failed."""
    return draft.facts[f"{name}.neckline"].date != draft.facts[f"{name}.status"].date


def _reach(draft: Draft, name: str) -> str:
    """How far the measured move still is, in ATR where there is one."""
    goal = f"measured move to {{{name}.target}}"
    return f"{goal}, still {{{name}.target_atr|abs}} away" if f"{name}.target_atr" in draft else goal


def _what(draft: Draft, name: str) -> str:
    """The pattern with what a reader finds it by: its extremes, its head, or the day it began."""
    called = draft.word(name)
    points = [f"{{{name}.point_{at}}}" for at in (1, 3, 5) if f"{name}.point_{at}" in draft]
    article = "An" if called[0] in "aeiou" else "A"
    if called.startswith(("double", "triple")):
        return f"{article} {called} at {joined(points)}"
    if called.endswith("shoulders"):
        return f"{article} {called} with its head at {{{name}.point_3}} on {{{name}.point_3@date}}"
    return f"{article} {called} that began on {{{name}@date}}"


def _line(draft: Draft, name: str) -> str:
    """What the trade calls the line that confirms it."""
    if draft.word(name).endswith(("top", "bottom", "shoulders")):
        return "neckline"
    return "upper line" if draft.word(f"{name}.side") == "bullish" else "lower line"
