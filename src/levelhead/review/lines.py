"""Lines of a text and where they stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from levelhead.review.text import Cell, Span

_PRICE = re.compile(r"(?<![\w.])[$€£~≈<>]?\s?\d[\d,.' ’]*\d?(?:[-–—/]\d[\d,.]*)?\s?(?:%|k|K|\+|s)?(?![\w])")


_LABELLED = re.compile(
    r"\b[A-Za-z]{2,}[\s._#-]{0,2}[1-9](?![\d.,%/’'])|\b[1-9](?:st|nd|rd|th)\b|\(\d{1,2}\)|\b\d{1,3}(?:[EDS]?MA|DMA)\b"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it; `indent` counts those before it, `tabs` the tabs it begins with."""

    text: str
    start: int
    indent: int
    tabs: int = 0

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(start=self.start, end=self.start + len(self.text))

    def cell(self, start: int, end: int) -> Cell:
        """The characters from `start` to `end` of this line as a cell, without the blanks around them."""
        raw = self.text[start:end]
        text = raw.strip()
        begins = self.start + start + (len(raw) - len(raw.lstrip()) if text else 0)
        return Cell(text=text, span=Span(start=begins, end=begins + len(text)))


def lines_of(plain: str) -> Iterator[Line]:
    """Every line, empty ones too."""
    at = 0
    for raw in plain.split("\n"):
        text = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if text else 0
        yield Line(text, at + indent, indent, len(raw) - len(raw.lstrip("\t")) if text else 0)
        at += len(raw) + 1


_AXIS = re.compile(r"[$€£]?\d[\d.,]*[kK]?\s?[|┤┼]\s*(?:\[[^\]]*\])?")


FEWEST_MARKS = 3


def without_axes(lines: Sequence[Line]) -> list[Line]:
    """The lines, empty where three and more in succession are the axis of a chart that a copy left out: '5,600 |', '5,200 |'."""
    given, at = list(lines), 0
    while at < len(given):
        end = at
        while end < len(given) and _AXIS.fullmatch(given[end].text):
            end += 1
        if end - at >= FEWEST_MARKS:
            given[at:end] = [replace(line, text="") for line in given[at:end]]
        at = max(end, at + 1)
    return given


_LENGTH = re.compile(r"\(\d{1,3}\s?[-–]\s?\d{1,3}\s?(?:[dwmyh]|days?|weeks?|months?)\)", re.I)  # 'Trend (1-5d)'


def has_price(text: str) -> bool:
    """Whether a number stands in it that is not part of a word: '2,350' and '45%', not '50-day' or 'S1'."""
    text = _LENGTH.sub(" ", _LABELLED.sub(" ", text))
    return any(not re.match(r"day|dma|ma|week|d\b", text[found.end() :].lstrip(" -").lower()) for found in _PRICE.finditer(text))


def is_price(text: str) -> bool:
    """Whether it is little else than a number or a range of numbers."""
    text = re.sub(r"\s?(?:per ?cent|pct)\b", "%", text)
    return any(ch.isdigit() for ch in text) and len(re.sub(r"[\d\s.,'’$€£%~≈<>+kKsS/()–—-]", "", text)) <= 4 and len(text) <= 40
