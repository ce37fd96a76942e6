"""The side that a short heading sets in other words: 'Walls above', 'Cushions', 'Underfoot', 'Where buyers wait'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from levelhead.review.lexicon import BY_FIRST_WORD, spelled
from levelhead.review.said import LevelSide

LONGEST = 6  # words
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
# What happens, is wanted or is felt is no list of levels.
_OTHERWISE = re.compile(
    r"\b(?:break\w*|clos\w+|trend\w*|targets?|if|when|case|scenario|path|odds|chance|risks?|bias|stop|trade|buy|sell|long|short|"
    r"position\w*|volume|moment\w*|average|news|demand (?:for|side)|supply (?:of|side|chain)|vs\.?|versus|and|or|in (?:control|"
    r"charge)|month|year|oil|fuel|global|world|physical)\b|[&?/%]|\d",
    re.I,
)
_LISTED = (
    r"(?:(?:the|what|all|my|our|key|next|first|big|main|nearest|where|that|is|are|lies|lie|waits|sits|stands|matters|of|prices?|"
    r"levels?|lines?|marks?|numbers?|zones?|areas?|spots?|points?|figures?|magnets?|references?|on|to|from|here|us) )*"
)
_ABOVE = r"(?:above|overhead|upstairs|topside|upside|up top|up|higher|higher up|north|way up|on top|further up)"
_BELOW = (
    r"(?:below|underneath|beneath|downstairs|downside|underfoot|under|down|lower|lower down|south|way down|down below|further down)"
)
_OF_PRICE = r"(?: (?:the|here|us|it|spot|price|market|money))*"
_NOUNS = r"(?: (?:levels?|lines?|marks?|numbers?|zones?|areas?|points?|prices?|magnets?|references?|reference))*"
_TO_ONE_SIDE = re.compile(rf"{_LISTED}(?:(?P<up>{_ABOVE})|(?P<down>{_BELOW}))(?:{_OF_PRICE}|{_NOUNS})", re.I)


def side_named(heading: str) -> LevelSide:
    """The side that the words of a heading name by who waits there, what stands there or which way it lies; '' where none does."""
    words = [w.lower().replace("’", "'") for w in _WORD.findall(heading)]
    if not words or len(words) > LONGEST or _OTHERWISE.search(heading):
        return ""
    said = set(_sides(words, "side", *(("agent",) if _WAITING.search(heading) else ())))
    if found := _TO_ONE_SIDE.fullmatch(" ".join(words)):
        return "resistance" if found["up"] else "support"
    return said.pop() if len(said) == 1 and said != {"pivot"} else ""  # type: ignore[return-value]


_WAITING = re.compile(r"\b(?:where|waiting|lined|orders?|interest|zones?|areas?|lie|lurk\w*|sit)\b", re.I)


def _sides(words: list[str], *kinds: str) -> Iterator[str]:
    """What the words and phrases of a heading are in the lexicon: of these kinds alone; the longest phrase speaks."""
    at = 0
    while at < len(words):
        phrases = BY_FIRST_WORD.get(words[at]) or BY_FIRST_WORD.get(spelled(words[at]), ())
        found = [p for p in phrases if _reads(words[at:], p[0])]
        longest = [p for p in found if len(p[0]) == len(found[0][0])]
        yield from (value for _, kind, value in longest if kind in kinds)
        at += len(longest[0][0]) if longest else 1


def _reads(words: list[str], phrase: tuple[str, ...]) -> bool:
    if len(phrase) > 1 and words[len(phrase) - 1 : len(phrase)] == [phrase[-1] + "s"]:
        return _reads(words, phrase[:-1])
    return len(words) >= len(phrase) and all(w == p or spelled(w) == p for w, p in zip(words, phrase, strict=False))
