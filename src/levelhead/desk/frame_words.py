"""The contract, its last roll, and what the two frames of the series disagree about, in sentences."""

from __future__ import annotations

from functools import partial

from levelhead.desk.draft import Draft
from levelhead.domain.bars import Bars
from levelhead.domain.note import Section
from levelhead.reading.perspective import primary_trend

_OTHER = "frames."
_TRENDS = {"as traded": "frames.trend.as_traded", "back-adjusted": "frames.trend.back_adjusted"}
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
    trend = _trend_words(draft, here)
    parted = [_parted(draft, name, here, there) for name in draft.facts if name.startswith(_OTHER)]
    said = [sentence for sentence in (*parted, trend) if sentence]
    paragraphs = [_roll_words(draft, here)]
    if said:
        paragraphs.append(f"The two frames disagree. {' '.join(said)}")
    else:
        paragraphs.append(
            "Both frames agree on the primary trend, the sides and slopes of the averages, the swing structure, the RSI zone and "
            "the day of the highest high."
        )
    if "frames.all_time_high" in draft:
        paragraphs[-1] += f" {there.capitalize()} the high of this history is {{frames.all_time_high}}."
    return Section(name="frames", title="Contract and frames", paragraphs=tuple(paragraphs))


def _roll_words(draft: Draft, here: str) -> str:
    dearer = "above" if draft.number("roll.gap") > 0 else "below"
    error = ", standard error {roll.gap_error|abs} points" if "roll.gap_error" in draft else ""
    gap = f"{{roll.gap|abs}} points {dearer} the old contract (factor {{roll.factor}}, {{roll.kind}}{error})"
    return (
        f"The series quotes {{roll.to}} since {{roll.to@date}}, when it rolled from {{roll.from}}, {gap}. "
        f"Levels and averages are {here}; swings, slopes, ranges, volatility and base rates leave the gap out."
    )


def _trend_words(draft: Draft, here: str) -> str:
    """Where the frames make different primary trends of the same votes, each of them; enters both."""
    trends = {frame: primary_trend(partial(_word_in, draft, frame, here)) for frame in _TRENDS}
    if len(set(trends.values())) == 1:
        return ""
    for frame, trend in trends.items():
        draft.say(_TRENDS[frame], trend, f"primary trend with every vote {frame}", "the votes of trend.primary, in that frame")
    told = " and ".join(f"{{{name}}} {frame}" for frame, name in _TRENDS.items())
    return f"The primary trend is {told}; with levels {here} and geometry back-adjusted it is {{trend.primary}}."


def _word_in(draft: Draft, frame: str, here: str, name: str) -> str:
    """The word of a vote in a frame. What is flagged is the other frame's word; geometry is back-adjusted in the note itself."""
    home = "back-adjusted" if name == "structure" or name.endswith(".slope") else here
    return draft.word(name) if frame == home else draft.word(f"{_OTHER}{name}") or draft.word(name)


def _parted(draft: Draft, name: str, here: str, there: str) -> str:
    """One disagreement, '' for what is the number of another or none."""
    of = name.removeprefix(_OTHER)
    if of.endswith(".side"):
        n, average = of.removeprefix("sma_").removesuffix(".side"), of.removesuffix(".side")
        return f"Price stands {{{of}}} the {n}-day average at {{{average}}} {here}, {{{name}}} it at {{{_OTHER}{average}}} {there}."
    if of == "golden_cross":
        return f"The golden cross is {{{of}}} {here}, {{{name}}} {there}."
    if of == "structure":
        return f"The swings make {{{of}}} back-adjusted, {{{name}}} as traded."
    if of.endswith(".slope"):
        n = of.removeprefix("sma_").removesuffix(".slope")
        return f"The slope of the {n}-day average is {{{of}}} ({{{of}_atr}}) back-adjusted, {{{name}}} ({{{name}_atr}}) as traded."
    if of == "rsi_14.zone":
        return f"RSI(14) is {{{of}}} {here}, {{{name}}} {there}."
    if of == "all_time_high" and draft.facts[of].date != draft.facts[name].date:
        return f"The highest high is that of {{{of}@date}} {here}, that of {{{name}@date}} {there}."
    if of in _PRICES:
        above = "above" if draft.number(of) > draft.number("last") else "below"
        other = "below" if above == "above" else "above"
        return f"The {_PRICES[of]} of {{{of}@date}} lies {above} the price {here} ({{{of}}}), {other} it {there} ({{{name}}})."
    return ""
