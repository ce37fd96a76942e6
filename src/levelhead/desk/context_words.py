"""What lies around the market, in sentences: rates, implied volatility, breadth, credit, positions, and the news that is due."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.desk.market_words import breadth_words, credit_words, position_words
from levelhead.desk.summary import joined
from levelhead.domain.note import Section
from levelhead.reading.events import AHEAD

_REGIMES = {"calm": "calm", "usual": "neither high nor low", "high": "high", "extreme": "extreme"}


def context_section(draft: Draft, subject: str) -> Section | None:
    """A paragraph each on what was given beside the bars; None where nothing was."""
    parts = (
        _rates(draft, subject),
        _implied(draft, subject),
        breadth_words(draft),
        credit_words(draft, subject),
        position_words(draft),
        _season(draft, subject),
        _events(draft),
    )
    told = tuple(part for part in parts if part)
    return Section(name="context", title="Context", paragraphs=told) if told else None


def _rates(draft: Draft, subject: str) -> str:
    return " ".join(_yield(draft, name, subject) for name in _named(draft, "rates", "level"))


def _yield(draft: Draft, name: str, subject: str) -> str:
    own = f"rates.{name}"
    course = draft.word(f"{own}.direction")
    moved = f"{course}, {{{own}.change_20|signed|0|plain}} basis points in twenty sessions"
    went = "" if not course else " and is little changed over twenty sessions" if course == "steady" else f" and is {moved}"
    told = f"{name} stands at {{{own}.level}}{went}."
    of = f"{own}.sensitivity"
    if of not in draft:
        return told
    span, days = f"{{{of}|2}} ({{{of}.low|2}} to {{{of}.high|2}})", f"{{{of}.days}} daily changes"
    if draft.word(f"{of}.told") == "not told":
        return f"{told} Whether {subject} moves with it cannot be told: {span} for ten basis points more, estimated from {days}."
    return f"{told} With a rise of ten basis points in a day {subject} has moved by {span}, estimated from {days}."


def _implied(draft: Draft, subject: str) -> str:
    names = _named(draft, "implied", "level")
    told = [_index(draft, name) for name in names]
    if "implied.premium" in draft:
        side = "above" if draft.number("implied.premium") >= 0 else "below"
        first = "That" if len(names) == 1 else names[0]
        told.append(
            f"{first} is {{implied.premium|abs|1|plain}} percentage points {side} what {subject} realised over twenty sessions."
        )
    shape = draft.word("implied.term.shape")
    if shape:
        told.append(f"The term structure is {'flat' if shape == 'flat' else f'in {shape}'}, at {{implied.term|2}}.")
    return " ".join(told)


def _index(draft: Draft, name: str) -> str:
    own = f"implied.{name}"
    regime = draft.word(f"{own}.regime")
    if not regime:
        return f"{name} stands at {{{own}.level|1}}."
    highest = draft.number(f"{own}.percentile") == 100
    rank = "none of its sessions higher" if highest else f"{{{own}.percentile|0}} of its sessions not higher"
    where = f", {_REGIMES[regime]} for the past year ({rank})"
    return f"{name} stands at {{{own}.level|1}}{where}."


def _season(draft: Draft, subject: str) -> str:
    """What the coming month has brought, with its uncertainty."""
    if "season.mean" not in draft:
        return ""
    month = draft.word("season.month")
    span = "{season.mean|1} on average ({season.low|1} to {season.high|1}; the other months {season.rest|1})"
    told = f"In {month} {subject} has changed by {span}, over {{season.years}} years, {{season.up}} of them higher"
    apart = draft.word("season.told") == "told apart"
    return f"{told}: {'more' if apart else 'no more'} than chance makes of one month in twelve."


def _events(draft: Draft) -> str:
    """The events within the scenario horizon, each with its day, and the expiry where it is among them."""
    due: list[str] = []
    while (own := f"event.{len(due) + 1}") in draft:
        due.append(f"{draft.facts[own].meaning} on {{{own}|day}}")
    if due and "expiry.sessions" in draft and 0 < draft.number("expiry.sessions") <= AHEAD:
        due.append("the expiry of {expiry.contract} on {expiry.date|day}")
    return f"Due within the scenario horizon: {joined(due)}." if due else ""


def _named(draft: Draft, head: str, tail: str) -> list[str]:
    """The names in facts such as implied.VIX.level, in the order in which they were given."""
    parts = (name.split(".") for name in draft.facts if name.startswith(f"{head}.") and name.endswith(f".{tail}"))
    return [part[1] for part in parts if len(part) == 3]
