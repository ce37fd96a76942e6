"""Numbers as other countries mark them, put as English does, character for character: 24.120,50 and 24'120.50 and 24 120,50."""

from __future__ import annotations

import re
from dataclasses import replace

from levelhead.review.text import Text

_ENGLISH = re.compile(
    r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\d,.]\d|\d)|(?<![\d.,])(?<!\d )\d{1,6}\.\d{1,2}(?![\d,]|\.\d)|"
    r"(?<![\d.,])\d{1,3}\.\d{4,5}(?![\d.,])"
)
# not the lengths of a formula, 'MACD(12,26)'
_COMMA_DECIMALS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3})+,\d{1,4}(?!\d)|"
    r"(?<![\d.,/])(?<![A-Za-z]\()(?<![A-Za-z] \()\d{1,6},(?:\d{1,2}|\d{4})(?![\d,]|\.\d)"
)
_EUROPEAN = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?(?!\w|[.,]\d)|(?<![\w.,])\d{1,6},\d{1,4}(?!\w|[.,]\d)")
_SWISS = re.compile(r"(?<![\d'’.,])\d{1,3}(?:['’]\d{3})+(?![\w'’])")
_TICKS = re.compile(r"(?<!\d)\d{2,3}['’](?:[0-2]\d|3[01])(?!\d)")
_MAY_BE_TICKS = re.compile(r"(?:[89]\d|1[0-9]\d)['’](?:[0-2]\d|3[01])[0-35-8]")  # a bond's price in eighths of thirty-seconds
_SPACED = re.compile(r"\d(?<!\d \d)(?<![\w.,]\d)\d{0,2} \d{3}(?: \d{3})*(?=[.,]\d{1,2}(?!\d)|(?![\w%]|[.,]\d| \d))")
_IN_COMMAS = re.compile(r"\d(?<![\d.,]\d)\d{0,2}(?:,\d{3})+(?!\d)")
_IN_ONE = re.compile(r"(?<![\w.,:/’'-])(?!(?:19|20)\d\d(?!\d))\d{4,6}(?![\w:/-])")  # 24120 and 2440, but no year
_SWAP = str.maketrans(",.", ".,")
FEWEST, FEWEST_DOTTED = 2, 3
MOST_APART = 2  # numbers of the note for each that a page around it writes another way
_OF_BONDS = re.compile(r"\b(?:bonds?|T-?notes?|treasur(?:y|ies)|bunds?|10-?y(?:ea)?r notes?)\b", re.I)


_BONDLIKE = re.compile(r"(?<![\w.,/-])(?:9\d|1[0-5]\d)-(?:[0-2]\d|3[01])[0257+]?(?![\w/-])")


def speaks_in_ticks(plain: str) -> bool:
    """Whether its prices are written as bonds are: 112-16, 112-165, 113-00+."""
    return sum(1 for _ in _BONDLIKE.finditer(plain)) >= (FEWEST if _OF_BONDS.search(plain) else FEWEST_DOTTED)


def in_english(text: Text, *, is_bond: bool, is_index: bool, is_grain: bool = False) -> Text:
    """A text whose numbers have commas between thousands and a point before decimals; each character stays where it was.

    is_bond: whether 112'205 is a price in thirty-seconds. is_index: whether the note is about an index of thousands of points.
    is_grain: whether 521-6 may be 521 cents and six eighths.
    """
    marks = (["dash"] if _DRAWN.search(text.plain) else []) + _marks(text.plain, is_bond=is_bond, is_index=is_index)
    marks += ["yields"] if _speaks_in_yields(text.plain) else []
    marks += ["eighths"] if is_grain and _speaks_in_eighths(text.plain) else []
    if not marks:
        return text

    def put(part: str) -> str:
        for mark in marks:
            part = _REWRITES[mark](part)
        return part

    blocks = tuple(replace(b, text=put(b.text), cells=tuple(replace(c, text=put(c.text)) for c in b.cells)) for b in text.blocks)
    return replace(text, blocks=blocks)


_EIGHTHS = re.compile(r"(?<![\w.,/'’-])(\d{3}|\d{4}|\d,\d{3})-([0-7])(?![\w/-]|[.,]\d)")


def _speaks_in_eighths(plain: str) -> bool:
    """Whether its prices are written 521-6, all in quarters of a cent, as grains trade."""
    found = [m[2] for m in _EIGHTHS.finditer(plain)]
    return len(found) >= FEWEST_DOTTED and all(n in "0246" for n in found)


_YIELD = re.compile(r"(?<![\d.,+−/])(?<!(?<![\d%])[–-])(\d{1,2}\.\d{2,3})(\s?)%")
_OF_YIELDS = re.compile(r"\byields?\b", re.I)
FEWEST_YIELDS = 4


def _speaks_in_yields(plain: str) -> bool:
    """Whether its prices are yields, 4.31%: it speaks of a yield, gives several of one size, and no prices of thousands."""
    if not _OF_YIELDS.search(plain) or _IN_COMMAS.search(plain):
        return False
    found = sorted({float(m[1]) for m in _YIELD.finditer(plain)})
    middle = found[len(found) // 2] if found else 0.0
    near = [value for value in found if middle / 1.5 < value < middle * 1.5]
    return len(near) >= FEWEST_YIELDS and len(near) > len(_IN_ONE.findall(plain))


_DOTTED = re.compile(r"(?<![\w.,])\d{1,3}\.\d{3}(?!\w|[.,]\d)")


def _is_dotted(plain: str, *, is_index: bool) -> bool:
    """Whether the numbers of an index note have three digits behind a point, but for a few: 24.120 is twenty-four thousand."""
    if not is_index:
        return False
    dotted, in_commas = (sum(1 for _ in marks.finditer(plain)) for marks in (_DOTTED, _IN_COMMAS))
    return dotted >= FEWEST_DOTTED and dotted > MOST_APART * in_commas


def _marks(plain: str, *, is_bond: bool, is_index: bool) -> list[str]:
    found = []
    english = sum(1 for _ in _ENGLISH.finditer(plain))
    spaced, in_commas, in_one = (sum(1 for _ in marks.finditer(plain)) for marks in (_SPACED, _IN_COMMAS, _IN_ONE))
    if spaced >= FEWEST and spaced > MOST_APART * (in_commas + in_one):
        found.append("spaced")
    foreign = sum(1 for _ in _COMMA_DECIMALS.finditer(plain))
    if (foreign >= FEWEST and foreign > english) or _is_dotted(plain, is_index=is_index):
        found.append("european")
    if _SWISS.search(plain):  # behind the others: their commas before decimals are none of these
        found.append("swiss beside ticks" if is_bond or _TICKS.search(plain) else "swiss")
    return found


_DRAWN = re.compile("[─━―‒]")
_REWRITES = {
    "eighths": lambda part: _EIGHTHS.sub(r"\1'\2", part),
    "yields": lambda part: _YIELD.sub(lambda m: m[1] + "0" * (1 + len(m[2])), part),  # 4.31% as 4.310
    "dash": lambda part: _DRAWN.sub("–", part),
    "swiss": lambda part: _SWISS.sub(lambda m: re.sub("['’]", ",", m.group()), part),
    "swiss beside ticks": lambda part: _SWISS.sub(
        lambda m: m.group() if _MAY_BE_TICKS.fullmatch(m.group()) else re.sub("['’]", ",", m.group()), part
    ),
    "spaced": lambda part: _SPACED.sub(lambda m: m.group().replace(" ", ","), part),
    "european": lambda part: _EUROPEAN.sub(lambda m: m.group().translate(_SWAP), part),
}
