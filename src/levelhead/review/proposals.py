"""What somebody else proposes for the passages that the rules did not understand, and what of it the text bears out.

A proposal names a passage, the exact characters of each price in it, and the word that says what they are. Only what stands there
is taken: a price that occurs in the passage as a number of its own, and a word that occurs in it and does not say the opposite.
Whoever proposes can therefore add no number and no word to a note, whatever the note talks them into.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from levelhead.review.numbers import quantities
from levelhead.review.said import Money, NotUnderstood, OthersNote, ReadLevel, ReadScenario, ReadSetup
from levelhead.review.text import Span
from levelhead.review.tokens import tokens_of

PROPOSED = 0.5  # how sure a reading is that a model proposed and the text bears out
MOST_PASSAGES = 40
MOST_PROPOSALS = 100
LONGEST_WORD = 60

Item = ReadLevel | ReadScenario | ReadSetup


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A proposal that the text does not bear out, cut, and why."""

    proposal: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What became of the proposals. understood: the passages that something was taken from."""

    taken: tuple[Item, ...]
    refused: tuple[Refused, ...]
    understood: frozenset[int]


class _NotThere(Exception):
    """A proposal says something that its passage does not."""


def passages_to_ask(note: OthersNote) -> tuple[NotUnderstood, ...]:
    """The passages that may be asked about, the first forty that were not understood."""
    return note.not_understood[:MOST_PASSAGES]


def weighed(note: OthersNote, answer: Any) -> Weighed:
    """The proposals of an answer that the text bears out, and the others with the reason.

    answer: {"proposals": [{"passage": 0, "kind": "level", "side": "support", "price": "2,350–2,360", "word": "springboard"}, ...]};
    anything else is refused. Never raises, whatever the answer is.
    """
    listed = answer.get("proposals") if isinstance(answer, Mapping) else None
    if not isinstance(listed, list):
        return Weighed(
            taken=(), refused=(Refused(proposal=_cut(answer), why="It is no list of proposals."),), understood=frozenset()
        )
    passages = passages_to_ask(note)
    taken: list[Item] = []
    refused: list[Refused] = []
    understood: set[int] = set()
    for each in listed[:MOST_PROPOSALS]:
        try:
            number, item = _item(note, passages, each)
        except _NotThere as error:
            refused.append(Refused(proposal=_cut(each), why=str(error)))
            continue
        if item not in taken:
            taken.append(item)
            understood.add(number)
    return Weighed(taken=tuple(taken), refused=tuple(refused), understood=frozenset(understood))


def with_proposed(note: OthersNote, found: Weighed) -> OthersNote:
    """The note with what was taken in its place in the text, half as sure as what is written; the passages are understood now."""

    def merged(own: tuple[Any, ...], kind: type) -> tuple[Any, ...]:
        more = [item for item in found.taken if isinstance(item, kind)]
        return tuple(sorted([*own, *more], key=lambda item: item.span)) if more else own

    explained = {each.span for number, each in enumerate(passages_to_ask(note)) if number in found.understood}
    return replace(
        note,
        levels=merged(note.levels, ReadLevel),
        scenarios=merged(note.scenarios, ReadScenario),
        setups=merged(note.setups, ReadSetup),
        not_understood=tuple(each for each in note.not_understood if each.span not in explained),
    )


def _item(note: OthersNote, passages: tuple[NotUnderstood, ...], proposal: Any) -> tuple[int, Item]:
    if not isinstance(proposal, Mapping):
        raise _NotThere("It is no proposal.")
    number = proposal.get("passage")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < len(passages):
        raise _NotThere(f"There is no passage {_cut(number)}.")
    passage = _Passage(note, passages[number])
    makers: dict[str, Callable[[Mapping[str, Any]], Item]] = {
        "level": passage.level,
        "scenario": passage.scenario,
        "setup": passage.setup,
    }
    maker = makers.get(str(proposal.get("kind")))
    if maker is None:
        raise _NotThere(f"A {_cut(proposal.get('kind'))} is nothing that may be proposed.")
    return number, maker(proposal)


class _Passage:
    """One passage, and what may be said of it."""

    def __init__(self, note: OthersNote, passage: NotUnderstood) -> None:
        self._text, self._span = passage.text, passage.span
        self._last = next((i.value.middle for i in note.indicators if i.name == "last"), math.nan)
        self._numbers = quantities(passage.text)

    def level(self, proposal: Mapping[str, Any]) -> ReadLevel:
        """A support or a resistance."""
        side = _one_of(proposal, "side", ("support", "resistance"))
        price, span = self._price(proposal.get("price"))
        word = self._word(proposal.get("word"), "side", side)
        if (side == "support" and price.low > self._last) or (side == "resistance" and price.high < self._last):
            raise _NotThere(f"A {side} at {price.low:,.10g} lies on the wrong side of the price {self._last:,.10g}.")
        return ReadLevel(side=side, kind="level", price=price, label=word, span=span, sure=PROPOSED)

    def scenario(self, proposal: Mapping[str, Any]) -> ReadScenario:
        """A way on."""
        direction = _one_of(proposal, "direction", ("up", "down", "range"))
        word = self._word(proposal.get("word"), "way", direction)
        parts = {name: self._price(proposal[name])[0] for name in ("trigger", "zone", "target") if proposal.get(name)}
        chance = proposal.get("probability")
        probability = None if not chance else self._probability(chance)
        if not parts and probability is None:
            raise _NotThere("It names neither a price nor a probability.")
        return ReadScenario(
            direction=direction,
            title=word,
            probability=probability,
            trigger=parts.get("trigger"),
            zone=parts.get("zone"),
            target=parts.get("target"),
            span=self._span,
            sure=PROPOSED,
        )

    def setup(self, proposal: Mapping[str, Any]) -> ReadSetup:
        """A trade whose stop, entry and targets lie in that order."""
        side = _one_of(proposal, "side", ("long", "short"))
        self._word(proposal.get("word"), "entry", side)
        entry, stop = self._price(proposal.get("entry"))[0], self._price(proposal.get("stop"))[0]
        listed = proposal.get("targets")
        targets = tuple(self._price(each)[0] for each in (listed if isinstance(listed, list) else [listed])[:6])
        sign = 1 if side == "long" else -1
        if not all(sign * stop.middle < sign * entry.middle < sign * target.middle for target in targets):
            raise _NotThere(f"The stop, entry and targets of a {side} lie in no order.")
        return ReadSetup(side=side, entry=entry, stop=stop, targets=targets, span=self._span, sure=PROPOSED)

    def _price(self, words: Any) -> tuple[Money, Span]:
        """A number or zone that stands in the passage in these very characters."""
        if not isinstance(words, str) or not words.strip():
            raise _NotThere(f"{_cut(words)} is no price in words.")
        for found in self._numbers:
            if self._text[found.start : found.end].strip() == words.strip() and found.unit not in ("%",) and found.low > 0:
                start = self._span.start + found.start
                money = Money(low=found.low, high=found.high, open_ended=found.open_ended)
                return money, Span(start=start, end=start + found.end - found.start)
        raise _NotThere(f"The price {_cut(words)} does not stand in the passage as a number of its own.")

    def _probability(self, words: Any) -> tuple[float, float]:
        wanted = words.strip() if isinstance(words, str) else ""
        for found in self._numbers:
            is_it = found.unit == "%" and self._text[found.start : found.end].strip() == wanted
            if is_it and 0 <= found.low <= found.high <= 100:
                return found.low / 100, found.high / 100
        raise _NotThere(f"The probability {_cut(words)} does not stand in the passage.")

    def _word(self, word: Any, kind: str, meant: str) -> str:
        """The word that says what is proposed: it stands in the passage, and the lexicon does not say the opposite of it."""
        if not isinstance(word, str) or not re.search(r"[^\W\d_]{3}", word) or len(word) > LONGEST_WORD:
            raise _NotThere(f"{_cut(word)} is no word that could say so.")
        if not re.search(rf"(?<!\w){re.escape(word.strip())}(?!\w)", self._text, re.I):
            raise _NotThere(f"The word {_cut(word)} does not stand in the passage.")
        said = {token.says[kind] for token in tokens_of(word) if kind in token.says} - {kind}
        if said and meant not in said:
            raise _NotThere(f"The word {_cut(word)} says {' and '.join(sorted(said))}, not {meant}.")
        return word.strip()


def _one_of(proposal: Mapping[str, Any], key: str, known: tuple[str, ...]) -> Any:
    value = proposal.get(key)
    if value not in known:
        raise _NotThere(f"Its {key} {_cut(value)} is none of {', '.join(known)}.")
    return value


def _cut(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_WORD else text[: LONGEST_WORD - 1] + "…"
