"""What the signs that are present today have been worth in the instrument's own past, in two or three sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung
from levelhead.desk.summary import joined
from levelhead.domain.evidence import Evidence, Side, Tried
from levelhead.domain.note import BesideData, Section
from levelhead.reading.occurrence import Occurrences

RECENT = 5
"""Bars for which a sign is present: the shorter horizon is not over yet."""
HORIZON, SOON = 12, 5
FATES = {"held": "that held", "broken": "that broke", "reclaimed": "that broke and were won back"}
MOST_NAMED = 3
_SIDES: Mapping[int, Side] = {1: "bullish", -1: "bearish", 0: ""}
# In which order signs are spoken of: as a note's reader asks for them. What happens every week comes last.
_ORDER = (
    "cross",
    "divergence",
    "pattern",
    "rsi",
    "macd",
    "channel",
    "line",
    "sma_200",
    "sma_50",
    "breakout",
    "range",
    "gap",
    "candle",
)
_EVERY_WEEK = frozenset({"candle.doji", "candle.spinning_top", "candle.short_line", "candle.long_line", "candle.high_wave"})


def evidence_section(
    draft: Draft, signs: Mapping[str, Occurrences], count: int, rungs: Sequence[Rung], evidence: Evidence, symbol: str
) -> Section | None:
    """What followed today's signs, and how levels like the nearest ones fared; None where nothing can be said of them.

    signs: by kind, as `reading.read.Reading.signs`, of `count` bars. evidence: of no later day.
    """
    present = list(_present(signs, count, evidence))
    told = next((each for each in present if each.is_told), None)
    sentences = [_told(draft, told, symbol)] if told is not None else []
    sentences += _nothing(draft, [each for each in present if each.sessions == HORIZON and not _is_told(each, evidence)], symbol)
    sentences += _levels(draft, rungs, evidence)
    if not sentences:
        return None
    return Section(name="evidence", title="What such signs have been worth", paragraphs=(" ".join(sentences),))


def evidence_data(evidence: Evidence | None) -> tuple[BesideData, ...]:
    """Where the evidence comes from, for the provenance, where a note could not gather all of it from its own bars alone."""
    if evidence is None or "level" not in evidence.tests:
        return ()
    return (
        BesideData(
            role="evidence",
            name=evidence.symbol,
            count=evidence.bars,
            first=evidence.first,
            last=evidence.last,
            digest=evidence.digest,
        ),
    )


def _present(signs: Mapping[str, Occurrences], count: int, evidence: Evidence) -> Iterator[Tried]:
    """What was tried of the signs that became known lately: most asked for first, then the latest, the longer horizon first."""
    latest = {
        (kind, _SIDES[direction]): known
        for kind, each in signs.items()
        for known, direction in zip(each.known[-RECENT:].tolist(), each.direction[-RECENT:].tolist(), strict=True)
        if known >= count - RECENT
    }
    tried = [each for each in evidence.of("event") if (each.kind, each.side) in latest and each.p is not None]
    yield from sorted(
        tried, key=lambda each: (_rank(each.kind), -latest[each.kind, each.side], each.kind, each.side, -each.sessions)
    )


def _rank(kind: str) -> int:
    group = kind.partition(".")[0]
    return len(_ORDER) + 1 if kind in _EVERY_WEEK else _ORDER.index(group) if group in _ORDER else len(_ORDER)


def _noun(kind: str) -> str:
    """What an event is one of: candles are each their own, crosses of RSI one."""
    return kind if kind.startswith(("candle.", "pattern.", "volume.")) else kind.partition(".")[0]


def _is_told(tried: Tried, evidence: Evidence) -> bool:
    """Whether it is told at either horizon."""
    return any(each.is_told for each in evidence.tried if (each.kind, each.side) == (tried.kind, tried.side))


def _told(draft: Draft, tried: Tried, symbol: str) -> str:
    name = _enter_event(draft, tried)
    move = tried.measure("move")
    draft.derive(f"{name}.move", "ATR", f"mean move after {tried.called}", "move", move=move.value)
    draft.derive(f"{name}.move_placebo", "ATR", "mean move after random days of like volatility", "move", move=move.placebo)
    draft.derive(
        f"{name}.placebo", "probability", "share up after random days of like volatility", "up", up=tried.measure("up").placebo
    )
    draft.derive(
        f"{name}.p", "probability", "chance of that among random days, corrected for all kinds", "p", p=tried.corrected or 0.0
    )
    return (
        f"{_capital(tried.called)} has stood out: over the next {{{name}.sessions}} sessions {symbol} was up in {{{name}.up}} of "
        f"{{{name}.cases}} cases and moved {{{name}.move|signed}} on average, against {{{name}.placebo}} and "
        f"{{{name}.move_placebo|signed}} after random days of like volatility; with every kind counted that was tried, chance does "
        f"as much with a probability of {{{name}.p}}."
    )


def _nothing(draft: Draft, tried: Sequence[Tried], symbol: str) -> list[str]:
    """The first of them with its figures, and others that told no more."""
    if not tried:
        return []
    by_noun: dict[str, Tried] = {}
    for each in tried:
        by_noun.setdefault(_noun(each.kind), each)  # of a cross and its undoing in one week the latest
    lead, *others = list(by_noun.values())[: 1 + MOST_NAMED]
    name = _enter_event(draft, lead)
    said = (
        f"{_capital(lead.called)} has told nothing about the next {{{name}.sessions}} sessions of {symbol}: up in {{{name}.up}} of "
        f"{{{name}.cases}} cases, base rate {{{name}.base}}."
    )
    return [said, *([f"No more can be said of {_either([each.called for each in others])}."] if others else [])]


def _enter_event(draft: Draft, tried: Tried) -> str:
    """Enter sessions, cases, share up and base rate; the name they begin with is returned."""
    name = ".".join(part for part in ("evidence", tried.kind, tried.side) if part)
    up, cases = tried.measure("up"), float(tried.cases)
    draft.derive(f"{name}.sessions", "sessions", "after which the close is looked at", "sessions", sessions=float(tried.sessions))
    draft.derive(f"{name}.cases", "count", f"cases of {tried.called} whose windows do not overlap", "cases", cases=cases)
    rose = float(round(up.value * cases))
    draft.derive(f"{name}.up", "probability", f"share of closes up after {tried.called}", f"rose / {name}.cases", rose=rose)
    days = float(tried.days)
    risen = float(round((up.base or 0.0) * days))
    draft.derive(f"{name}.base", "probability", "share of closes up after every day", "risen / days", risen=risen, days=days)
    return name


def _levels(draft: Draft, rungs: Sequence[Rung], evidence: Evidence) -> list[str]:
    """How levels of the kinds nearest to the price on either side fared, against random ones."""
    nearest = {rung.name: rung for rung in rungs if rung.name in ("r1", "s1")}
    kinds = dict.fromkeys(_kind(rung) for rung in nearest.values())
    found = [known for kind in kinds if (known := _known(evidence, kind))]
    if not found:
        return []
    said = "; ".join(_level(draft, known, is_first=known is found[0]) for known in found)
    stands_out = [
        f"{each.called} within {{{_enter_span(draft, each)}}} sessions" for known in found for each in known if each.is_told
    ]
    verdict = f"Only what became of {joined(stands_out)} is more than chance." if stands_out else "Such differences chance makes."
    return [f"{_capital(said)}.", verdict]


def _known(evidence: Evidence, kind: str) -> list[Tried]:
    """What became of touched levels of a kind, the longer horizon first; [] where that is not known."""
    found = [evidence.find(kind, "", sessions) for sessions in (HORIZON, SOON)]
    known = [each for each in found if each is not None and each.p is not None]
    return known if known and known[0].sessions == HORIZON else []


def _level(draft: Draft, known: Sequence[Tried], *, is_first: bool) -> str:
    """'swings held, broke or were won back in 51/37/12% of 90 touches within 12 sessions, random levels ... in 54/35/11%'."""
    lead = known[0]
    own, chance = _enter_level(draft, lead)
    cases = f"{{evidence.{lead.kind}.cases}}"
    if is_first:
        within = f"within {{{_enter_span(draft, lead)}}} sessions"
        said = (
            f"{lead.called} held, broke or were won back in {own} of {cases} touches {within}, "
            f"random levels at the same distance in {chance}"
        )
    else:
        said = f"{lead.called} in {own} of {cases}, random ones in {chance}"
    for each in known[1:]:
        own, chance = _enter_level(draft, each)
        said += f", and within {{{_enter_span(draft, each)}}} in {own} against {chance}"
    return said


def _enter_span(draft: Draft, tried: Tried) -> str:
    name = f"evidence.levels.{'sessions' if tried.sessions == HORIZON else 'soon'}"
    draft.derive(name, "sessions", "for which a touched level is watched", "sessions", sessions=float(tried.sessions))
    return name


def _enter_level(draft: Draft, tried: Tried) -> tuple[str, str]:
    """Enter cases and shares of a horizon; '51/37/12%' of it and of random levels, as references."""
    name = f"evidence.{tried.kind}" if tried.sessions == HORIZON else f"evidence.{tried.kind}.soon"
    draft.derive(f"{name}.cases", "count", f"touches of {tried.called}", "cases", cases=float(tried.cases))
    own, chance = [], []
    for measure, meaning in FATES.items():
        found = tried.measure(measure)
        came = float(round(found.value * tried.cases))
        draft.derive(
            f"{name}.{measure}", "probability", f"share of touches of {tried.called} {meaning}", f"came / {name}.cases", came=came
        )
        placebo = f"{name}.placebo" if measure == "held" else f"{name}.placebo_{measure}"
        draft.derive(
            placebo,
            "probability",
            f"the same of random levels at the same distance, {meaning}",
            measure,
            **{measure: found.placebo},
        )
        own.append(f"{name}.{measure}")
        chance.append(placebo)
    return _shares(own), _shares(chance)


def _shares(names: Sequence[str]) -> str:
    return "/".join([f"{{{name}|plain}}" for name in names[:-1]] + [f"{{{names[-1]}}}"])


def _either(parts: Sequence[str]) -> str:
    """'a', 'a or b', 'a, b or c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def _kind(rung: Rung) -> str:
    """The kind of the level that counts most in a zone."""
    zone = rung.zone
    weights = zone.weights or (1.0,) * len(zone.levels)
    heaviest = max(range(len(zone.levels)), key=lambda i: (weights[i], -i))
    return str(zone.levels[heaviest].kind)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
