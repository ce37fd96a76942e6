"""Printed values against the bars: the last price, averages, oscillators, extremes, drawdowns and distances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from levelhead.review.allowance import allowed, feed_difference, holds
from levelhead.review.columns import is_no_price
from levelhead.review.conditional import is_yet_to_come
from levelhead.review.evidence import Evidence, printed
from levelhead.review.explanations import DAYS_BACK, explained
from levelhead.review.said import Indicator, Money
from levelhead.review.values import Value, called, measured_from, of_completed, value_of, why_unknown
from levelhead.review.verdict import Judgement, Verdict

_COUNTED = re.compile(r"\s(?:more|others?|times|sessions|days|weeks|points|ticks|bars|closes|touches|tests)\b", re.I)
_SIMPLE = re.compile(r"\bSMA\b|\bsimple\b", re.I)


def value_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for every printed value that is no pivot (`pivot_check` has those)."""
    prices = (i for i in evidence.note.indicators if i.name == "last" and evidence.is_of_scale(i.value.middle))
    first_last = next(prices, None)
    for said in evidence.note.indicators:
        if (said.name == "last" or rule_of(said.name) == "average") and not evidence.is_of_scale(said.value.middle):
            if not _has_another(evidence, said):
                yield _verdict(said, "cannot be checked", f"{printed(said.value)} is not of the scale of {_scale(evidence)}.")
        elif said.name == "last":
            if said is first_last:  # later ones are closes of other days
                yield _last(evidence, said)
        elif not said.name.startswith("pivot."):
            yield from _value(evidence, said)


def _has_another(evidence: Evidence, said: Indicator) -> bool:
    """Whether the note gives the same name a value of this instrument's scale too."""
    return any(i.name == said.name and evidence.is_of_scale(i.value.middle) for i in evidence.note.indicators)


def _is_column(evidence: Evidence, name: str) -> bool:
    """Whether the values under this name are a table's column of distances in ATR: there are several, or one below nought."""
    values = {i.value.low for i in evidence.note.indicators if i.name == name}
    return len(values) > 2 or min(values) <= 0


def _scale(evidence: Evidence) -> str:
    return f"{evidence.bars.instrument.symbol}, which stood at {evidence.price(evidence.last)} on {evidence.day}"


def statement_of(said: Indicator) -> str:
    """'50-day average 2,229.3'."""
    unit = "%" if said.name.endswith(("_pct", ".pct")) else ""
    return f"{called(said.name)} {printed(said.value)}{unit}"


def rule_of(name: str) -> str:
    """The rule that a value of this name is checked by."""
    if name.startswith(("sma_", "ema_", "wma_")) and not name.endswith("_pct"):
        return "average"
    if name.startswith("rsi"):
        return "RSI"
    if name.startswith("macd"):
        return "MACD"
    if name.startswith("atr"):
        return "ATR"
    return "distance" if name.endswith("_pct") else "extreme"


def _verdict(said: Indicator, verdict: Judgement, bars_say: str, rule: str = "") -> Verdict:
    return Verdict(
        statement=statement_of(said), verdict=verdict, bars_say=bars_say, span=said.span, rule=rule or rule_of(said.name)
    )


def _last(evidence: Evidence, said: Indicator) -> Verdict:
    """The stated price is right where the day's bar closed or traded at it."""
    bars, price, day = evidence.bars, said.value, evidence.day
    if holds(price, evidence.close, allowed("last", price, evidence.atr)):
        what = "last price given" if evidence.is_given_last else "close"
        return _verdict(
            said,
            "right",
            f"The {what} {'for' if evidence.is_given_last else 'of'} {day} was {evidence.price(evidence.close)}.",
            "last price",
        )
    reach = feed_difference(evidence.close, evidence.atr)
    low, high = float(bars.low[-1]), float(bars.high[-1])
    session = f"{day} traded from {evidence.price(low)} to {evidence.price(high)} and closed at {evidence.price(evidence.close)}"
    if low - reach <= price.high and price.low <= high + reach:
        at = "the other values are computed at the stated price" if evidence.stated == price.low else "it traded in the session"
        return _verdict(said, "right", f"{session}; {at}.", "last price")
    return _verdict(said, "wrong", f"{session}{_closed_there(evidence, price)}.", "last price")


def _closed_there(evidence: Evidence, price: Money) -> str:
    """The latest earlier close at the price, to its printed digit."""
    earlier = evidence.bars.close[max(0, len(evidence.bars) - 1 - DAYS_BACK) : -1]
    unit = evidence.bars.instrument.step / 2
    rows = np.flatnonzero((earlier >= price.low - unit) & (earlier <= price.high + unit))
    if not rows.size:
        return ""
    return f"; {evidence.date(len(evidence.bars) - 1 - len(earlier) + int(rows[-1]))} closed there"


def _value(evidence: Evidence, said: Indicator) -> Iterator[Verdict]:
    if _COUNTED.match(evidence.note.text.plain[said.span.end : said.span.end + 12]):
        return
    if is_yet_to_come(evidence, said) or (rule_of(said.name) == "average" and is_no_price(evidence, said.span)):
        return
    if said.name.startswith("atr_") and _is_column(evidence, said.name):
        return
    if said.name == "drawdown_pct" and any(s.kind == "drawdown" and said.value.low in s.numbers for s in evidence.note.statements):
        return  # the statement names the high it is measured from
    value = value_of(evidence, said.name)
    if value is None:
        yield _verdict(said, "cannot be checked", why_unknown(evidence, said.name))
        return
    money = said.value if rule_of(said.name) in ("RSI", "ATR", "MACD") else replace(said.value, open_ended="")
    if holds(money, value.value, allowed(said.name, money, evidence.atr)):
        yield _verdict(said, "right", f"{_stood(evidence, said.name, value)}.")
    elif practice := _other_practice(evidence, said, money):
        yield _verdict(said, "right", practice)
    else:
        yield _verdict(
            said,
            "wrong",
            f"{_stood(evidence, said.name, value)}, not {_said(evidence, said)}{explained(evidence, said.name, money)}.",
        )


def _stood(evidence: Evidence, name: str, value: Value) -> str:
    if value.when:
        return f"The {value.called} of the bars, which begin on {evidence.bars.first}, is {value.shown}{value.when}"
    article = "" if value.called.startswith(("RSI", "ATR", "MACD", "ADX")) else "The "
    return f"{article}{value.called} stood at {value.shown} on {evidence.day}"


def _said(evidence: Evidence, said: Indicator) -> str:
    """The note's value as the sentence repeats it: prices on the grid, the rest as printed."""
    if rule_of(said.name) in ("average", "extreme"):
        joined = "in " if said.value.low != said.value.high else ""
        return joined + printed(said.value)
    return printed(said.value) + ("%" if said.name.endswith("_pct") else "")


def _other_practice(evidence: Evidence, said: Indicator, money: Money) -> str:
    """A sentence where the value is right by another usual definition: an exponential average, a share of the high."""
    if said.name.startswith("sma_") and not _SIMPLE.search(said.words):
        name = "ema" + said.name.removeprefix("sma")
        other = value_of(evidence, name)
        if other is not None and holds(money, other.value, allowed(name, money, evidence.atr)):
            simple = value_of(evidence, said.name)
            assert simple is not None
            return f"It is the {other.called}, {other.shown} on {evidence.day}; the simple one stood at {simple.shown}."
    whole = of_completed(evidence, said.name)
    if whole is not None and holds(money, whole.value, allowed(said.name, money, evidence.atr)):
        return f"It is the {whole.called} of completed bars, {whole.shown}."
    level = value_of(evidence, far_from) if (far_from := measured_from(said.name)) else None
    if level is not None and evidence.is_any_price:
        shares = sorted(100 * (level.value / price - 1) for price in evidence.range)
        if shares[0] <= money.high and money.low <= shares[1]:
            return (
                f"The {level.called} ({level.shown}{level.when}) lay {shares[0]:.2f}% to {shares[1]:.2f}% away "
                f"over the session of {evidence.day}."
            )
    if level is not None:
        share = 100 * abs(1 - evidence.last / level.value)
        if holds(money, share, allowed(said.name, money, evidence.atr)):
            return f"The price stood {share:.2f}% off the {level.called} ({level.shown}{level.when}) on {evidence.day}."
    return ""
