"""How the trade names an average: '50-day SMA', 'EMA(20)', 'the 20- and 200-day averages', 'MAs 20/50/200', 'sixty-day'."""

from __future__ import annotations

import re

from levelhead.review.spelled_numbers import SPELLED_NUMBER, spelled_number

LENGTHS = frozenset(
    {
        *(5, 7, 8, 9, 10, 12, 13, 14, 15, 18, 20, 21, 22, 25, 26, 30, 34, 38, 40, 45, 50, 55, 60, 65, 75, 80, 89, 90, 100),
        *(120, 125, 130, 144, 150, 180, 200, 220, 233, 240, 250, 300, 365),
    }
)
SHORTEST, SHORTEST_ALONE = 5, 8  # days of an average that is only called by its days
_LENGTH = rf"(?:\d{{1,3}}|{SPELLED_NUMBER})"
_KIND = r"(?:simple|exponential|exponentially[ -]weighted|exp\.?|expo|weighted|smoothed|hull|daily)"
_NOUN = (
    rf"(?:(?:{_KIND}[\s-]){{0,2}}(?:moving[\s-]averages?|m(?:o?v)?g?\.?\s?avgs?\.?|[SEWD]?\.?M\.A\.?|"
    r"[SEWDHV]?MAs?|avgs?\.?|averages?))"
)
_DAYS_NOUN = rf"(?:(?:{_KIND}[\s-]){{0,2}}(?:lines?|means?(?![\s-]rever)|moving)|{_KIND}(?![\s-]?(?:mov|aver|[a-z]ma)))"
_UNIT = r"(?:days?|d|weeks?|wks?|w|months?|m|hours?|hrs?|h|periods?|bars?|sessions?|min(?:ute)?s?)"
_DAY = r"(?:days?|sessions?|d|weeks?|period)"
_AND = r"(?:,\sand\s|,\s|\s?/\s?|\s?\band\b\s?|\s?&\s?|\s?\bor\b\s?|-and-)"
# What may follow the days of an average that is called by nothing else: 'the 50-day at 2,278', '2,278 (50d)'.
_CALLED = (
    r"(?=[),.;:/|\]}–—'’”\"=~]|\s*$|\s?\(|-\s|\s{1,4}[–—=~≈|$€£\d→➔➜@-]|\s(?:at|is|are|was|were|now|and|or|near|has|have|sits?|"
    r"sitting|standing|coming|hanging|just|right|"
    r"stands?|lies?|comes?|around|counterpart|equivalent|one|curve|"
    r"which|that|today|still|also|just|holds?|held|below|above|line|as|for|then|to|from|on|in|with|as|support|resistance|runs?|"
    r"rises?|falls?|"
    r"rising|falling|turn(?:s|ed)|looms?|waits?|overhead|underneath|here|zone|area|but|while|cross(?:ed|es)?|confluence|simple|"
    r"exponential|of|by|"
    r"acts?|acted|offers?|gave|gives|provides?|remains?|keeps?|has|slopes?|sloping|flat|up|down|test|re-?test|reclaim|value|"
    r"reads?|level|got|plus|meets?|met|caps?|capped|again|if|before|beyond|ahead|once|there|since|does|did|becomes?|became|"
    r"higher|lower|well|far|"
    r"print(?:s|ed)?|tracks?|moved|moves|continues|should|would|could|may|might|must|needs?|will|when|where|so|yet|too|a|the|"
    r"its)\b)"
)
AVERAGE = re.compile(
    r"(?<![\w.,$'’])(?<!\d-)(?:"
    rf"(?P<list>{_LENGTH}(?:[\s-]?{_UNIT})?-?(?:{_AND}{_LENGTH}(?:[\s-]?{_UNIT})?-?){{1,5}}[\s-]?(?:{_NOUN}|"
    rf"(?<=[ys][\s-]){_DAYS_NOUN}))(?![A-Za-z])"
    rf"|(?P<dayslist>{_LENGTH}(?:-{_DAY})?-?(?:{_AND}{_LENGTH}-?){{0,4}}{_AND}{_LENGTH}[\s-]{_DAY}){_CALLED}"
    rf"|(?P<plain>{_LENGTH})[\s-]?(?P<unit>{_UNIT})?[\s-]?(?P<noun>{_NOUN})(?![A-Za-z])"
    rf"|(?P<daysnoun>{_LENGTH})[\s-](?:{_DAY}|bar|week|month|hour)s?[\s-]{_DAYS_NOUN}(?![A-Za-z])"
    rf"|(?P<lead>(?:{_KIND}[\s-])?(?:[SEWDHV]?MA|GD|MM|moving[\s-]average|avg\.?|average(?=\s?[(\[{{,]|\sof\b)))"
    rf"(?:(?:,\s?|\sof\s(?:the\s(?:last|past|previous)\s)?)(?:{_LENGTH})[\s-](?:days?|d|sessions?|weeks?|periods?|bars?|closes)\b"
    r"|\s?(?:-\s?|(?P<open>[(\[{]\s?))?(?P<trail>\d{1,3})\b(?:\s?-?\s?(?P<unit3>days?|d|weeks?|w|periods?|bars?)\b)?"
    r"(?(open)\s?[)\]}]|(?![\d,.]*\d|-?\d)))"
    rf"|(?P<days>\d{{2,3}}d\b|{_LENGTH}[\s-](?P<unit2>days?|sessions?|weeks?|d|period)(?:\s?(?:/|and|"
    rf"&)\s?{_LENGTH}[\s-](?:days?|weeks?|d|"
    rf"period))?){_CALLED}"
    rf"|(?P<spelled>{SPELLED_NUMBER}[\s-](?:days?|weeks?))(?![\w-]){_CALLED}(?!\s(?:range|highs?|lows?|volume|streak|run|rally|"
    rf"window|period|old|"
    r"correlation|vol(?:atility)?|consolidation|base|channel|rolling|losing|winning|slide|move|pause|hold|horizon|break|ago|"
    r"before|"
    r"after|later|mean|time|total|count|ATR|RSI|of|to|in|from|for)\b)"
    r")",
    re.I,
)  # fmt: skip
LISTED = re.compile(
    r"(?<![\w$])(?P<noun>(?:[SEWD]?MAs?|(?:(?:simple|exponential|moving)[\s-])*averages?)(?:\s(?:ribbon|stack|fan|cluster|set|"
    r"family|bundle|trio|lengths|periods|values|days?|lines?))?)"
    r"(?:[\s:=]|\s?[–—-]\s)*[(\[{]?\s?"
    r"(?P<lengths>\d{1,3}(?:\s?[/,|]\s?\d{1,3}){1,7})(?:[\s-]?(?:days?|d))?\s?[)\]}]?(?![\d,.]*\d)(?!\s?(?:%|/\s?\d))",
    re.I,
)
LABELLED = re.compile(
    r"(?:(?<=[\s(\[/|,;:–—-])|^)(?P<n>" + _LENGTH + r")(?:[\s-]?(?:d|days?))?(?=\s?(?:[:=@]|at\b)\s?[~≈]?[$€£]?\d[\d,.]{2})", re.I
)
BRACKETED = re.compile(r"(?<=\d \()(?P<n>" + _LENGTH + r")(?:[\s-]?(?:d|days?))?(?=\))", re.I)
_SPEAKS_OF_AVERAGES = re.compile(
    r"\b(?:(?P<ema>EMAs|exponential\s(?:moving\s)?averages)|[SD]?MAs|averages|MA\s(?:cluster|stack|ribbon))\b", re.I
)
# What leads to a stretch of time: 'over 12 sessions', 'by 0.4 ATR per ten sessions', 'in the next 20 days'.
_FOR_A_TIME = re.compile(
    r"\b(?:over|per|every|each|within|during|for|in|next|last|past|previous|following|about|another|least|most|than)\s(?:the\s)?$",
    re.I,
)
LONGEST_LEAD = 16
_OF_AN_OSCILLATOR = re.compile(r"\b(?:RSI|ATR|ADX|strength)\W{0,3}(?:\d{1,2}\W{1,3})?(?:is|at|of|reads)?\s?$", re.I)
_AMONG_AVERAGES = re.compile(r"\b(?:averages?|[SE]?MAs?)\b|\b(?:20|50|100|200)[\s-]day\b.{1,60}\b(?:50|100|200)[\s-]day\b", re.I)
_OF_YEARS = re.compile(r"\b(?:years?|yrs?|y)\s$", re.I)
_EACH_LENGTH = re.compile(rf"\d{{1,3}}|\b{SPELLED_NUMBER}", re.I)
_AVERAGED = re.compile(r"av", re.I)
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")  # 'EMA (25,150)' is one price
_PLURAL_KIND = re.compile(r"\b(?:(?P<ema>EMAs|exponentials?(?:\s(?:moving\s)?averages)?)|(?:SMAs|DMAs|MAs|averages))\b", re.I)


def list_start(found: re.Match[str]) -> int:
    """Where a list of lengths begins: of 'SOL 168, 200d ma' behind the price before it."""
    listed = found["list"] or found["dayslist"]
    if not listed:
        return found.start()
    lengths = [(m.start(), spelled_number(m.group())) for m in _EACH_LENGTH.finditer(listed)]
    if len(lengths) > 1 and _OF_AN_OSCILLATOR.search(found.string, max(0, found.start() - LONGEST_LEAD), found.start()):
        lengths = lengths[1:]  # 'RSI 55, 20-day average'
        return found.start() + lengths[0][0]
    first = next((n for n in range(len(lengths)) if all(length in LENGTHS for _, length in lengths[n:])), 0)
    return found.start() + (lengths[first][0] if first else 0)


def average_names(text: str, found: re.Match[str]) -> tuple[str, ...]:
    """'sma_50' of '50-day', one name for each length; none where the words are hardly those of an average."""
    whole = text[list_start(found) : found.end()]
    lengths = _lengths(whole)
    names = tuple(dict.fromkeys(average_name(n, whole, _kind_before(text, found)) for n in lengths if n >= 3))
    if found["days"] and re.fullmatch(r"\d{1,3}\sdays", found["days"], re.I) and not _SPEAKS_OF_AVERAGES.search(text):
        return ()  # '11 of 20 days'
    if found["days"] or found["dayslist"] or found["spelled"]:
        if whole.endswith("s") and _FOR_A_TIME.search(text, max(0, found.start() - LONGEST_LEAD), found.start()):
            return ()
        shortest = SHORTEST if _AMONG_AVERAGES.search(text) else SHORTEST_ALONE
        return names if all(n in LENGTHS and n >= shortest for n in lengths) else ()
    if found["lead"] and found["trail"] and not found["open"] and found["lead"].lower().startswith("av"):
        return (
            names if int(found["trail"]) in LENGTHS and not _OF_YEARS.search(text, 0, found.start()) else ()
        )  # 'five-yr avg -128'
    if found["plain"] and _AVERAGED.match(found["noun"]) and not found["unit"] and lengths[0] not in LENGTHS:
        return ()  # '-120 last week vs. -191 avg'
    return () if found["plain"] and lengths[0] < 3 else names


def listed_names(found: re.Match[str]) -> tuple[str, ...]:
    """'sma_20', 'sma_50', 'sma_200' of 'MAs (20/50/200)'; none where one of the numbers is no length of an average."""
    lengths = [int(n) for n in re.findall(r"\d+", found["lengths"])]
    if not all(n in LENGTHS for n in lengths) or len(set(lengths)) < len(lengths) or _THOUSANDS.fullmatch(found["lengths"]):
        return ()
    return tuple(average_name(n, found["noun"]) for n in lengths)


def labelled_names(text: str, found: re.Match[str]) -> tuple[str, ...]:
    """'sma_50' of the '50:' in 'moving averages: 20: 6,412 / 50: 6,318': behind the word for all of them."""
    said = next(iter(list(_SPEAKS_OF_AVERAGES.finditer(text, 0, found.start()))[::-1]), None)
    length = spelled_number(found["n"])
    if said is None or length not in LENGTHS:
        return ()
    is_ema = said["ema"] or re.match(r"[,:(]?\s?(?:all\s)?exponential", text[said.end() :], re.I)
    return (f"{'ema' if is_ema else 'sma'}_{length}",)


def average_name(length: int, words: str, kind: str = "") -> str:
    """'ema_20' of 20 and '20-day exponential average'; kind: 'ema' where words before tell it."""
    lower = words.lower()
    stem = (
        "ema"
        if re.search(r"ema|\bexp", lower)
        else "wma"
        if re.search(r"\bwma|\bweighted", lower)
        else "hma"
        if re.search(r"hma\b|\bhull", lower)
        else kind or "sma"
    )
    frame = next((f for f, pattern in _FRAMES.items() if pattern.search(lower)), "")
    return f"{stem}_{length}{frame}"


_FRAMES = {
    "w": re.compile(r"(?:\d[\s-]?|[a-z][\s-])(?:w\b|wk|week)"),
    "m": re.compile(r"(?:\d[\s-]?|[a-z][\s-])month|\d[\s-]?m\s(?!avg)"),
    "h": re.compile(r"(?:\d[\s-]?|[a-z][\s-])(?:h\b|hr|hour)"),
}


def _lengths(words: str) -> list[int]:
    return [spelled_number(n) for n in _EACH_LENGTH.findall(words)]


def _kind_before(text: str, found: re.Match[str]) -> str:
    """Of 'Both EMAs, the 12-day and the 26-day': days alone are of the kind named for all of them, or of their counterpart's."""
    if not (found["days"] or found["dayslist"] or found["spelled"]):
        return ""
    before = text[max(0, found.start() - 160) : found.start()]
    if re.match(r"\s(?:counterpart|equivalent)", text[found.end() :]):
        return "ema" if re.search(r"\bEMA\b|exponential", before, re.I) else ""
    said = next(iter(list(_PLURAL_KIND.finditer(before))[::-1]), None)
    return "ema" if said is not None and said["ema"] else ""
