"""Facts by topic: a topic's facts are found when the first of them is asked for, and never where nobody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from levelhead.domain.bars import Bars
from levelhead.domain.errors import LevelheadError
from levelhead.domain.fact import Fact
from levelhead.domain.sessions import SessionTable
from levelhead.reading.context import NO_CONTEXT, Context
from levelhead.reading.facts import Findings
from levelhead.reading.panel import Panel
from levelhead.reading.settings import Settings
from levelhead.reading.whole import Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart:
    """What every topic may look at: the bars up to the day, and what is known of them.

    whole: of a series that begins with these bars; panel: of these bars alone. peers: none of their bars is later. kept: what
    several topics and the reading itself ask for.
    """

    bars: Bars
    whole: Whole
    panel: Panel
    peers: Mapping[str, Bars]
    sessions: SessionTable | None
    settings: Settings
    context: Context = NO_CONTEXT
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """heads: how the names of its facts begin, up to the first dot; one that ends in '_' stands for all that begin with it.

    find: its facts, and sentences for what is not known. The facts it is handed are those of the topics before it.
    """

    heads: tuple[str, ...]
    find: Callable[[Chart, Mapping[str, Fact]], Findings]

    def has(self, head: str) -> bool:
        """Whether names with that head may be its facts'."""
        return head in self.heads or any(own.endswith("_") and head.startswith(own) for own in self.heads)


class Facts(Mapping[str, Fact]):
    """The facts of a chart by dotted name, in the order of their topics.

    Asking for a name finds the facts of the topics that have its head, until one has it; asking for all finds all.
    """

    def __init__(self, chart: Chart, topics: tuple[Topic, ...]) -> None:
        self._chart, self._topics = chart, topics
        self._names = _names_of(topics)
        self._found: list[Findings | None] = [None] * len(topics)

    def __getitem__(self, name: str) -> Fact:
        fact: Fact | None = self.get(name)
        if fact is None:
            raise KeyError(name)
        return fact

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def get(self, name: str, default: Any = None) -> Any:
        """The fact of that name; what is not there is asked for as often as what is."""
        return self.get_before(name, len(self._topics)) or default

    def __iter__(self) -> Iterator[str]:
        for place in range(len(self._topics)):
            yield from self._of(place)[0]

    def __len__(self) -> int:
        return sum([len((found or self._of(place))[0]) for place, found in enumerate(self._found)])

    def find(self, place: int) -> None:
        """Finds the facts of a topic, by its place."""
        if self._found[place] is None:
            self._of(place)

    @property
    def not_yet_known(self) -> tuple[str, ...]:
        """Whole sentences naming what the history is too short for."""
        sentences = [(found or self._of(place))[1] for place, found in enumerate(self._found)]
        return tuple(chain.from_iterable(sentences))

    def get_before(self, name: str, end: int) -> Fact | None:
        """The fact of that name among those of the first `end` topics."""
        home = self._names.homes.get(name, end)
        if home < end:  # no two topics of a day have a fact of one name; on another day another may have it
            fact = (self._found[home] or self._of(home))[0].get(name)
            if fact is not None:
                return fact
        for place in self._names.places(name):
            if place >= end:
                break
            found = self._found[place] or self._of(place)
            fact = found[0].get(name)
            if fact is not None:
                return fact
        return None

    def _of(self, place: int) -> Findings:
        found = self._found[place]
        if found is None:
            found = self._topics[place].find(self._chart, _Before(self, place))
            self._names.check(place, found[0])
            self._found[place] = found
        return found


class _Before(Mapping[str, Fact]):
    """The facts of the topics before one."""

    __slots__ = ("_end", "_facts")

    def __init__(self, facts: Facts, end: int) -> None:
        self._facts, self._end = facts, end

    def __getitem__(self, name: str) -> Fact:
        fact = self._facts.get_before(name, self._end)
        if fact is None:
            raise KeyError(name)
        return fact

    def get(self, name: str, default: Any = None) -> Any:
        """The fact of that name; what is not there is asked for as often as what is."""
        return self._facts.get_before(name, self._end) or default

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._facts.get_before(name, self._end) is not None

    def __iter__(self) -> Iterator[str]:
        for place in range(self._end):
            yield from self._facts._of(place)[0]

    def __len__(self) -> int:
        return sum(len(self._facts._of(place)[0]) for place in range(self._end))


class _Names:
    """Which topics may have a fact of a name, found once for each name and not once a day."""

    def __init__(self, topics: tuple[Topic, ...]) -> None:
        self._topics = topics
        self._places: dict[str, tuple[int, ...]] = {}  # by name, and by the head of a name
        self._announced: list[set[str]] = [set() for _ in topics]
        self.homes: dict[str, int] = {}  # the place of the topic that first found a fact of a name

    def places(self, name: str) -> tuple[int, ...]:
        """The places of those that may."""
        places = self._places.get(name)
        if places is None:
            head = name.partition(".")[0]
            places = self._places.get(head) or tuple(place for place, topic in enumerate(self._topics) if topic.has(head))
            if len(self._places) < _MOST_NAMES:
                self._places[name] = self._places[head] = places
        return places

    def check(self, place: int, facts: Mapping[str, Fact]) -> None:
        """A fact that its topic does not announce would never be found by its name."""
        announced = self._announced[place]
        if announced.issuperset(facts):
            return
        new = facts.keys() - announced
        for name in new:
            if not self._topics[place].has(name.partition(".")[0]):
                raise LevelheadError(
                    f"The fact {name} begins like none of its topic's ({', '.join(self._topics[place].heads)}); "
                    f"add '{name.partition('.')[0]}' to the heads of its topic in reading/read.py."
                )
        if len(announced) < _MOST_NAMES:
            announced |= new
            for name in new:
                self.homes.setdefault(name, place)


_MOST_NAMES = 4096
"""So many are remembered: names that hold a symbol may be as many as there are symbols."""


@lru_cache(maxsize=16)
def _names_of(topics: tuple[Topic, ...]) -> _Names:
    return _Names(topics)
