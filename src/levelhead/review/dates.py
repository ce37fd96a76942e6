"""Dates as notes print them, and the months and seasons from which they speak."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
# A month and a weekday, whole or cut short, as they stand in an expression.
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DATE = re.compile(
    r"(?<![\w.,/])(?<!\d-)(?:"
    r"(?P<iso>(?:19|20)\d{2}-\d{1,2}-\d{1,2}|(?:19|20)\d{2}/\d{1,2}/\d{1,2})"
    r"|(?P<slash>\d{1,2}/\d{1,2}/(?:20)?\d{2}|\d{1,2}\.\d{1,2}\.20\d{2}|\d{1,2}-\d{1,2}-20\d{2})"
    r"|(?P<day1>\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?(?i:(?P<month1>"
    + MONTH
    + r"))\b\.?(?:[ ,-]{1,2}(?P<year1>(?:19|20)\d{2}|['’]\d{2}))?"
    r"|(?i:(?P<month2>"
    + MONTH
    + r"))\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?(?![\d,.]\d|%|\d|\s?[-–]\s?\d{3})(?:,? (?P<year2>(?:19|20)\d{2}))?"
    r"|(?i:(?P<month3>" + MONTH + r"))\.?,? (?:of )?(?P<year3>(?:19|20)\d{2})"
    r"|(?i:" + MONTH + r")\.? ?['’]\d{2}"  # of a contract: no day of the note
    r")(?![\w]|[./]\d|,\d{3})"
)
_SINCE = re.compile(
    r"\b(?:(?P<part>early|mid|late|the end of|the start of|the beginning of)[- ])?(?:(?P<month>"
    + MONTH
    + r")\b\.?|(?P<bare>(?=(?:19|20)\d{2}\b)))"
    r"(?:(?:'s|’s)?,? ?(?:of )?(?P<year>(?:19|20)\d{2}|last year|this year))?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A date printed at [start, end); `day` False where only month and year stand."""

    start: int
    end: int
    date: dt.date | None
    has_year: bool
    has_day: bool


def printed_dates(text: str) -> Iterator[Printed]:
    """Every date of a text, in order; one that no calendar has is given as None."""
    for found in DATE.finditer(text):
        if found.lastgroup is None:
            continue
        date, has_year = _date(found)
        yield Printed(found.start(), found.end(), date, has_year, found["month3"] is None)


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its first three letters, else 0."""
    stem = word.lower().rstrip(".")[:3]
    return next((i + 1 for i, name in enumerate(_MONTHS) if name.startswith(stem)), 0) if len(stem) == 3 else 0


def is_month(word: str) -> bool:
    """Whether a word is the name of a month or its usual short form."""
    return bool(re.fullmatch(MONTH + r"\.?", word, re.I))


def since(text: str, written: dt.date | None) -> dt.date | None:
    """The first day of 'late 2023', 'December 2024' or 'late November', the latest one before the note where no year is given."""
    for found in _SINCE.finditer(text):
        if found["month"] and found["month"].lower() == "may" and found["month"] == "may":
            continue
        month = month_number(found["month"]) if found["month"] else 0
        year = _year(found["year"], written)
        if year is None and month and written is not None:
            year = written.year if month <= written.month else written.year - 1
        if year is None:
            continue
        return _first_day(year, month, (found["part"] or "").lower())
    return None


def _year(word: str | None, written: dt.date | None) -> int | None:
    if not word:
        return None
    if word.isdigit():
        return int(word)
    return None if written is None else written.year - ("last" in word.lower())


def _first_day(year: int, month: int, part: str) -> dt.date:
    late, middle = part in ("late", "the end of"), part == "mid"
    if month:
        return dt.date(year, month, 20 if late else 10 if middle else 1)
    return dt.date(year, 10 if late else 5 if middle else 1, 1)


def _date(found: re.Match[str]) -> tuple[dt.date | None, bool]:
    if found["iso"]:
        year, month, day = (int(p) for p in re.split(r"[-/]", found["iso"]))
        return _born(year, month, day), True
    if found["slash"]:
        first, second, year = (int(p) for p in re.split(r"[-./]", found["slash"]))
        year += 2000 if year < 100 else 0
        is_day_first = "." in found["slash"] or first > 12
        return (_born(year, second, first) if is_day_first else _born(year, first, second)), True
    if found["month3"]:
        return _born(int(found["year3"]), month_number(found["month3"]), 1), True
    month = month_number(found["month1"] or found["month2"])
    day = int(found["day1"] or found["day2"])
    year_word = found["year1"] or found["year2"]
    if not year_word:
        return None, False
    year = int(year_word) if year_word.isdigit() else 2000 + int(year_word[1:])
    return _born(year, month, day), True


def _born(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
