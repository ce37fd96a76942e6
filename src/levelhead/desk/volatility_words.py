"""Volatility and volume in sentences: what a normal day is worth, and who trades."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.desk.summary import joined
from levelhead.domain.note import Section
from levelhead.reading.volume_bars import DAILY, SPREAD

QUIET, BUSY = 20.0, 80.0  # per cent of the past year's sessions: below or above them it is worth a sentence
THIN, HEAVY = 0.7, 1.5  # of the usual volume
NEXT_TO_NOTHING = 0.01  # of it: no session trades so little, so that the record lacks most of it
MANY_DAYS = 4  # days of distribution or accumulation in five weeks


def volatility_section(draft: Draft) -> Section | None:
    """What a normal day is worth, past and forecast; whether ranges are unusual, and the bands squeezed."""
    told = []
    if "atr_14" in draft:
        share = ", {atr_14.pct} of price" if "atr_14.pct" in draft else ""
        told.append(f"The average true range of the last fourteen sessions is {{atr_14|abs}} points{share}{_rank(draft)}.")
    if "sigma" in draft:
        told.append(
            "The forecast puts one standard deviation of the next session at {sigma|abs} points ({sigma_pct}), "
            "and of the scenario horizon at {sigma_horizon|abs} points ({sigma_horizon_pct})."
        )
    told += [part for part in (_ranges(draft), _squeeze(draft)) if part]
    return Section(name="volatility", title="Volatility", paragraphs=(" ".join(told),)) if told else None


def volume_section(draft: Draft) -> Section | None:
    """The last session's volume, who sells into it, the days of distribution and accumulation, and what volume by price is worked
    out from; None without volume.
    """
    told = [part for part in (_last_volume(draft), _sides(draft), _days(draft), _by_price(draft)) if part]
    return Section(name="volume", title="Volume", paragraphs=(" ".join(told),)) if told else None


def _rank(draft: Draft) -> str:
    """Where the range stands in the past year, when that is unusual: its share of the price, for points grow with the price."""
    if "atr_14.percentile" not in draft:
        return ""
    rank, of = draft.number("atr_14.percentile"), "; as a share of price"
    if rank == 100:
        return f"{of} that is the most of the past year"
    if rank >= BUSY:
        return f"{of} that is no less than in {{atr_14.percentile|1}} of the past year's sessions"
    return f"{of} only {{atr_14.percentile|1}} of the past year's sessions had as little" if rank <= QUIET else ""


def _ranges(draft: Draft) -> str:
    state, kind = draft.word("range.state"), draft.word("range.kind")
    told = []
    if state in ("expansion", "contraction"):
        told.append("the last five sessions moved {range.course|2} times as far as usual")
    if kind == "wide":
        told.append("the last one spanned {range.last|1}" if told else "the last session spanned {range.last|1}")
    elif kind.startswith("narrowest"):
        told.append("the last session was the narrowest of seven")
    if not told:
        return ""
    words = joined(told)
    return f"{words[0].upper()}{words[1:]}."


def _squeeze(draft: Draft) -> str:
    if draft.word("bollinger.squeeze") != "present":
        return ""
    told = "The Bollinger bands were at their narrowest in half a year on {bollinger.squeeze@date}; "
    return told + "they stand at {bollinger.lower} and {bollinger.upper}."


def _last_volume(draft: Draft) -> str:
    if "volume.relative" not in draft:
        return ""
    ratio = draft.number("volume.relative")
    word = "heavy" if ratio >= HEAVY else "thin" if ratio <= THIN else "usual"
    of_day = " of {volume@date|day}" if draft.facts["volume"].date else ""
    told = f"The last session's volume{of_day} was {word}: {{volume}}, "
    if ratio < NEXT_TO_NOTHING:
        return f"{told}not a hundredth of the mean of the twenty before; the record of it may be incomplete."
    return f"{told}{{volume.relative|2}} times the mean of the twenty before."


def _sides(draft: Draft) -> str:
    if "volume.up_down" not in draft:
        return ""
    more = "more" if draft.number("volume.up_down") >= 1 else "less"
    told = f"Over fifty sessions {more} traded on rising than on falling days, {{volume.up_down|2}} to one"
    pressure = draft.word("volume.selling_pressure.direction")
    if pressure in ("rising", "falling"):
        now, before = "{volume.selling_pressure|0}", "{volume.selling_pressure.before|0}"
        told += f"; selling pressure is {pressure}, {now} after {before} ten sessions ago"
    return f"{told}."


def _days(draft: Draft) -> str:
    """Distribution and accumulation, where there is much of one."""
    names = {"distribution": "volume.distribution_days", "accumulation": "volume.accumulation_days"}
    if not all(name in draft for name in names.values()) or max(draft.number(name) for name in names.values()) < MANY_DAYS:
        return ""
    counts = " and ".join(f"{{{name}}} of {kind}" for kind, name in names.items())
    return f"The last twenty-five sessions count {counts}."


def _by_price(draft: Draft) -> str:
    """Which bars the levels of volume on the ladder come from."""
    named = [name for name in draft.facts if name.endswith(".bars") and name.startswith(("profile", "vwap_"))]
    finer = [name for name in named if draft.word(name) != DAILY]
    if not finer:
        spread = [name for name, fact in draft.facts.items() if name.startswith("profile.") and SPREAD in fact.meaning]
        return "Volume by price is approximated from daily bars." if spread else ""
    rest = "" if len(finer) == len(named) else " as far as they reach, else approximated from daily bars"
    return f"Volume by price is worked out from {{{finer[0]}}}{rest}."
