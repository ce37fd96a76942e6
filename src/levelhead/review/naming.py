"""Which number belongs to which name: '50-day SMA (2,229.3)', '2,270 (50-day MA)', 'the 50- and 200-day at 2,278 and 2,190'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from levelhead.review.passages import Piece
from levelhead.review.said import INFERRED, SUPPOSED, WRITTEN, Money
from levelhead.review.tokens import Token

LONGEST_GAP = 64
FEWEST_PARALLEL = 3
LONGEST_LEAD = 10  # words
_BETWEEN_NAMES = frozenset({",", ":", "and", "(", ")", "|"})
_LINK = (
    r"levels?|zones?|line|area|price|value|readings?|mark|is|are|at|of|near|around|about|currently|now|today|sits?|stands?|"
    r"sitting|standing|comes? in|came in|reads?|"
    r"just|the|in|was|were|printed|prints?|lies|found|located|rising|falling|declining|flat(?:tening)?|sloping|higher|lower|"
    r"rose|slipped|fell|improved|improving|running|runs|averages|averaging|measures|hits|hit|rebounded|softened|firmed|"
    r"weakened|sank|slid|jumped|climbed|dropped|risen|fallen|eased|recovered|moved|turned|cooled|gone|to|from|"
    r"point|support|resistance|dynamic|which|that|also|and|approximately|roughly|set|made|hit|marked|toward|towards|ATH|ATL|"
    r"SMA|EMA|MA|daily|close|up|down|"
    r"has|have|deep|a|an|oscillator|momentum|indicator|remains|remaining|steady|hovers?|hovering|tracks|tracking|respectively|"
    r"registers|back|its|value|of|"
    r"weekly|moving average|with|reached|posted|seen|last|cleared|above"
)
_FORWARD = re.compile(r"[\s:=()\[\]|@~≈,–—→➜➔>\-’']*(?:(?:" + _LINK + r")\b\.?[\s:=(\[)\]|@~≈,–—→➜➔>\-$’']*){0,7}", re.I)
_NEAR_FORWARD = re.compile(
    r"[\s:=(\[|@~≈\-–—)]*(?:(?:is|are|at|near|around|currently|now|sits|stands|of|level|levels|zone|value|reading|printed|in|"
    r"comes|the|area|price|just|about)\b[\s:=(\[|@~≈]*){0,4}",
    re.I,
)
_BACK = re.compile(
    r"[\s]*[(\[,–—:=|-]?\s*(?:(?:is|which is|the|its|near the|at the|our|rising|falling|declining|flat|key|major|critical|both|"
    r"roughly the|about the|where the|"
    r"currently the|now the|marks the|represents the|from the|aka|also the|just above the|just below the|and the|current|"
    r"daily)\s){0,3}", re.I
)  # fmt: skip
_ALIGNS = re.compile(
    r"\b(?:aligns?|coincides?|lines? up|overlaps?|converges?|near|around|matches|in line|corresponds|sits? (?:at|on|near)|"
    r"home to|houses)\b[\w\s]{0,24}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Token `number` of a piece is the value of `name`, which token `by` says."""

    name: str
    number: int
    by: int
    sure: float


def names_of(token: Token) -> tuple[str, ...]:
    """The names a token may give to a number: averages, oscillators, pivots, extremes."""
    if token.kind in ("average", "oscillator"):
        return token.names
    if token.kind == "pivot":
        return tuple(f"pivot.{n}" for n in token.names)
    extreme = token.says.get("extreme", "")
    return (extreme,) if extreme in ("all_time_high", "all_time_low", "high_52w", "low_52w") else ()


def namings(piece: Piece, is_value: Sequence[bool]) -> tuple[Naming, ...]:
    """Every name of a piece with its number; a name with none is left out.

    is_value: for each token, whether it is a number that may be a value.
    """
    found: list[Naming] = _parallel(piece, is_value)
    found += _apposed(piece, is_value, {n.by for n in found})
    used: set[int] = {n.number for n in found if not n.name.startswith("pivot.")}
    named = {n.by for n in found}
    for at, token in enumerate(piece.tokens):
        names = names_of(token)
        if not names or _is_no_longer(piece.text, token):
            continue
        if at in named or _is_suffix(piece, at, is_value):
            continue
        numbers = _after(piece, at, len(names), is_value, token.kind == "oscillator")
        if not numbers or (numbers[0] in used and token.kind != "pivot"):
            continue
        for name, number in zip(names, numbers, strict=False):
            found.append(Naming(name, number, at, WRITTEN))
            if token.kind != "pivot":
                used.add(number)
    found += _behind(piece, is_value, used, {n.by for n in found})
    return tuple(sorted(_shared(piece, found, is_value), key=lambda n: n.number))


def _is_suffix(piece: Piece, at: int, is_value: Sequence[bool]) -> bool:
    """'5,745 S1, 5,731 S2, 5,768 R1': a letter's number stands before it, in a list that parts behind the letters."""
    tokens = piece.tokens
    if tokens[at].kind != "pivot" or not at or not is_value[at - 1]:
        return False
    if not re.fullmatch(r"\s?[(=]?\s?", piece.text[tokens[at - 1].end : tokens[at].start]):
        return False
    return at + 1 == len(tokens) or not is_value[at + 1] or bool(re.match(r"\s?[,;/|)·]", piece.text[tokens[at].end :]))


def _is_price_word(token: Token) -> bool:
    """'Price / 50 DMA / 200 DMA: 236.20 / 225.10 / 214.90' lists the last price among the averages."""
    return token.text.lower() in ("price", "last", "close", "spot", "px")


_OLD = re.compile(r"\b(?:old|previous|prior|former|last year['’]s)\s(?:\w+\s)?$", re.I)


def _is_no_longer(text: str, token: Token) -> bool:
    """Whether 'record' is one that was beaten, or a new one that has no price yet."""
    before = text[max(0, token.start - 24) : token.start]
    if re.search(r"\b(?:new|fresh|another)\s$", before, re.I):
        return not re.match(r"\s(?:of|at)\s[$€£~]?\d", text[token.end :])
    return "extreme" in token.says and bool(_OLD.search(before))


def _parallel(piece: Piece, is_value: Sequence[bool]) -> list[Naming]:
    """'S2/S1/P/R1/R2 = 6,781.50 / 6,812.00 / …': as many numbers as names, in their order."""
    tokens = piece.tokens
    at = 0
    while at < len(tokens):
        names, numbers, i = [], [], at
        while i < len(tokens) and (
            tokens[i].kind in ("pivot", "average") or tokens[i].text.lower() in _BETWEEN_NAMES or _is_price_word(tokens[i])
        ):
            names += [(name, i) for name in names_of(tokens[i]) or (("last",) if _is_price_word(tokens[i]) else ())]
            i += 1
        while i < len(tokens) and names and (is_value[i] or tokens[i].text.lower() in _BETWEEN_NAMES):
            numbers += [i] if is_value[i] else []
            i += 1
        is_barred = "/" in piece.text[tokens[at].start : tokens[i - 1].end] if i > at else False
        if (
            len(names) >= (2 if is_barred else FEWEST_PARALLEL)
            and len(names) == len(numbers)
            and any(n != "last" for n, _ in names)
        ):
            return [Naming(name, number, by, WRITTEN) for (name, by), number in zip(names, numbers, strict=True)]
        at = max(i, at + 1)
    return []


# '2,302 (EMA50), 2,268 (SMA100)', '255.40 the all-time high, 246.90 the 8-day': the number stands before its name.
_TIGHT = re.compile(
    r"\s?(?:[(\[{]|=|\s[–—-]\s|:\s|,\s?(?=(?:the|its|our)\s)|\s(?=(?:is |was |marks |being )?(?:the|its|our)\s))\s?"
    r"(?:(?:is|was|marks|being|the|its|our|a|at|rising|falling|declining|flat|key|major|daily|simple|old|now)\s){0,4}",
    re.I,
)
_CLOSES = re.compile(
    r"(?:\s(?:line|level|support|resistance|area|zone|daily))?\s?(?:[)\]},;|/•·]|\.\s|\.?$|\s[–—-]\s|\sand\s(?=[$€£]?\d))", re.I
)


def _apposed(piece: Piece, is_value: Sequence[bool], named: set[int]) -> list[Naming]:
    """Names that close what a number before them opens, and so are not of the number that follows."""
    tokens = piece.tokens
    found: list[Naming] = []
    for at, token in enumerate(tokens):
        names = names_of(token)
        if len(names) != 1 or token.kind not in ("average", "word") or at in named or _is_no_longer(piece.text, token):
            continue
        before = next((i for i in range(at - 1, max(-1, at - 7), -1) if tokens[i].kind == "number"), None)
        if before is None or not is_value[before] or any(n.number == before for n in found):
            continue
        if any(names_of(tokens[i]) for i in range(before + 1, at)):
            continue
        gap = _UNIT.sub("", piece.text[tokens[before].end : token.start])
        if _TIGHT.fullmatch(gap) and _CLOSES.match(piece.text, token.end) and not _is_named_before(piece, before):
            found.append(Naming(names[0], before, at, WRITTEN if "(" in gap else INFERRED))
    return found


def _is_named_before(piece: Piece, number: int) -> bool:
    """Whether a name right before the number has it for its value: '20-day 2,350, the 50-day'."""
    earlier = next((i for i in range(number - 1, max(-1, number - 5), -1) if names_of(piece.tokens[i])), None)
    if earlier is None or any(t.kind == "number" for t in piece.tokens[earlier + 1 : number]):
        return False
    gap = piece.text[piece.tokens[earlier].end : piece.tokens[number].start]
    return bool(re.fullmatch(r"\s?(?:[:=@~(]|at|is|of|near|around|now|sits at|stands at|\s)*\s?[$€£~]?", gap, re.I))


def _goes_past(text: str, token: Token) -> bool:
    """'slipped below 50 to 48.2': two numbers that are no zone; the second is what it came to."""
    is_pair = token.quantity is not None and token.quantity.joined == "to"
    return is_pair and bool(_PASSES.search(text[max(0, token.start - 24) : token.start]))


def arrived(text: str, token: Token) -> Money:
    """The value, of 'from 71 to 58' and 'below 50 to 48' the one it has come to."""
    q = token.quantity
    assert q is not None
    return replace(q.money, low=q.second, high=q.second) if q.joined == "from to" or _goes_past(text, token) else q.money


def _after(piece: Piece, at: int, count: int, is_value: Sequence[bool], is_oscillator: bool) -> list[int]:
    """The numbers after the name at `at`: one, or as many as it names."""
    tokens = piece.tokens
    numbers: list[int] = []
    passed: Token | None = None
    for i in range(at + 1, min(len(tokens), at + 14)):
        token = tokens[i]
        if token.kind == "mark" and token.text in ".;!?":
            break
        if not numbers and names_of(token) == names_of(tokens[at]):
            at = i
            continue  # 'GD50 (the 50-day average) 23,995'
        if token.kind in ("average", "oscillator", "pivot") or names_of(token):
            break
        if token.kind == "number" and (is_value[i] or is_oscillator):
            gap = piece.text[(tokens[numbers[-1]] if numbers else tokens[at] if passed is None else passed).end : token.start]
            if is_oscillator and _goes_past(piece.text, token):
                return [i]
            if is_oscillator and passed is None and _PASSES.search(gap):
                passed = token
                continue  # 'slipped below 50 to 48.2'
            if passed is not None:
                return [i] if _COME_TO.fullmatch(gap) else []
            if not is_oscillator and _COUNTED.search(gap):
                break
            if tokens[i - 2].kind == "instrument" and i - 2 > at and re.search(r"[(\[]\s?[$€£]?$", gap):
                break  # 'resting on the 55-day is USD/SGD (1.2951)'
            if re.search(r"\bto\b", gap) and _FROM.search(piece.text[: tokens[at].start]):
                break  # 'the fall from its high to 2,350'
            if is_oscillator and token.quantity is not None and token.quantity.joined == "from to":
                gap = re.sub(r"\bfrom\s?$", "to ", gap)  # 'has cooled from 71 to 58'
            if len(gap) <= LONGEST_GAP and (_AND.fullmatch(gap) if numbers else _fits(gap, is_oscillator)):
                numbers.append(i)
                if len(numbers) == count:
                    return numbers
                continue
            break
        if token.kind == "number":
            break
    return numbers if len(numbers) == count else numbers[:1] if count == 1 else []


_PASSES = re.compile(
    r"\b(?:above|below|through|under|over|past|beneath|peaked (?:at|near)|topped out at|bottomed (?:at|near)|high of|low of)\s(?:the\s)?$",
    re.I,
)
_COME_TO = re.compile(r"(?:[\s,]*(?:\w+\s){0,6}?)\b(?:to|at|now|reads|is)\s(?:about |around |near )?", re.I)
_COUNTED = re.compile(
    r"\b(?:up|down|compared (?:with|to)|versus|vs\.?|from)\s(?:from\s)?(?:just\s|about\s)?$", re.I
)  # so many stocks above it
_FROM = re.compile(r"\b(?:from|off|since|between)\s(?:the\s|its\s|their\s)?$", re.I)
_AND = re.compile(r"\s*(?:,|and|&|/|,\s?and)\s*(?:at\s)?[~≈]?", re.I)


# Behind a name any words may lead to its number, 'happens to sit, as ever, at', but those that speak of another price.
_LEADS = re.compile(
    r"(?:\b(?:at|of|is|was|are|reads?|reading|stands?|sits?|shows?|prints?|currently|now|equals|comes in at|runs at|lies at|"
    r"around|near)|[:=(|~≈@])"
    r"\s*(?:about |around |near |roughly |just |at )?[~≈]?\s?(?:US)?[$€£]?\s?$",
    re.I,
)
_PLACED = re.compile(
    r"\b(?:just |slightly |not far |right |a bit |well )?(?:above|below|underneath|beneath|under|overhead|behind)(?: it| that| "
    r"there| here)?,? (?:at|near)\b",
    re.I,
)
_LEADS_UP = re.compile(
    r"\b(?:\w{3,}ed|rose|fell|slid|sank|crept|came|went|is|now)\s(?:back\s|up\s|down\s|off\s|further\s){0,2}to\s[~≈]?$|\b(?:to|up|down|back|off)\b.{0,16}\bto\s[~≈]?$|\b(?:has|have|is|now|had)\b.{0,40}\bto\s[~≈]?$",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:above|below|over|under|beneath|than|targets?|stops?|supports?|resistances?|entr\w+|if|unless|until|should|would|"
    r"could|may|might|but|"
    r"while|whereas|price|closed?|closes|settled|traded|trades|trading|towards?|through|into|between|range|break\w*|reclaim\w*|"
    r"los[es]\w*|bounc\w+|"
    r"reject\w+|test\w*|re-?test\w*|highs?|lows?|gap|zone|level|pivot|from|off|points?|per ?cent|ATRs?|at \d)\b|%|\d",
    re.I,
)


def _leads(gap: str, is_oscillator: bool) -> bool:
    if len(gap.split()) > LONGEST_LEAD or re.search(r"[.;!?]\s", gap):
        return False
    gap = _PLACED.sub("at", gap)
    lead = _LEADS.search(gap) or (_LEADS_UP.search(gap) if is_oscillator else None)
    return lead is not None and not _OTHER.search(gap[: lead.start()])


def _fits(gap: str, is_oscillator: bool) -> bool:
    if _leads(gap, is_oscillator):
        return True
    return (
        bool(_FORWARD.fullmatch(gap))
        and not re.search(r"[.;]\s", gap)
        and not re.search(r"\babove\b", gap, re.I)
        and not (re.search(r"\bfrom\b", gap) and is_oscillator)
    )


def _behind(piece: Piece, is_value: Sequence[bool], used: set[int], named: set[int]) -> Iterator[Naming]:
    """'2,270 (50-day MA)': a name right after a number that has none."""
    tokens = piece.tokens
    for at, token in enumerate(tokens):
        names = names_of(token)
        if len(names) != 1 or at in named or ("extreme" in token.says and _is_no_longer(piece.text, token)):
            continue
        if re.match(r"\s?(?:re-?test|test|reclaim|breakout)\b", piece.text[token.end :], re.I):
            continue
        before = next((i for i in range(at - 1, max(-1, at - 9), -1) if tokens[i].kind == "number"), None)
        if before is None or before in used or not is_value[before] or token.kind == "oscillator":
            continue
        if any(names_of(tokens[i]) for i in range(before + 1, at)):
            continue
        gap = _UNIT.sub("", piece.text[tokens[before].end : token.start])
        is_apposed = len(gap) <= LONGEST_GAP and bool(_APPOSED.fullmatch(gap)) and not _AWAY.search(gap)
        if len(gap) <= LONGEST_GAP and (_BACK.fullmatch(gap) or is_apposed):
            yield Naming(names[0], before, at, INFERRED if "(" in gap or "," in gap or ":" in gap else SUPPOSED)


_UNIT = re.compile(r"^\s?(?:points?|pts?|dollars|euros?|cents|USDT?|EUR|GBP|CHF|yen|rupees|ringgit|p|pips)\b")
_APPOSED = re.compile(r"\s?(?:[(\[,:=|]|\s[–—-]{1,6}\s|[–—])\s?(?:[\w'’&-]+,?\s){0,9}", re.I)
_AWAY = re.compile(
    r"\b(?:above|below|over|under|beneath|than|towards?|to|from|off|but|while|if|until|unless|target\w*|stops?|break\w*|then|"
    r"followed|next|"
    r"with|before|after|ahead|between|of|through|into|versus|vs|cross\w*|points?|per ?cent)\b",
    re.I,
)


def _shared(piece: Piece, found: Sequence[Naming], is_value: Sequence[bool]) -> list[Naming]:
    """'The 50-day and the 200-day at 2,278 and 2,190': the first of two names takes the first of two numbers."""
    tokens = piece.tokens
    named = {n.by for n in found}
    out = list(found)
    for naming in found:
        at = naming.by
        earlier = next((i for i in range(at - 1, max(-1, at - 4), -1) if tokens[i].kind == "average"), None)
        if earlier is None or earlier in named or len(tokens[earlier].names) != 1:
            continue
        if not re.fullmatch(r"\s*(?:,|and|&|/)\s*(?:the\s|its\s)?", piece.text[tokens[earlier].end : tokens[at].start], re.I):
            continue
        later = next((i for i in range(naming.number + 1, min(len(tokens), naming.number + 4)) if is_value[i]), None)
        if later is not None and _AND.fullmatch(piece.text[tokens[naming.number].end : tokens[later].start]):
            out.remove(naming)
            out += [Naming(tokens[earlier].names[0], naming.number, earlier, WRITTEN), Naming(naming.name, later, at, WRITTEN)]
    return out


def aligned(piece: Piece) -> tuple[int, ...]:
    """Averages with which 'this zone' is said to align."""
    return tuple(
        i
        for i, t in enumerate(piece.tokens)
        if t.kind == "average" and len(t.names) == 1 and _ALIGNS.search(piece.text[max(0, t.start - 48) : t.start])
    )
