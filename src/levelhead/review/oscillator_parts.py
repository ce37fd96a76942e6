"""The parts of an oscillator: 'MACD at 35.2 with its signal line at 28.1, histogram -7.1', or 'SIGNAL 28.1' in a line below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.review.passages import Passage, Piece
from levelhead.review.row_values import signed
from levelhead.review.said import INFERRED, WRITTEN, Indicator
from levelhead.review.tokens import Token

FARTHEST = 2  # passages behind the oscillator in which a part needs not name it again
_PART = (
    r"(?P<part>(?:macd[\s-]?[(]?)?signal(?:[\s-]?line)?|macd[\s-]?[(]?hist(?:ogram)?|sig(?:nal)?\.?(?:\sline)?|trigger line|"
    r"histogram|histo|hist\.?|MACD[\s-]?H|MACDS|MACDH|"
    r"difference|diff\.?)"
)
_MOVED = (
    r"(?:has |had |have |is |was |now |just |still ){0,3}(?:turned|gone|flipped|moved|slipped|risen|fallen|ticked|climbed|"
    r"dropped|remains|"
    r"stays|stayed|crossed|widened|narrowed|shrunk|grown|back)\s(?:back\s|up\s|down\s)?(?:negative|positive|higher|lower|flat|"
    r"green|red|"
    r"above zero|below zero)?,?\s?"
)
_SAID = re.compile(
    r"(?<!buy )(?<!sell )(?<!entry )(?<!exit )(?<!trading )(?<!bullish )(?<!bearish )"
    rf"\b{_PART}(?!\w)[\s:=()|,→]*(?:(?:has |had |have )?\w{{3,}}\sto\s|{_MOVED})?(?:(?:at|is|of|reads|near|around|value|now|"
    rf"stands|sits|"
    rf"above|below|prints|minus|negative|"
    rf"plus)\s)*"
    r"(?P<sign>[-−–+]?)\s?$",
    re.I,
)
_FIGURE = r"[-−–+]?\d+(?:[.,]\d+)?"
_FOR_SIGNAL = re.compile(r"\s(?:for|on|in)\s(?:the|its)\s(?:\d-(?:day|period)\s)?signal\b", re.I)
_LABEL = re.compile(rf"^\W*(?:the\s|its\s)?{_PART}(?!\w)\W*(?:value|line|reading)?\W*$", re.I)


def parts_of(passage: Passage, stem: str) -> Iterator[Indicator]:
    """The values of signal lines and histograms. stem: 'macd' where the line before was of it, else ''."""
    known = stem
    for at, piece in enumerate(passage.pieces):
        yield from _triple(piece)
        for token in piece.tokens:
            if token.kind == "oscillator":
                known = token.names[0]
            if token.kind != "number" or token.quantity is None or not known.startswith(("macd", "rsi")):
                continue
            part = _part(piece, token, passage.pieces[:at], is_named=known != stem or known in _named(piece))
            if part:
                yield Indicator(
                    name=f"{known}.{part}",
                    value=signed(piece, token),
                    words=piece.text[:160],
                    span=piece.span(token),
                    sure=WRITTEN if known in _named(piece) else INFERRED,
                )


_TRIPLE = re.compile(rf"\W{{0,4}}{_FIGURE}\s?[/|]\s?{_FIGURE}\s?[/|]\s?{_FIGURE}(?![\d.])")


def _triple(piece: Piece) -> Iterator[Indicator]:
    """'MACD -14.2 / -11.9 / -2.3': the line, its signal, their difference."""
    for at, token in enumerate(piece.tokens):
        if token.kind == "oscillator" and token.names[0] == "macd" and _TRIPLE.match(piece.text, token.end):
            figures = [t for t in piece.tokens[at + 1 :] if t.kind == "number"][1:3]
            for part, figure in zip(("signal", "histogram"), figures, strict=False):
                yield Indicator(
                    name=f"macd.{part}",
                    value=signed(piece, figure),
                    words=piece.text[:160],
                    span=piece.span(figure),
                    sure=INFERRED,
                )


def stem_of(passage: Passage) -> str:
    """The oscillator of a passage that has parts, '' where it names none."""
    found = [t.names[0] for p in passage.pieces for t in p.tokens if t.kind == "oscillator" and t.names[0].startswith("macd")]
    return found[-1] if found else ""


def _named(piece: Piece) -> list[str]:
    return [t.names[0] for t in piece.tokens if t.kind == "oscillator"]


def _part(piece: Piece, token: Token, cells: Sequence[Piece], *, is_named: bool) -> str:
    """'signal' or 'histogram' where the words before a number, or the cell before its own, say so."""
    before = piece.text[max(0, token.start - 48) : token.start]
    if is_named and _FOR_SIGNAL.match(piece.text, token.end):
        return "signal"  # '17.6 versus 19.1 for the signal line'
    found = _SAID.search(before)
    if found is not None and not is_named and re.search(r"\w", piece.text[: max(0, token.start - 48)] + before[: found.start()]):
        return ""
    if found is None and cells and not re.search(r"[A-Za-z]{2}", piece.text[: token.start]):
        found = _LABEL.match(cells[-1].text)
    if found is None:
        return ""
    return "signal" if re.search(r"sig|trigger|macds", found["part"], re.I) else "histogram"
