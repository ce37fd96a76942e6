"""Trend, structure and averages in sentences."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.desk.structure_words import acceptance_words, course_words, recovery_words
from levelhead.desk.summary import LEAST_SHOWN, joined
from levelhead.domain.note import Section

AVERAGES = (20, 50, 100, 200)
_MOVING = {"up": "rising", "down": "falling", "flat": "flat"}


def trend_section(draft: Draft) -> Section | None:
    """Where price stands among its averages, what the swings do, how far the highs are."""
    averages = " ".join(part for part in (_averages(draft), acceptance_words(draft, AVERAGES[1:])) if part)
    paragraphs = [p for p in (averages, _cross(draft), _structure(draft), course_words(draft), _highs(draft)) if p]
    return Section(name="trend", title="Trend and structure", paragraphs=tuple(paragraphs)) if paragraphs else None


def _averages(draft: Draft) -> str:
    known = [n for n in AVERAGES if f"sma_{n}.side" in draft]
    if not known:
        return ""
    above = [n for n in known if draft.word(f"sma_{n}.side") == "above"]
    below = [n for n in known if draft.word(f"sma_{n}.side") != "above"]
    told = []
    if len(known) > 1 and not below:
        told.append(f"Price stands above {_count(len(known))} averages: {_listed(draft, above)}.")
    elif len(known) > 1 and not above:
        told.append(f"Price stands below {_count(len(known))} averages: {_listed(draft, below)}.")
    else:
        if above:
            told.append(f"Price stands above {_listed(draft, above)}" + ("," if below else "."))
        if below:
            told.append(f"{'but' if above else 'Price stands'} below {_listed(draft, below)}.")
    lead = 50 if 50 in known else known[-1]
    if f"sma_{lead}.slope_atr" in draft:
        slope = draft.word(f"sma_{lead}.slope")
        pace = f"{{sma_{lead}.slope_atr|abs}} per ten sessions" if slope != "flat" else "hardly at all"
        verb = {"up": "rises by", "down": "falls by", "flat": "moves"}[slope]
        told.append(
            f"The {lead}-day average {verb} {pace} and lies {{sma_{lead}.distance_atr|abs}} {_away(draft, lead)} the price."
        )
    return " ".join(told)


def _listed(draft: Draft, averages: list[int]) -> str:
    parts = [
        f"the {_MOVING.get(draft.word(f'sma_{n}.slope'), '')} {n}-day at {{sma_{n}}}".replace("the  ", "the ") for n in averages
    ]
    return joined(parts)


def _away(draft: Draft, n: int) -> str:
    return "above" if draft.number(f"sma_{n}.distance") > 0 else "below"


def _count(n: int) -> str:
    return {2: "both", 3: "all three", 4: "all four"}[n]


def _cross(draft: Draft) -> str:
    if "golden_cross" not in draft:
        return ""
    present = draft.word("golden_cross") == "present"
    since = draft.facts["golden_cross"].date
    side, kind = ("above", "golden cross") if present else ("below", "death cross")
    if since is None:
        return f"The 50-day has been {side} the 200-day for as long as both are known; no cross has been seen.{_next_cross(draft)}"
    pace = "and closing" if _closing(draft) else "and widening"
    told = f"The 50-day has been {side} the 200-day since the {kind} of {{golden_cross@date}}"
    return f"{told}; the two are {{cross.gap|abs}} points apart {pace}.{_next_cross(draft)}"


def _next_cross(draft: Draft) -> str:
    """The cross that is near, should the price stand still."""
    coming = draft.word("cross.next")
    if not coming.endswith(" near"):
        return ""
    on = ", on {cross.on}" if "cross.on" in draft else ""
    when = "with the next session" if draft.number("cross.sessions") == 1 else "in {cross.sessions} sessions"
    return f" If the price stands still, a {coming.removesuffix(' near')} comes {when}{on}."


def _closing(draft: Draft) -> bool:
    """Whether the two averages approach each other."""
    try:
        before = draft.number("sma_50.before") - draft.number("sma_200.before")
    except KeyError:
        return False
    gap = draft.number("cross.gap")
    return gap * before > 0 and abs(gap) < abs(before)


def _structure(draft: Draft) -> str:
    if "structure" not in draft:
        return ""
    highs = "{swing_high_2} ({swing_high_2@date}) and {swing_high_1} ({swing_high_1@date})"
    lows = "{swing_low_2} ({swing_low_2@date}) and {swing_low_1} ({swing_low_1@date})"
    order = draft.word("structure.confirmed") or draft.word("structure")
    told = f"The confirmed swings make {order}: highs of {highs}, lows of {lows}."
    if _is_quoted_across_a_roll(draft, order):
        told += " Each is quoted as it traded on its day; in one contract they stand in that order."
    if "structure.lower_low" in draft:
        told += " Price has since made a lower low at {structure.lower_low} ({structure.lower_low@date})."
    if "structure.higher_high" in draft:
        told += " Price has since made a higher high at {structure.higher_high} ({structure.higher_high@date})."
    return told + _sequence(draft)


def _sequence(draft: Draft) -> str:
    """Since when the larger swings rise or fall."""
    for words in ("higher highs and higher lows", "lower highs and lower lows"):
        if draft.word("structure.sequence").startswith(words):
            return f" The larger swings have made {words} since {{structure.sequence@date}}."
    return ""


def _is_quoted_across_a_roll(draft: Draft, order: str) -> bool:
    """Whether the prices as quoted seem to say the opposite of their order."""
    sides = (("higher highs", "swing_high_1", "swing_high_2"), ("higher lows", "swing_low_1", "swing_low_2"))
    quoted = ((word in order, draft.number(latest) - draft.number(earlier)) for word, latest, earlier in sides)
    return any(change and is_higher != (change > 0) for is_higher, change in quoted)


def _highs(draft: Draft) -> str:
    if "all_time_high" not in draft:
        return ""
    if draft.number("all_time_high") <= draft.number("last"):
        return "Price is at its highest in this history."
    told = "The high of this history, {all_time_high} on {all_time_high@date}, lies "
    if "drawdown_pct" not in draft:  # a price that is not positive has no shares
        told += "above."
    elif draft.number("drawdown_pct") < LEAST_SHOWN:
        told += "just above the price."
    else:
        told += "{distance_to_all_time_high_pct} above; the drawdown from it is {drawdown_pct}."
    same = "high_52w" in draft and draft.number("high_52w") == draft.number("all_time_high")
    if "high_52w" in draft and not same:
        told += " The 52-week high is {high_52w} ({high_52w@date}), the 52-week low {low_52w} ({low_52w@date})."
    elif "low_52w" in draft:
        told += " The 52-week low is {low_52w} ({low_52w@date})."
    regained = recovery_words(draft)
    return f"{told} {regained}" if regained else told
