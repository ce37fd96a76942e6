"""What the market around the instrument does, in sentences: breadth, credit, and who holds how much.

It is counted in days whatever the bars of the note, so nothing here is said in words that are those of its bars (`bar_words`):
closes, weeks and a year.
"""

from __future__ import annotations

from levelhead.desk.draft import Draft

_TRENDS = {"up": "rising", "down": "falling", "flat": "flat"}


def breadth_words(draft: Draft) -> str:
    """What was counted in the universe, each with its place in its past year; '' where nothing was given."""
    counted = [part for part in (_shares(draft), _advances(draft), _highs(draft)) if part]
    if not counted:
        return ""
    placed = ", in brackets the share of the past year in which it was not higher" if _placed(draft) else ""
    told = f"Breadth of {{breadth.symbols}} symbols of {{breadth.universe}}{placed}: {'; '.join(counted)}."
    ended = int(draft.number("breadth.ended"))
    if not ended:
        return f"{told} None of its symbols has ended by now: a list of survivors, which flatters its past."
    have = "has" if ended == 1 else "have"
    return f"{told} {{breadth.ended}} of its symbols {have} ended by now; others that ended may be absent from it."


def _placed(draft: Draft) -> bool:
    return any(f"breadth.{name}.place" in draft for name in ("above_50", "above_200", "advances", "highs"))


def _shares(draft: Draft) -> str:
    """Spelled out and without the word that names a line on the chart: these are averages of other prices."""
    spans = ((50, "the mean of their own last fifty closes"), (200, "that of two hundred"))
    known = [(f"breadth.above_{bars}", words) for bars, words in spans if f"breadth.above_{bars}" in draft]
    return ", ".join(f"{{{own}|0}} stand above {words}{_place(draft, own)}" for own, words in known)


def _advances(draft: Draft) -> str:
    own, ten = "breadth.advances", "breadth.advances_10"
    if own not in draft:
        return ""
    told = f"advances less declines {{{own}|signed}}{_place(draft, own)}"
    return f"{told}, over two weeks {{{ten}|signed}}{_place(draft, ten)}" if ten in draft else told


def _highs(draft: Draft) -> str:
    own = "breadth.highs"
    return f"new highs of a year less new lows {{{own}|signed}}{_place(draft, own)}" if own in draft else ""


def _place(draft: Draft, own: str) -> str:
    return f" ({{{own}.place|0}})" if f"{own}.place" in draft else ""


def credit_words(draft: Draft, subject: str) -> str:
    """The ratio's trend, change and place, and whether it goes with the instrument; '' where it is not known."""
    if "credit.side" not in draft:
        return ""
    place = "; it was not higher in {credit.percentile|0} of the past year" if "credit.percentile" in draft else ""
    trend = f"the mean of its own last fifty closes, which is {_TRENDS[draft.word('credit.slope')]}"
    course = f"and has changed by {{credit.change_20|signed}} in four weeks{place}"
    told = f"Credit: {{credit.pair}} is {draft.word('credit.side')} {trend}, {course}."
    stance = draft.word("credit.stance")
    if not stance:
        return told
    if stance == "confirms":
        return f"{told} It confirms the way {subject} went in that time."
    if stance == "diverges":
        return f"{told} It diverges from {subject}, which went the other way in that time."
    return f"{told} It neither confirms nor diverges: in that time {_still(draft, subject)} moved too little to count."


def _still(draft: Draft, subject: str) -> str:
    """Which of the two changed by less than counts."""
    moved = draft.facts["credit.stance"].inputs
    return " and ".join(
        name for name, own in ((subject, "own"), ("credit", "credit")) if abs(moved[f"{own}_change"]) <= moved[f"{own}_bound"]
    )


def position_words(draft: Draft) -> str:
    """The last report that was released; '' where there is none."""
    if "cot.net" not in draft:
        return ""
    side = draft.word("cot.side")
    held = (
        "as many contracts long as short"
        if side == "flat"
        else f"{{cot.net|abs}} contracts net {side}, {{cot.share|abs}} of open interest"
    )
    told = f"Positions: {{cot.group}} held {held}, in the report of {{cot.report|day}}, released on {{cot.released|day}}."
    parts = []
    if "cot.change_4" in draft:
        parts.append("The net changed by {cot.change_4|signed} contracts over four reports.")
    if "cot.percentile" in draft:
        parts.append("Its share of open interest was not higher in {cot.percentile|0} of the reports of three years.")
    return " ".join((told, *parts))
