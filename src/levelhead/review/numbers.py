"""Numbers as notes write them: prices, zones, per cents, fractions of bonds, round tens."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from levelhead.review.said import Money, OpenEnd

THIRTY_SECONDS = 32
WIDE_PAIR = 1.0055
WIDE_ZONE = 1.006  # two prices farther apart are two levels
LONGEST_PAUSE = 14  # characters between the two ends of a zone
_NUMBER = re.compile(
    r"(?=[\d.$€£¥₹₩₦₽A-Zk])(?P<money>(?:(?:US|CA|AU|C|A|S|HK|NZ|NT|R)?[$€£¥₹₩₦₽]|(?<![A-Za-z])(?:RM|Rs\.?|USD|EUR|GBP|CHF|INR|SGD|HKD|JPY|CNY|MYR|"
    r"ZAR|kr\.?))\s?)?"
    r"(?:(?P<cents>\d{1,3},\d{3}|\d{1,2}\.\d{2}|\d{2,4})(?:(?:\s|-)(?P<above>[1-7])/(?P<below>[248])(?![\d/])|"
    r"(?P<glyph>[¼½¾⅛⅜⅝⅞])|"
    r"['’](?P<eighth>[0-7])(?![\d\w]))"
    r"|(?P<whole>\d{2,3})(?:['’](?P<tick>\d{2})(?P<half>[+½¼¾]|\.?\d)?|[ -](?P<over>\d{1,2})/32(?:nds)?)(?!\d)"
    r"|(?P<plain>\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,8})?(?![,\d])|\d{1,3}(?:,\d{3})+(?:\.\d{1,8})?(?!\d)|\d{1,12}(?:\.\d{1,8})?|"
    r"(?<![\d.])\.\d{1,6}))"
    r"(?P<times>\s?[KkMm](?![\w])|(?<=\d)[KkMm]\b)?"
    r"(?P<after>\s?%|\s?(?:percent|per\scent|pct|pc)\b|['’]?s(?![\w])|\s?\+(?![\w])|[’']s\b)?"
)
_THIRTY_SECONDS = re.compile(r"(?<![\w.,/-])(\d{2,3})-((?:[0-2]\d|3[01])[0257]?)(?!\d|,\d|/|\s?%|\.\d\d|-\d)")
_JOIN = re.compile(r"\s?(?:-|–|—|−|‑|/|~|\.{2,3}|…)\s?(?:[~≈]\s?)?|\s(?:to|and|through|up to|down to)\s(?:[~≈]\s?)?", re.I)
_ABOUT = re.compile(
    r"(?:[~≈≃]|\b(?:about|around|near|nearly|approximately|approx\.?|roughly|circa|ca\.|c\.|close to|almost|some|toward|towards))"
    r"\s?(?:the\s)?(?:low|mid|middle|high|upper|lower)?[-\s]?$",
    re.I,
)
_PART = re.compile(r"\b(?P<part>low|lower|mid|middle|high|upper)(?:er)?[-\s]{1,2}(?:the\s)?(?:US)?[$€£]?\s?$", re.I)
_PARTS = {
    "low": (0.0, 0.33),
    "lower": (0.0, 0.33),
    "mid": (0.34, 0.66),
    "middle": (0.34, 0.66),
    "high": (0.67, 0.99),
    "upper": (0.67, 0.99),
}
_BETWEEN = re.compile(r"\b(?:between|from|of|range|zone|area|both)[\s:]+(?:the\s|roughly\s|about\s|[~≈$€£])*$", re.I)
_AFTER_ABOUT = re.compile(r"(?:-?\s?(?:ish\b|area\b|region\b|vicinity\b|handle\b)|ish\b)", re.I)
_GOES_ON_BEHIND = re.compile(r"\s?\([^()]{1,40}\)\s/\s?[$€£~]?\d|\s/\s[$€£~]?\d")
_TWO_NAMES = re.compile(
    r"(?:\b[RST]P?\s?[1-4]\s?/\s?[RST]?P?\s?[1-4]|\bS\s?[/&]\s?R|\bsupp?(?:ort)?\s?[/&]\s?res(?:istance)?)\s?(?:[:=@]|at|"
    r"are)?\s?[$€£~]?$",
    re.I,
)
_PLURAL = re.compile(
    r"\b(?:supports|resistances|levels|floors|ceilings|pivots|hurdles|barriers|cushions|obstacles|S\s?/\s?R|"
    r"support/resistance)\b[^.;\d]{0,20}$",
    re.I,
)
_GLYPHS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
_EIGHTHS = {"1": 0.125, "2": 0.25, "3": 0.375, "5": 0.5, "6": 0.625, "7": 0.75, "8": 0.875}
_HALVES = {"+": 0.5, "½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or two that make a zone, at [start, end) of a text; low <= high.

    unit: '%', '$', '32' for a bond's fraction, or ''. decimals: digits printed after the point. is_grouped: with a separator of
    thousands. joined: what stands between the two of a zone, '' for one number. size: digits before the point as printed.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str = ""
    decimals: int = 0
    is_grouped: bool = False
    approximate: bool = False
    open_ended: OpenEnd = ""
    joined: str = ""
    size: int = 0
    first: float = 0.0
    second: float = 0.0

    @property
    def money(self) -> Money:
        """As a price or a zone."""
        return _money(self.low, self.high, self.approximate, self.open_ended)


@lru_cache(maxsize=256, typed=True)
def _money(low: float, high: float, approximate: bool, open_ended: OpenEnd) -> Money:
    """One price, which many ask for."""
    return Money(low=low, high=high, approximate=approximate, open_ended=open_ended)


def quantities(text: str, *, is_bond: bool = False) -> tuple[Quantity, ...]:
    """Every number and zone of a text that is not part of a word, in order. Takes time in proportion to the text.

    is_bond: whether '112-08' is a price in thirty-seconds.
    """
    if is_bond:
        text = _THIRTY_SECONDS.sub("\\1’\\2", text)
    singles = [q for found in _NUMBER.finditer(text) if _is_free(text, found) and (q := _single(text, found))]
    return tuple(_zones(text, singles))


_GLUED_UNIT = re.compile(r"(?:pts|pips|points|USDT?|EUR|GBP|ish)\b")


def _is_free(text: str, found: re.Match[str]) -> bool:
    before = text[found.start() - 1 : found.start()]
    after = text[found.end() : found.end() + 1]
    if before and (before.isalnum() or before in "._") and text[max(0, found.start() - 2) : found.start()] != "..":
        return False
    return not (after.isalpha() and not found["times"] and not _GLUED_UNIT.match(text, found.end()))


def _single(text: str, found: re.Match[str]) -> Quantity | None:
    unit = "$" if found["money"] else ""
    after = (found["after"] or "").strip()
    decimals, is_grouped, size = 0, False, 0
    if found["cents"]:
        value, decimals, is_grouped = _parts_of_cent(found), 3, "," in found["cents"]
        size = len(found["cents"].partition(".")[0].replace(",", ""))
    elif found["whole"]:
        part = _fraction(found)
        if part is None:
            return None
        value, unit, size = part, "32", len(found["whole"])
    else:
        plain = found["plain"]
        is_grouped = "," in plain
        decimals = len(plain.partition(".")[2])
        size = len(plain.partition(".")[0].replace(",", ""))
        value = float(plain.replace(",", ""))
    if found["times"]:
        value *= 1000.0 if found["times"].strip() in "Kk" else 1e6
        is_grouped = True
    quantity = Quantity(
        found.start(),
        found.end(),
        value,
        value,
        unit,
        decimals,
        is_grouped,
        approximate=bool(_ABOUT.search(text[max(0, found.start() - 24) : found.start()])),
        size=size,
        first=value,
        second=value,
    )
    quantity = _after(quantity, after)
    quantity = _within(text, quantity, after)
    if _AFTER_ABOUT.match(text[found.end() : found.end() + 12].lstrip()):
        quantity = replace(quantity, approximate=True)
    return quantity


def _parts_of_cent(found: re.Match[str]) -> float:
    """402 1/4, 402¼ and 402'2 are grains: 402 cents and two eighths of one."""
    whole, unit = float(found["cents"].replace(",", "")), 0.01 if "." in found["cents"] else 1.0  # $5.48 1/2 is in dollars
    if found["above"]:
        return round(whole + unit * int(found["above"]) / int(found["below"]), 6)
    return round(whole + unit * (_GLYPHS[found["glyph"]] if found["glyph"] else int(found["eighth"]) / 8), 6)


def _fraction(found: re.Match[str]) -> float | None:
    """117’17 is 117 and 17 thirty-seconds; a plus is half of one, a third digit eighths of one."""
    part = float(found["tick"] or found["over"])
    if part >= THIRTY_SECONDS:
        return None
    half = found["half"] or ""
    if half:
        part += _HALVES[half] if half in _HALVES else _EIGHTHS.get(half[-1], 0.0)
    return float(found["whole"]) + part / THIRTY_SECONDS


def _after(quantity: Quantity, after: str) -> Quantity:
    if after == "%" or after.lower().startswith("p"):
        return replace(quantity, unit="%")
    if after == "+":
        return replace(quantity, open_ended="up")
    return quantity


def _within(text: str, quantity: Quantity, after: str) -> Quantity:
    """'low-2,400s' is the lower third of 2,400 to 2,500, 'mid-$40,000' the middle of 40,000 to 50,000."""
    part = _PART.search(text[max(0, quantity.start - 14) : quantity.start])
    is_plural = after.endswith("s") and quantity.unit != "%"
    if part and not is_plural and part["part"].lower() in ("high", "low") and "-" not in part.group():
        part = None  # 'an all-time high 6,920'
    step = _step(quantity.low)
    if step <= 1 or not (is_plural or (part and quantity.low >= 1000)):
        return quantity
    low, high = _PARTS[part["part"].lower()] if part else (0.0, 1.0 - 1.0 / step)
    start = quantity.start - (len(part.group()) if part else 0)
    return replace(quantity, start=start, low=quantity.low + low * step, high=quantity.low + high * step, approximate=True)


def _step(value: float) -> float:
    """The last place of a whole number that is not nought: 100 of 2,400, 1,000 of 19,000."""
    if value != int(value) or value <= 0:
        return 1.0
    step = 1
    while value % (step * 10) == 0:
        step *= 10
    return float(step)


def _zones(text: str, singles: Sequence[Quantity]) -> Iterator[Quantity]:
    at = 0
    while at < len(singles):
        here = singles[at]
        if at + 1 < len(singles):
            zone = _joined(text, here, singles[at + 1])
            if zone is not None and not _goes_on(text, singles, at):
                yield zone
                at += 2
                continue
        yield here
        at += 1


_LISTING = re.compile(r"\s?/\s?|\s[-–—]\s")


def _goes_on(text: str, singles: Sequence[Quantity], at: int) -> bool:
    """Whether three and more stand between slashes or dashes, or words in brackets between two of them: a list, not a zone."""
    pause = text[singles[at].end : singles[at + 1].start]
    if not _LISTING.fullmatch(pause):
        return False
    if pause == " / " and singles[at + 1].size >= singles[at].size:
        one, two = sorted((singles[at].low, singles[at + 1].low))
        if (
            two > WIDE_ZONE * one
            or re.search(r"[A-Za-z]", text[: singles[at].start])
            or _GOES_ON_BEHIND.match(text[singles[at + 1].end :])
        ):
            return True  # far apart, both in full, with room around the bar between them
    after = at + 2 < len(singles) and text[singles[at + 1].end : singles[at + 2].start] == pause
    before = at > 0 and text[singles[at - 1].end : singles[at].start] == pause
    return (after or before) and singles[at + 1].size >= singles[at].size


def _joined(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    pause = text[one.end : two.start]
    if len(pause) > LONGEST_PAUSE or not _JOIN.fullmatch(pause) or (one.unit == "%") != (two.unit == "%"):
        if not (two.unit == "%" and one.unit == "" and one.high <= 100 and _JOIN.fullmatch(pause) and len(pause) <= LONGEST_PAUSE):
            return None
        one = replace(one, unit="%")
    if pause in (" -", " −") and two.size < one.size and two.unit != "%":
        return None  # '2,318.60 -12.40': what it has changed
    how = pause.strip().strip("~≈").strip().lower()
    if how == "and" and not _BETWEEN.search(text[max(0, one.start - 24) : one.start]):
        return None
    if how == "and" and two.size < one.size and two.decimals > one.decimals:
        return None  # 'north of 265 and 4.25 gives way'
    if how == "/" and two.size >= one.size and two.decimals >= one.decimals:
        before, far = text[max(0, one.start - 40) : one.start], max(one.low, two.low) > WIDE_PAIR * min(one.low, two.low)
        if (far and _PLURAL.search(before)) or _TWO_NAMES.search(before):
            return None
    if how == "to" and re.search(r"\bfrom\s[\s$]{0,2}$", text[max(0, one.start - 7) : one.start], re.I):
        how = "from to"
    if two.low >= 500 * one.low and one.low == one.high and text[two.end - 1 : two.end] in "KkMm":
        one = _times(one, 1e6 if text[two.end - 1] in "Mm" else 1000.0)
    first, second = one.first if one.low == one.high else one.low, _completed(one, two)
    if second is None:
        return None
    low, high = min(one.low, second[0]), max(one.high, second[1])
    if one.unit != "%" and not high <= 2 * low:
        return None
    return replace(
        one,
        end=two.end,
        low=low,
        high=high,
        unit=one.unit or two.unit,
        decimals=max(one.decimals, two.decimals),
        is_grouped=one.is_grouped or two.is_grouped,
        approximate=one.approximate or two.approximate,
        open_ended=two.open_ended,
        joined=how,
        size=max(one.size, two.size),
        first=first,
        second=second[0],
    )


def _completed(one: Quantity, two: Quantity) -> tuple[float, float] | None:
    """The second end of a zone in full: '2067 – 69' ends at 2069, '4830/60' at 4860, '1.1880-90' at 1.1890."""
    if one.unit == "%" or two.unit in ("$", "32") or one.unit == "32" or two.is_grouped:
        if one.unit == "$" and two.is_grouped and not one.is_grouped and two.low > 500 * one.low:
            return None
        return _longer(one, two) if one.is_grouped and two.is_grouped else (two.low, two.high)
    is_short = two.decimals == 0 and one.decimals > 0 and two.size <= one.decimals and one.low < 10 ** (two.size + 1)
    if is_short and (two.low != 0 or two.size > 1):
        unit = 10.0 ** (two.size - one.decimals)
        value = math.floor(one.low / unit + 1e-9) * unit + two.low * 10.0**-one.decimals  # 1.18 // 0.01 is 117
        return (round(_nearer(one.low, value, unit), one.decimals),) * 2
    return _longer(one, two)


def _longer(one: Quantity, two: Quantity) -> tuple[float, float]:
    """The second end with the leading digits of the first, where it has fewer: 26,050–6,120 ends at 26,120."""
    if two.size < one.size and two.low < one.low / 2:
        unit = 10.0**two.size
        value = (one.low // unit) * unit + two.low
        return (round(_nearer(one.low, value, unit), 8),) * 2
    return two.low, two.high


def _nearer(first: float, second: float, unit: float) -> float:
    """'1.3590-00' ends at 1.3600, not at 1.3500: of the two that end in such digits, the nearer to the first."""
    return second + unit if second < first and second + unit - first < first - second else second


def _times(quantity: Quantity, factor: float) -> Quantity:
    """'$111–113K': the sign of thousands stands for both."""
    return replace(quantity, low=quantity.low * factor, high=quantity.high * factor, first=quantity.first * factor)
