"""The contract, its last roll, and what the two frames of the series disagree about, in sentences."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.domain.bars import Bars
from levelhead.domain.note import Section

_OTHER = "frames."
_PRICES = {
    "swing_high_1": "latest swing high",
    "swing_high_2": "swing high before it",
    "swing_low_1": "latest swing low",
    "swing_low_2": "swing low before it",
    "high_52w": "52-week high",
    "low_52w": "52-week low",
    "all_time_low": "low of this history",
}


def frames_section(draft: Draft, bars: Bars) -> Section | None:
    """Which contract is quoted since when, and where the frames part; None where no roll is known."""
    if "roll.gap" not in draft:
        return None
    here, there = ("as traded", "back-adjusted") if bars.adjustment == "none" else ("back-adjusted", "as traded")
    parted = [_parted(draft, name, here, there) for name in draft.facts if name.startswith(_OTHER)]
    said = [sentence for sentence in parted if sentence]
    paragraphs = [_roll_words(draft, here)]
    if said:
        paragraphs.append(f"The two frames disagree. {' '.join(said)}")
    else:
        paragraphs.append(
            f"{there.capitalize()}, the sides of the averages, the swing structure, the RSI zone and the day of the highest high "
            "are the same."
        )
    if "frames.all_time_high" in draft:
        paragraphs[-1] += f" {there.capitalize()} the high of this history is {{frames.all_time_high}}."
    return Section(name="frames", title="Contract and frames", paragraphs=tuple(paragraphs))


def _roll_words(draft: Draft, here: str) -> str:
    dearer = "above" if draft.number("roll.gap") > 0 else "below"
    gap = f"{{roll.gap|abs}} points {dearer} the old contract (factor {{roll.factor}}, {{roll.kind}})"
    returns = "volatility and base rates leave the gap out"
    return (
        f"The series quotes {{roll.to}} since {{roll.to@date}}, when it rolled from {{roll.from}}, {gap}. "
        f"Levels and averages are {here}; {returns}."
    )


def _parted(draft: Draft, name: str, here: str, there: str) -> str:
    """One disagreement, '' for what is the number of another or none."""
    of = name.removeprefix(_OTHER)
    if of.endswith(".side"):
        n, average = of.removeprefix("sma_").removesuffix(".side"), of.removesuffix(".side")
        return f"Price stands {{{of}}} the {n}-day average at {{{average}}} {here}, {{{name}}} it at {{{_OTHER}{average}}} {there}."
    if of == "golden_cross":
        return f"The golden cross is {{{of}}} {here}, {{{name}}} {there}."
    if of == "structure":
        return f"The swings make {{{of}}} {here}, {{{name}}} {there}."
    if of == "rsi_14.zone":
        return f"RSI(14) is {{{of}}} {here}, {{{name}}} {there}."
    if of == "all_time_high" and draft.facts[of].date != draft.facts[name].date:
        return f"The highest high is that of {{{of}@date}} {here}, that of {{{name}@date}} {there}."
    if of in _PRICES:
        above = "above" if draft.number(of) > draft.number("last") else "below"
        other = "below" if above == "above" else "above"
        return f"The {_PRICES[of]} of {{{of}@date}} lies {above} the price {here} ({{{of}}}), {other} it {there} ({{{name}}})."
    return ""
