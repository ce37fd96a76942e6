"""Pivots against the bars: which kind and period has the printed values, and whether the note says which it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from levelhead.review.evidence import Evidence, printed
from levelhead.review.pivot_sets import PERIOD_WORDS, PERIODS, PivotsOf, best_fit, fits_in, said_kind, sets_of
from levelhead.review.said import Money
from levelhead.review.text import Span
from levelhead.review.verdict import Judgement, Verdict

BESIDE = 2  # values that a second set must have before it is taken for one that the note prints too
_PIVOT = re.compile(r"\bpivots?\b|\bP{1,2}\b|\b[RS][1-5]\b", re.I)
_NAME = re.compile(r"\b[RS][1-5]\b")
_OF_A_PERIOD = re.compile(rf"{PERIOD_WORDS.pattern}(?:['’]s)? pivot (?P<name>[RS][1-5]|P)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A printed pivot: 's2' at 2,003. period: 'yearly' where its own label says so ('yearly pivot S2'), else ''."""

    name: str
    value: Money
    span: Span
    period: str = ""


def pivot_verdicts(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for every printed pivot, and one where the note does not say which pivots it uses."""
    said = _printed_pivots(evidence)
    if not said:
        return
    sets = _sets_meant(evidence, [pivot for pivot in said if not pivot.period] or said)
    for pivot in said:
        own = _sets_of_its_own(evidence, pivot, sets)
        fitting = next((s for s in own if fits_in(evidence, s, pivot.name, pivot.value)), None)
        yield _verdict(evidence, pivot, fitting or next(iter(own), None))
    kind, period = said_kind(evidence.note.text.plain)
    if not kind or not period:
        yield _unsaid(said, sets, kind, period)


def _sets_of_its_own(evidence: Evidence, pivot: _Said, sets: Sequence[PivotsOf]) -> Sequence[PivotsOf]:
    """The sets a pivot is held to: those the note means, or, where its label says of which period it is, that period's."""
    if not pivot.period or any(found.period == pivot.period for found in sets):
        return sets
    kind = said_kind(evidence.note.text.plain)[0] or "traditional"
    return [found for found in sets_of(evidence) if found.kind == kind and found.period == pivot.period]


def pivot_price(evidence: Evidence, name: str) -> float | None:
    """The pivot 's2' of the set that the note means; None where none fits."""
    found = _sets_meant(evidence, _printed_pivots(evidence))
    return found[0].values.get(name) if found else None


def _sets_meant(evidence: Evidence, said: Sequence[_Said]) -> tuple[PivotsOf, ...]:
    """The set that has at least half of the printed pivots, of the kind and period that the note names where one of those does.

    With it a second one of that kind that has two or more of the rest, as where next month's stand beside this month's.
    Where none has and the note names a kind or a period, the first of those: then its values are wrong. Empty where neither helps.
    """
    sets = sets_of(evidence)
    kind, period = said_kind(evidence.note.text.plain)
    named = [s for s in sets if (not kind or s.kind == kind) and (not period or s.period == period)]
    for candidates in (named, sets):
        found, fits = best_fit(evidence, candidates, said)
        if found is not None and 2 * fits >= len(said):
            rest = [pivot for pivot in said if not fits_in(evidence, found, pivot.name, pivot.value)]
            other, more = best_fit(evidence, [s for s in candidates if s.kind == found.kind and s is not found], rest)
            return (found, other) if other is not None and more >= BESIDE else (found,)
    return tuple(named[:1]) if kind or period else ()


def _printed_pivots(evidence: Evidence) -> tuple[_Said, ...]:
    """Each name and value once, from indicators and levels; a label that says 'pivot S2' names it better than 'pivot' does."""
    kept: dict[tuple[str, Money], _Said] = {}
    named = [(i.name.removeprefix("pivot."), i.value, i.span, "") for i in evidence.note.indicators if i.name.startswith("pivot.")]
    for level in evidence.note.levels:
        if level.kind == "pivot" and level.name and _PIVOT.search(f"{level.label} {evidence.excerpt(level.span)}"):
            found = _NAME.search(level.label) if level.name in ("p", "pivot.p") else None
            name = level.name.removeprefix("pivot.") if found is None else found.group().lower()
            named.append((name, level.price, level.span, _period_said(level.label, name)))
    for name, value, span, period in named:
        plain = replace(value, approximate=False, open_ended="")
        if _NAME.fullmatch(name.upper()) or name == "p":
            kept.setdefault((name, plain), _Said(name=name, value=plain, span=span, period=period))
    return tuple(sorted(kept.values(), key=lambda pivot: pivot.span))


def _period_said(label: str, name: str) -> str:
    """'yearly' of s1 where the label has 'yearly pivot S1'."""
    of_it = (found["period"] for found in _OF_A_PERIOD.finditer(label) if found["name"].lower() == name)
    return PERIODS.get(next(of_it, "")[:1].lower(), "")


def _verdict(evidence: Evidence, pivot: _Said, found: PivotsOf | None) -> Verdict:
    label = pivot.name.upper()
    judgement: Judgement = "wrong"
    if found is None:
        judgement = "cannot be checked"
        says = (
            f"No pivots of the day, week, month or year before {evidence.day} have the printed values on these bars, and the note "
            "does not say of which period or hours its own are."
        )
    elif (value := found.values.get(pivot.name)) is None:
        says = f"The {found.called} pivots that fit the note's other values have no {label}."
    else:
        says = f"The {found.called} {label} of {found.source} is {evidence.price(value)}"
        if fits_in(evidence, found, pivot.name, pivot.value):
            judgement, says = "right", f"{says}."
        else:
            other = next((n for n in found.values if fits_in(evidence, found, n, pivot.value)), None)
            instead = f"; {printed(pivot.value)} is its {other.upper()}" if other else ""
            says = f"{says}, not {printed(pivot.value)}{instead}."
    return Verdict(statement=f"{label} {printed(pivot.value)}", verdict=judgement, bars_say=says, span=pivot.span, rule="pivot")


def _unsaid(said: Sequence[_Said], sets: Sequence[PivotsOf], kind: str, period: str) -> Verdict:
    lacking = " and ".join(word for word, is_said in (("kind", kind), ("period", period)) if not is_said)
    which = f"the values fit the {sets[0].called} pivots of {sets[0].source}" if sets else "no usual ones fit"
    names = ", ".join(dict.fromkeys(pivot.name.upper() for pivot in said))
    return Verdict(
        statement=f"pivots {names}",
        verdict="cannot be checked",
        bars_say=f"The {lacking} of the pivots {'are' if ' and ' in lacking else 'is'} not said; {which}.",
        span=said[0].span,
        rule="pivot not said",
    )
