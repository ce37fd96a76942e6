"""Texts, pages and PDFs made to cost as much as they can, and ways to spoil an honest note."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from made_pdf import busy_pdf, lines, made_pdf, swelling_pdf

FIVE_MEGABYTES = 4_999_000
MOST_OPENED = 299_000  # marks '<': a page of more is refused before it is opened
# What a reader's patterns may stumble over when it comes again and again.
PIECES = (
    "1", "1 ", "1,", "1.", "2,350", "2,350 ", "2,350–", "2,350–2,360 ", "$1", "45% ", "1/2/", "1-", "117’17 ", "~", "≈ ",
    "to 5 ", "low-2,400s ", "support ", "support at 2,350 ", "Support: 2,350\n", "resistance near ", "above 2,350 and below ",
    "if it breaks ", "S1 ", "R1 2,350 ", "50-day ", "50-day MA 2,350, ", "RSI (14) ", "pivot ", "all-time high of ",
    "Bullish (45%) ", "Scenario 1: ", "base case (~70%) ", "Buy near 2,003, stop 1,990, target 2,100\n",
    "Entry: 2,300\nStop: 2,270\nTarget: 2,400\n", "long ", "- ", "* ", "• ", "1. ", "a) ", "# ", "## a\n", "> ", "** ", "**a",
    "__", "`", "[", "](", "[a](b)", "![", "&", "&amp;", "&#", "<", "<a", "</", "|", "| ", "|a", "a|b\n", "---|", "---\n",
    "===\n", "\t", "a\t", "a\tb\n", "  ", "a  b", "\n", "\r", "\n\n", "a\n", "Level\n", "Level\nPrice\n2,350\n",
    "Type\nSupport\n", "March 13, 2025 ", "13/3/25 ", "2025-03-13 ", "next 2–3 weeks ", "4-6 weeks ", "today ", "E-mini ",
    "S&P 500 ", "Russell 2000 (RTY) ", "RTY ", "higher highs and higher lows ", "has held ", "three times ", "golden cross ",
    "the ", "The price. ", "a, ", "(", "((", ")", '"', "“", "’", "…", "—", "\u200b", "\u202e", "\ufeff", "é", "😀", "\x00",
    "0.3 ", "3,000 ", "1 to ", "5 and ", "20/50/", "20/50/200-day ", "()", "; ", ": ", "5% ", "NQ 1 ", "5,912, ", "' ", '" ',
    "\x1b[31m", "\ud7ff", "A" * 90 + " ", "x" * 400 + "|",
)  # fmt: skip
HTML_PIECES = (
    "<p>", "</p>", "<b>", "<b id=1>", "<i><b>", "<div>", "<td>", "<tr><td>", "<table>",
    "<table><tr><td>2,350</td></tr></table>", "<li>", "<ul><li>", "<br>", "<h1>", "<a x", "<a x='", '<a x="', "<!--", "<!-->",
    "<?", "<![CDATA[", "</", "<", "&lt;", "&#x", "<script>", "<script>1</script>", "<style>", "<svg>", "<math>", "<template>",
    "<select>", "<option>", "<form>", "<p hidden>", "<p style='display:none'>", " a=1", "<p>2,350</p>",
)  # fmt: skip


def repeated(size: int = FIVE_MEGABYTES) -> Iterator[tuple[str, bytes]]:
    """One piece as often as it fits, alone and after a word that makes it a note."""
    for piece in PIECES:
        yield f"text {piece!r}", _filled("RTY note, 13 March 2025\n\n", piece, size)
    for piece in HTML_PIECES:
        yield f"html {piece!r}", _filled("<!doctype html><html><body><p>RTY", piece, size)
        within = MOST_OPENED // max(piece.count("<"), 1) * len(piece)
        if within < size:
            yield f"html within {piece!r}", _filled("<!doctype html><html><body><p>RTY", piece, within)
    for first in (100, 1400):
        opened = "".join(f"<b id={n}>" for n in range(first))
        yield f"html {first} open", _filled(f"<html><body>{opened}", "<p>x", size)


def pdfs() -> Iterator[tuple[str, bytes]]:
    """PDFs that unpack to much more than they are, and damaged ones."""
    whole = made_pdf(lines("Support 2,350", "Resistance 2,420"))
    yield "pdf of 5 MB of letters", busy_pdf(5)
    yield "pdf of 40 MB of letters", busy_pdf(40)
    yield "pdf packed three times", swelling_pdf(3)
    yield "pdf of 5,000 pages", made_pdf(*[lines("Support 2,350")] * 5000)
    yield "pdf cut off", whole[: len(whole) // 2]
    yield "pdf that names itself", whole.replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    yield "pdf with a huge number", whole.replace(b"/Count 1", b"/Count 999999999")


def _filled(start: str, piece: str, size: int) -> bytes:
    head, part = start.encode(), piece.encode("utf-8", "replace")
    return (head + part * ((size - len(head)) // len(part)))[:size]


def mutated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """An honest note with one to eight things done to it."""
    for _ in range(chance.randint(1, 8)):
        data = chance.choice(_WAYS)(data, chance, others)[:FIVE_MEGABYTES]
    return data


def _cut(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _flipped(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 20) if data else 0):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _repeated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end] * chance.choice((1, 2, 5, 50)) + data[end:]


def _put_in(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    piece = chance.choice(PIECES + HTML_PIECES).encode("utf-8", "replace") * chance.choice((1, 1, 3, 40))
    return data[:at] + piece + data[at:]


def _lines_shuffled(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    split = data.split(b"\n")
    chance.shuffle(split)
    return b"\n".join(split)


def _joined(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    return data + b"\n" + chance.choice(others)


def _squeezed(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    return data.replace(chance.choice((b"\n", b" ", b"|", b"-", b",")), chance.choice((b"", b" ", b"\n", b"\t")))


_WAYS: tuple[Callable[[bytes, random.Random, list[bytes]], bytes], ...] = (
    _cut, _flipped, _repeated, _put_in, _put_in, _lines_shuffled, _joined, _squeezed,
)  # fmt: skip
