"""Chances in words: 'a retest of 4,832 has become less likely, and a range of 5,100–5,500 has a slight edge'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from levelhead.review.passages import Passage, Piece
from levelhead.review.pieces import part_of
from levelhead.review.prices import Prices

_WORDED = re.compile(
    r"\b(?:(?:very |quite |more |most |less |least |highly |equally |increasingly |somewhat |about as )?likely(?: than not)?|"
    r"(?:very |highly |rather )?unlikely|improbable|possible|"
    r"(?:a )?(?:slight|small|modest|clear|marginal) edge|(?:a )?(?:high|low|good|fair|decent|strong|small|slim|moderate|medium|"
    r"remote|better|lower|higher|even)[- ](?:probability|chances?|odds|likelihood)|"
    r"(?:probability|chance|likelihood|odds) (?:is|are|remains?|looks?|seems?|appears?) (?:considered |seen |judged |deemed |"
    r"rated |thought |regarded |estimated |put |held )?(?:as |to be )?(?:very |rather |quite |fairly |relatively )?(?:high|"
    r"low|moderate|good|small|slim|large|great|strong|decent|medium|even)|coin[- ]?(?:flip|toss)|(?:is|are) (?:\w+ly |still |"
    r"now )?(?:favou?red|preferred)|"
    r"we favou?r|tail risk|long shot|odds[- ]on)\b",
    re.I,
)
# One of these stands in whatever one of those is found in.
_WORD = re.compile(r"likel|probab|possible|edge|chance|odds|coin|favo|prefer|tail risk|long shot")
_MOVES = re.compile(
    r"\b(?:re-?tests?|tests?|rally|rallies|bounce|rebound|recovery|move|run|push|break(?:out|down)?|drop|fall|slide|decline|"
    r"dip|pullback|correction|selloff|sell-off|range|consolidation|"
    r"trade|return|squeeze|extension|drift|grind|climb|advance|flush|retreat|pop|chop|sideways|down|up|higher|lower|upside|"
    r"downside|between|back|"
    r"reach|hit|attain|touch|revisit|see|get(?= to| back)|go(?= to| back| and)|come(?= back| to)|sink|"
    r"continuation|rotation|balance|visit|slip|probe|trip|failure|breakout|breakdown)(?:e?s|ing)?\b[^.;]{0,60}$",
    re.I,
)
_PARTS = re.compile(r";\s|,\s(?:and\s|but\s|while\s|whereas\s|with\s)?|\s(?:while|whereas|but)\s|\sand\s(?=a\s|an\s|the\s)", re.I)
_JUDGED = re.compile(
    r"\W{0,3}(?:(?:i|we|our desk|the desk)(?:['’]d| would| do| can| still)?\s(?:call|rate|deem|consider|judge|think|see|hold|"
    r"put|give|reckon|regard|find|view)"
    r"(?:\s(?:of|down))?\s(?:that|this|it|the odds|the chances)|(?:that|this|it|which)(?:['’]s|\s(?:is|looks|seems|remains|"
    r"would be|strikes me|appears))|(?:odds|chances?|"
    r"probability|likelihood)\s?[:=]|(?:highly |very |quite |more |less |most |least )?(?:un)?likely)\b[^;\d]{0,80}",
    re.I,
)


def in_words(passage: Passage, prices: Prices) -> Iterator[tuple[Piece, str]]:
    """The parts of sentences with a price that is given a chance in words, with those words."""
    if passage.place.topic == "levels" and passage.block.kind == "item":
        return
    for earlier, piece in zip((None, *passage.pieces), passage.pieces, strict=False):
        if not (_WORD.search(piece.text.lower()) and _WORDED.search(piece.text)):
            continue
        if earlier is not None and _JUDGED.fullmatch(piece.text):  # 'We rally to 62.05. I'd call that likely.'
            first = next((t for t in earlier.tokens if prices.is_price(t)), None)
            if first is not None and _MOVES.search(earlier.text[: first.start]):
                yield earlier, piece.text
                continue
        edges = [0, *(m.end() for m in _PARTS.finditer(piece.text)), len(piece.text)]
        for start, end in pairwise(edges):
            part = part_of(piece, start, end)
            words = _WORDED.search(part.text)
            first = next((t for t in part.tokens if prices.is_price(t)), None)
            if words is not None and first is not None and _MOVES.search(part.text[: first.start]):
                yield part, words.group()
