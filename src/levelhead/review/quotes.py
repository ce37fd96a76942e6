"""Last prices by the shape of a quote: a market, its contract, its price, and what follows of it; 'the price, 3,020, is ...'."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from levelhead.review.dates import MONTH
from levelhead.review.instruments import mentions
from levelhead.review.passages import Piece
from levelhead.review.tokens import Token

LONGEST_LEAD = 48  # characters before the first price of a line
_CONTRACT = re.compile(
    r"^\W*(?:(?:futures?|front|spot|cash|index|mini|micro|e-?mini|continuous|cont|perp|perpetual|contract|comex|"
    r"nymex|cme|cbot|cboe|ice|ose|eurex|lme|xetra|nyse|nasdaq|lse|binance|daily|us|h4|d1|1d|"
    + MONTH
    + r"|[fghjkmnquvxz]\d{1,2}|\d{1,2}[:.]\d\d|\d{1,2}|20\d\d|mon\w*|tues?\w*|"
    r"wed\w*|thu\w*|fri\w*|ct|et|gmt|cet|troy|ounce|oz|per|usd|"
    r"eur|gbp|the|price)\b[\s(),.:/'’-]{0,4}){0,6}\W*$",
    re.I,
)
_NOW = re.compile(
    r"\s?(?:(?:right )?now|rn|atm|at the moment|currently|at present|last|spot|here)\b(?!\s(?:a|an|the|support|"
    r"resist\w+)\s)",
    re.I,
)
_AFTER_QUOTE = re.compile(
    r"\s?/\s?(?:lb|oz|bbl|bushel|bu|t|mt|tonne|coin|mmbtu)\b|\s?\((?:spot|last|close|cash|settle\w*|now|delayed|\d\d:\d\d)\)|"
    r"\s{0,3}\(?[+−-]\s?\d[\d.,]*\s?%|\s{0,3}\(?[+−-]\d[\d.,]*\s?[,/(;]\s?[+−-]?\d[\d.,]*\s?%|\s{1,3}\(?(?:up|down)\s[\d.,]+",
    re.I,
)
_CLAUSE = re.compile(
    r"(?:\b(?:with|at|while|as)\s(?:the\s|our\s)?(?:\w+\s){0,2}?(?:future|futures|contract|price|index|market|pair|stock|"
    r"shares|metal|"
    r"cash|spot|coin|token|e-?mini|bond|note|etf|(?-i:[A-Z]{2,6}))(?:\s(?:back|still|now|again|just|only|currently|trading|"
    r"sitting|"
    r"parked|down|up)){0,2}\s(?:at|near|around|on)\s(?:about\s|roughly\s)?[~≈]?\s?[$€£]?"
    r"|\b(?:tape|screens?|board|terminal|ticker|feed)\b[^.;]{0,24}\s(?:shows?|showed|says|said|reads?|had|has|printed|"
    r"flashed)\s[~≈]?[$€£]?"
    r"|\b(?:the|its)\s(?:last |current |closing |spot |market |present )?(?:price|quote|close|settlement|mark|print|trade)"
    r"(?:\s(?:in|of|for|on)\s(?:the\s)?[\w &’'/-]{2,30}?)?\s?"
    r"(?:,|\(|–|—)\s?[~≈]?[$€£]?"
    r"|\b(?:spot|last|price|mkt|market|quote|cmp|close|screens?)\s(?:\w+\s)?(?:on|per)\s(?:the\s|my\s|our\s)?(?:screens?|"
    r"board|tape|"
    r"terminal|close|wire|chart)s?\s?[:=@,]?\s?(?:at\s|is\s|says\s|shows\s|reads\s)?[~≈]?[$€£]?)$",
    re.I,
)
_SPOKEN_OF = re.compile(r"\b(?:if|unless|once|until|should|would|target\w*|stops?|entr\w+|support|resistance|when)\b", re.I)


_PRICED = r"\.?[\s:=]{0,2}[$€£]?"
_NUMBER = r"\d[\d.,’']*\d"
_BAR = re.compile(  # 'O 2,306 H 2,326 L 2,301 C 2,318', 'Open 2,306 / High 2,326 / Low 2,301 / Close 2,318'
    rf"\bH(?:igh|i)?{_PRICED}{_NUMBER}\W{{1,4}}L(?:ow|o)?{_PRICED}{_NUMBER}\W{{1,4}}(?:C(?:lose|l)?|Last|"
    rf"Settle){_PRICED}(?P<close>{_NUMBER})",
    re.I,
)


def quotes_in(piece: Piece, is_value: Sequence[bool]) -> list[int]:
    """The tokens of a piece that are last prices by their shape."""
    found = []
    closes = {m.start("close") for m in _BAR.finditer(piece.text)}
    for index, token in enumerate(piece.tokens):
        q = token.quantity
        if not is_value[index] or q is None or q.joined or q.open_ended:
            continue
        after = piece.text[token.end :]
        before = piece.text[_begin(piece, index, is_value) : token.start]
        if (
            token.start in closes
            or _is_quoted(before, after)
            or _is_beside(before)
            or (_CLAUSE.search(before) and not _SPOKEN_OF.search(before))
        ):
            found.append(index)
    return found


_BESIDE = re.compile(r"\b(?:with|while|as)\s(?P<who>[\w &/.-]{2,40}?)\s(?:is\s|now\s|last\s)?(?:at|near|around)\s[~≈]?$", re.I)


def _is_beside(before: str) -> bool:
    """'..., with soybean oil at 52.34'."""
    found = _BESIDE.search(before)
    return (
        found is not None
        and any(m.end == len(found["who"]) for m in mentions(found["who"]))
        and not _SPOKEN_OF.search(found["who"])
    )


def _is_quoted(before: str, after: str) -> bool:
    """A market, its contract, the price; then the change, the unit, or that it is so now."""
    before = _DATELINE.sub("", before)
    if _MONTHLY.fullmatch(before) and _QUOTE_ENDS.match(after):
        return True
    return names_a_market(before) and bool(_NOW.match(after) or _AFTER_QUOTE.match(after))


_DATELINE = re.compile(r"^[^\d]{0,24}\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d\W{0,3}\s[–—-]\s")
_MONTHLY = re.compile(
    r"\W*(?:the )?" + MONTH + r" (?:bonds?|notes?|bunds?|"
    r"gilts?|crude|beans|soybeans|wheat|corn|gold|silver|copper|platinum|palladium|futures?|contract|mini|e-?minis?|cocoa|coffee|"
    r"sugar|cotton|natgas|brent|gasoil)[\s:,@]{1,3}(?:at |trades |last )?[$€£]?",
    re.I,
)
_QUOTE_ENDS = re.compile(r"\s?(?:[.;,](?!\d)|$|and (?:bid|offered|steady|heavy|firm|soft\w*|quiet)\b|\()", re.I)


def names_a_market(words: str) -> bool:
    """Whether words are the name of one market, with its contract and exchange, and nothing else."""
    if len(words) > LONGEST_LEAD:
        return False
    lead = re.sub(r"[\s:=@|$€£~≈–—-]+$", "", words)
    named = list(mentions(lead)) or list(mentions(lead.upper()))
    if not named:
        return bool(re.match(r"^\W*(?:comex|nymex|cme|cbot|lme|ice)\s\w{3,9}\W*$", lead, re.I))
    if len({m.symbol for m in named}) > 2:
        return False
    rest, at = "", 0
    for mention in named:
        rest, at = rest + " " + lead[at : mention.start], mention.end
    return bool(_CONTRACT.match((rest + " " + lead[at:]).strip()))


def _begin(piece: Piece, index: int, is_value: Sequence[bool]) -> int:
    """Where the words about a price begin: behind the price before it and what it has changed."""
    earlier = next((i for i in range(index - 1, -1, -1) if is_value[i] or piece.tokens[i].text in (";", "|")), None)
    if earlier is None:
        return 0
    start = piece.tokens[earlier].end
    changed = re.compile(
        r"\s{0,3}\(?(?:[+−-]\s?\d[\d.,]*\s?[%,/( ]{0,3})+\)*|\s{0,3}\(?(?:up|down|unch\w*)\s[\d.,]*\s?%?\)?", re.I
    ).match(piece.text, start)
    return changed.end() if changed else start


def quoted_in_row(
    pieces: Sequence[Piece], is_price: Callable[[Token], bool], *, is_labelled: bool = False
) -> tuple[Piece, Token] | None:
    """'EURUSD 1.1702 | R: ... | S: ...', 'Gold (April) | 3,041.2': a market and its price, in one cell or two, under no heading.

    is_labelled: whether other cells hold values with their names ('RTY 2,466.20 | sma50 2,432.90'), so that the second does not.
    """
    here = [t for t in pieces[0].tokens if is_price(t)] if pieces else []
    if len(here) == 1 and len(pieces) > 1 and not pieces[0].text[here[0].end :].strip():
        return (pieces[0], here[0]) if names_a_market(pieces[0].text[: here[0].start]) else None
    if here or (len(pieces) != 2 and not is_labelled) or not names_a_market(pieces[0].text):
        return None
    token = next((t for t in pieces[1].tokens if is_price(t)), None)
    if token is None or token.quantity is None or token.quantity.joined:
        return None
    beside = pieces[1].text[: token.start] + pieces[1].text[token.end :]
    return None if re.search(r"[^\s$€£~≈/a-z]", beside) else (pieces[1], token)
