"""The numbers a desk works out while it writes: each is computed by evaluating the formula that is printed with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, MutableMapping

from levelhead.domain.claim import Chance, Member
from levelhead.domain.fact import Estimate, Fact, Unit
from levelhead.domain.formula import Value, evaluate

PATHS = "paths"
MEMBER_WORDS = {
    PATHS: "the share of the simulated paths",
    "analogues": "its frequency after the past days of like volatility",
    "closed form": "a driftless walk of the forecast's volatility, exactly",
    "options": "what option prices imply, no premium for risk taken off",
}
ROUNDING = 1e-9


class Draft:
    """The facts of the reading and, beside them, what the desk adds: facts derived from them, and estimates.

    A number enters by its formula, so that what is explained is what was computed.
    """

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = Entered(facts)
        self.estimates: dict[str, Estimate] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.facts or name in self.estimates

    @property
    def has_atr(self) -> bool:
        """Whether distances have a measure: ATR(14) is known and not zero."""
        return "atr_14" in self and self.number("atr_14") > 0

    def number(self, name: str) -> float:
        """The value of a numeric fact or estimate. Raises KeyError where there is none."""
        fact = self.facts.found(name)
        value = self.estimates[name].value if fact is None else fact.value
        if isinstance(value, str):
            raise KeyError(f"{name} is the word {value!r}, not a number")
        return value

    def word(self, name: str) -> str:
        """The word of a fact, '' where the fact is not known."""
        fact = self.facts.found(name)
        return "" if fact is None else str(fact.value)

    def said_facts(self) -> dict[str, Fact]:
        """What it takes to settle the note: the last price and the facts of the outlook."""
        return {name: fact for name, fact in self.facts.entered().items() if name.startswith("outlook.")} | {
            "last": self.facts["last"]
        }

    def work_out(self, formula: str, **inputs: float) -> float:
        """The value of a formula over the numbers of this draft and `inputs`."""
        return evaluate(formula, _Numbers(self, inputs))

    def derive(self, name: str, unit: Unit, meaning: str, formula: str, **inputs: float) -> float:
        """Enter a fact by its formula; its value is returned."""
        value = self.work_out(formula, **inputs)
        self.facts[name] = Fact(value=value, unit=unit, meaning=meaning, formula=formula, inputs=inputs)
        return value

    def say(self, name: str, word: str, meaning: str, rule: str, *, date: dt.date | None = None) -> str:
        """Enter a word and the rule it follows."""
        unit: Unit = "word"
        self.facts[name] = Fact(value=word, unit=unit, meaning=meaning, formula=rule, date=date)
        return word

    def date(self, name: str, day: dt.date, meaning: str, rule: str) -> None:
        """Enter a date and the rule it follows."""
        self.facts[name] = Fact(value=day.isoformat(), unit="date", meaning=meaning, formula=rule, date=day)

    def estimate(
        self,
        name: str,
        unit: Unit,
        meaning: str,
        formula: str,
        *,
        error: float | None = None,
        base: Chance | None = None,
        **inputs: float,
    ) -> float:
        """Enter an estimate by its formula; `base` lends its base rate and counts."""
        value = self.work_out(formula, **inputs)
        self.estimates[name] = Estimate(
            value=value,
            unit=unit,
            meaning=meaning,
            formula=formula,
            inputs=inputs,
            error=error,
            base_rate=base.base_rate if base else None,
            base_count=base.base_count if base else 0,
            windows=base.windows if base else 0,
        )
        return value

    def chance(self, name: str, meaning: str, chance: Chance, decided: int) -> float:
        """Enter a probability as the share of `decided` paths it is, or as the weighted sum of what a pool's members say.

        A pool that is calibrated adds what its map does to the sum.
        """
        if not chance.members:
            return self._share(name, meaning, chance.probability, decided, error=chance.error, base=chance)
        terms = [f"{member.weight!r} * {self._member(name, meaning, member, decided)}" for member in chance.members]
        pooled = self.work_out(" + ".join(terms))
        moved = chance.probability - pooled
        mapped = {} if abs(moved) < ROUNDING else {"calibration": moved}
        return self.estimate(name, "probability", meaning, " + ".join([*terms, *mapped]), error=chance.error, base=chance, **mapped)

    def _member(self, name: str, meaning: str, member: Member, decided: int) -> str:
        """Enter what one member of a pool says; its name is returned."""
        own = f"{name}.{member.name.replace(' ', '_')}"
        told = f"{meaning}: {MEMBER_WORDS.get(member.name, member.name)}"
        if member.name == PATHS:
            self._share(own, told, member.probability, decided)
        else:
            self.estimate(own, "probability", told, "said", said=member.probability)
        return own

    def _share(
        self, name: str, meaning: str, probability: float, decided: int, *, error: float | None = None, base: Chance | None = None
    ) -> float:
        return self.estimate(
            name,
            "probability",
            meaning,
            "reached / decided",
            error=error,
            base=base,
            reached=float(round(probability * decided)),
            decided=float(decided),
        )


class Entered(MutableMapping[str, Fact]):
    """The facts of a reading, of which none is found before it is asked for, and those that were entered beside them."""

    def __init__(self, reading: Mapping[str, Fact]) -> None:
        self._reading = reading
        self._own: dict[str, Fact] = {}

    def entered(self) -> Mapping[str, Fact]:
        """Those that were entered."""
        return self._own

    def found(self, name: str) -> Fact | None:
        """The fact of that name, None where there is none."""
        return self._own.get(name) or self._reading.get(name)

    def __getitem__(self, name: str) -> Fact:
        fact = self.found(name)
        if fact is None:
            raise KeyError(name)
        return fact

    def __setitem__(self, name: str, fact: Fact) -> None:
        self._own[name] = fact

    def __delitem__(self, name: str) -> None:
        del self._own[name]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.found(name) is not None

    def __iter__(self) -> Iterator[str]:
        yield from self._reading
        yield from (name for name in self._own if name not in self._reading)

    def __len__(self) -> int:
        return len(list(iter(self)))


class _Numbers(Mapping[str, Value]):
    def __init__(self, draft: Draft, inputs: Mapping[str, float]) -> None:
        self._draft, self._inputs = draft, inputs

    def __getitem__(self, name: str) -> Value:
        given = self._inputs.get(name)
        return self._draft.number(name) if given is None else given

    def __iter__(self) -> Iterator[str]:
        return iter(self._inputs)

    def __len__(self) -> int:
        return len(self._inputs)
