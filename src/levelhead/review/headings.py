"""What a heading announces: a topic, a side, a way; and lines that announce nothing of the note's own, teasers and datelines."""

from __future__ import annotations

import re
from typing import Literal

from levelhead.review import token_signs as signs
from levelhead.review.alternatives import by_first_letter
from levelhead.review.dates import DATE, WEEKDAY
from levelhead.review.lexicon import respelled
from levelhead.review.side_heads import side_named
from levelhead.review.text import Block

Topic = Literal["levels", "scenarios", "setups", "bias", "indicators", "summary", "dismissed", ""]
LONGEST_HEAD = 110
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "dismissed",
        re.compile(
            r"\b(?:disclaimer|disclosure|risk warning|more (?:articles|news|posts|analysis|stories|charts|ideas)|related "
            r"(?:articles?|posts?|reading|news|analysis)|read (?:more|next|also)|"
            r"also read|more from|"
            r"you may also like|recommended(?: for you| reading)?|about the author|subscribe|newsletter|sponsored|advertisement|"
            r"latest news|"
            r"further reading|popular (?:posts|now)|most read|trending now|don[’']t miss|special offer|promo|share this|comments|"
            r"leave a reply|follow us|provenance|methodology|hypothetical performance|(?:also|recently|people|most) viewed|"
            r"(?:most active|trending|similar|related|other) (?:stocks|tickers|quotes|symbols|markets|instruments|assets|coins|"
            r"names|charts)|market movers|(?:top )?gainers|losers|you might (?:also )?like|glossary|track record|"
            r"(?:your|my) watch ?list|(?:other|around the|across the) markets?(?: today| now)?|ticker tape|peers|peer group|"
            r"quote board|compare with)\b",
            re.I,
        ),
    ),
    (
        "setups",
        re.compile(
            r"\b(?:trade (?:ideas?|set-?ups?|plans?|of the (?:day|week)|parameters|levels)|trading (?:plans?|ideas?|strateg\w+|"
            r"set-?ups?|recommendations?|calls?|signals?)|call of the day|set-?ups?|"
            r"trades? to (?:watch|consider)|actionable|(?:long|short|buy|sell) (?:idea|trade|side)|signals?|strateg(?:y|ies)|"
            r"plays?|how to trade(?: it)?|positioning|"
            r"(?<!last )(?<!latest )(?<!traded )"
            r"trades?(?!\s(?:dates?|time|war|deals?|talks?|deficit|balance|desk|tensions?|policy|partners?|tariffs?|in|at|"
            r"volume))|game plan)\b",
            re.I,
        ),
    ),
    (
        "scenarios",
        re.compile(
            r"\b(?:scenarios?|probabilit(?:y|ies)|(?:bull(?:ish)?|bear(?:ish)?|base|neutral|upside|downside) cases?|"
            r"what(?:['’]s| comes| happens| could happen)? next|where (?:next|to|it goes|we go|from here)|odds|outcomes|paths?|"
            r"roads? ahead|ways on|what (?:could|may|might|can) happen|playbook|roadmap|"
            r"our preference|preferred|alternative)\b",
            re.I,
        ),
    ),
    (
        "levels",
        re.compile(
            r"\b(?:(?:key|technical|important|price|major|critical|trading|intraday|daily|weekly|actionable)?\s?levels?|supports?|"
            r"resistances?|pivots?|pivot points|zones? to watch|ladder|"
            r"areas? of interest|numbers to (?:know|watch)|price map|line in the sand|where it matters|cheat sheet)\b",
            re.I,
        ),
    ),
    (
        "bias",
        re.compile(
            r"\b(?:bias|outlook|time ?frames?|final call|verdict|stance|our view|views?|call|trend by horizon|horizons?|"
            r"forecast)\b",
            re.I,
        ),
    ),
    (
        "summary",
        re.compile(r"\b(?:summary|at a glance|snapshot|overview|quick take|tl;?dr|key facts|dashboard|market data)\b", re.I),
    ),
    (
        "indicators",
        re.compile(
            r"\b(?:indicators?|moving averages?|momentum|oscillators?|technicals?|readings?|price action|"
            r"trend)\b",
            re.I,
        ),
    ),
)
_TEASER = re.compile(
    r"^\W{0,6}(?:read (?:more|next|also|our|the full)|also read|read:|related\s?[:|–-]|see also|see our|more:|sign up|"
    r"subscribe|join (?:our|us|the|over|\d)|follow (?:us|me)|"
    r"click here|don[’']t miss|up next|next up|coming up|next (?:article|note|read)\b|previous (?:article|note|post)\b|"
    r"in other news|recommended|advert(?:isement)?\b|sponsored|ad\s?[:|]|promo|"
    r"hypothetical (?:performance|results)|"
    r"get (?:access|our|your|\d|up to)|try (?:our|it)|start your|limited[- ]time|download|watch (?:our|the|now)|also (?:on|in|"
    r"by)(?! (?:my|the|our|this|these|your) (?:chart|radar|list|map|screen|sheet|watch|board|weekly|daily))|tomorrow[’']s note|"
    r"(?:special|exclusive) offer|upgrade|unlock|"
    r"also (?:this|next) (?:week|issue|month):|in (?:the|our) next (?:issue|note)|save \d|\d{1,2}% off|"
    r"this (?:analysis|content|article|material|report|"
    r"note) (?:is|was|does|has)|futures trading involves|"
    r"trading (?:futures|forex|involves|leveraged|cfds)|past performance|for (?:educational|informational)|not (?:financial|"
    r"investment) advice|risk disclosure|disclaimer|copyright|©|"
    r"more (?:analysis|notes|ideas|from)|elsewhere|if you (?:liked|enjoyed)|want more|become a|open an account|CFDs are|"
    r"\d{2}(?:\.\d{1,2})?% of retail)",
    re.I,
)
_SIDES = (
    ("both", re.compile(r"\bsupports?\b.{0,20}\bresistances?\b|\bresistances?\b.{0,20}\bsupports?\b", re.I)),
    (
        "support",
        re.compile(
            r"\b(?:supports?|demand|floors?(?!\s(?:numbers?|pivots?|traders?|levels?|brokers?))|"
            r"downside (?:levels?|targets?)|below (?:the )?(?:market|price)|"
            r"buy(?:ing)? zones?)\b|^\W*(?:below|downside|down|lower)\W*$",
            re.I,
        ),
    ),
    (
        "resistance",
        re.compile(
            r"\b(?:resistances?|supply|ceilings?|upside (?:levels?|targets?)|above (?:the )?(?:market|price)|"
            r"sell(?:ing)? zones?|overhead)\b|^\W*(?:above|upside|up|higher)\W*$",
            re.I,
        ),
    ),
    ("pivot", re.compile(r"^\W{0,4}(?:daily |weekly |monthly |central )?(?:pivot(?:s|(?: point| level| zone)?s?)?)\W{0,3}$", re.I)),
)
UP = re.compile(
    r"\b"
    + by_first_letter(
        r"bull(?:ish|s)?|upside|breakout|up(?:ward)?|long|buy(?:ers)?|bounce|rally|recovery|reversal higher|higher|"
        r"continuation higher"
    )
    + r"\b",
    re.I,
)
DOWN = re.compile(
    r"\b"
    + by_first_letter(
        r"bear(?:ish|s)?|downside|breakdown|down(?:ward)?|short(?![- ]?(?:er)?[- ]?term|[- ]run)|sell(?:ers)?|pullback|"
        r"correction|lower|decline|drop|failure"
    )
    + r"\b",
    re.I,
)
RANGE = re.compile(
    r"\b"
    + by_first_letter(r"range(?:[- ]?bound)?|sideways|neutral|consolidation|chop(?:py)?|balance|rotation(?:al)?|flat|no trade")
    + r"\b",
    re.I,
)


# What a saved page's buttons say: they head nothing.
_BUTTON = re.compile(
    r"\W*(?:(?:share|print|tweet|save|bookmark|copy link|like|e-?mail)(?: this)?(?: (?:article|post|page|story|note))?|follow us|"
    r"add to favou?rites|listen to this article)\W*",
    re.I,
)


# what ends a teaser for something else
_TEASES_AT_END = re.compile(
    r"\b(?:read (?:it|more|on|all|the (?:full|rest|whole)(?: \w+)?)(?: here| now| inside)?|(?:members|subscribers) only|"
    r"for (?:paid |paying |premium )?(?:subscribers|members)(?: only)?|behind the paywall)\W*$",
    re.I,
)
LONGEST_TEASER = 400


def is_head(block: Block) -> bool:
    """A heading, or a line that ends in a colon and so heads what follows."""
    text = block.text.rstrip()
    if is_meta(text) or _BUTTON.fullmatch(text):
        return False
    return block.kind == "heading" or (block.kind != "row" and text.endswith(":") and len(text) <= LONGEST_HEAD)


CASE_FIELD = re.compile(
    r"^\W*(?:probability|chances?|odds|likelihood|confidence|trigger|targets?|objective|invalidation|invalidated|zone|"
    r"conditions?|path|time ?frame|horizon|stop|confirmation|why|what it needs)\b[^:=–—-]{0,24}[:=–—-]",
    re.I,
)


_META = re.compile(
    r"\b(?:updated?|published|posted|prepared|issued|as of|on|at|by|the|desk|team|staff|date|time|est|edt|et|gmt|utc|cet|london|"
    r"new york|am|pm|mon|tue|wed|thu|fri|sat|sun|"
    + WEEKDAY
    + r"|reading time|min(?:ute)?s? read|senior|chief|market|markets|analyst|strategist|"
    r"editor|research|technical)\b",
    re.I,
)


def is_meta(text: str) -> bool:
    """A line that only says when a note was written, or by whom."""
    if len(text) > LONGEST_HEAD:
        return False
    if signs.DATE(text, text.lower()) and DATE.search(text):
        bare = _META.sub("", re.sub(r"\d{1,2}:\d{2}", "", DATE.sub("", text)))
        if len(re.findall(r"[A-Za-z]", bare)) <= 3:
            return True
    return bool(re.match(r"^\W{0,3}(?:by|author|written by|posted by|analyst)[:\s]\s?[A-Z]", text)) and not re.search(
        r"\d{3}", text
    )


def way_of(text: str) -> str:
    """'up', 'down' or 'range' where a heading or title says one of them first, '' where it says none or all at once."""
    found = sorted((m.start(), way) for way, p in (("up", UP), ("down", DOWN), ("range", RANGE)) if (m := p.search(text)))
    if {"up", "down"} <= {w for _, w in found} and re.search(r"\b(?:&|and|or|vs\.?|/)\b|[&/]", text):
        return ""
    return found[0][1] if found else ""


def side_of(text: str) -> str:
    """The side a heading sets, '' where it names both or none."""
    text = respelled(text)
    for side, pattern in _SIDES:
        if pattern.search(text):
            return "" if side == "both" else side
    return side_named(text)


_LEVELS_FIRST = re.compile(
    r"\W*(?:the |our |key |all )?(?:levels?|supports?(?: (?:and|&) resistances?)?|resistances?) "
    r"(?:for|on|of|along|behind|that|to)\b(?!.*\b(?:scenarios?|odds|prob\w*|targets?)\b)",
    re.I,
)


def topic_of(text: str) -> Topic:
    """What a heading announces."""
    text = respelled(text)
    if _LEVELS_FIRST.match(text):
        return "levels"
    return next((topic for topic, pattern in _TOPICS if pattern.search(text)), "")


def is_teaser(block: Block) -> bool:
    """An advert, a notice or a pointer to another note."""
    if block.kind == "row":
        return False
    is_short = len(block.text) <= LONGEST_TEASER
    return bool(_TEASER.match(block.text) or _BUTTON.fullmatch(block.text) or (is_short and _TEASES_AT_END.search(block.text)))
