"""The fixed sentences and cells of a note, as text with references: what Markdown and the terminal say in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from levelhead.render import bar_words
from levelhead.render.numbers import MINUS, quoting_in, scale_words
from levelhead.render.words import known, literal, plain
from levelhead.wire.document import Document

NOTHING = "–"
_ROUND = re.compile(r"(?<=\bround number )\d{1,3}(?:,\d{3})*(?:\.\d+)?")
SCENARIO = {"up": "Higher", "range": "Range", "down": "Lower"}
ROLLS_SHOWN = 4


def contract(document: Document) -> str:
    """'E-mini Russell 2000 (RTYU5)'."""
    instrument = document["instrument"]
    symbol = document["contract"] or instrument["symbol"]
    return literal(instrument["name"] if instrument["name"] == symbol else f"{instrument['name']} ({symbol})")


def session(document: Document) -> str:
    """'Monday 8 September 2025, daily bars'."""
    return "{/as_of|full}, " + literal(bar_words.bars(document))


def last_price(document: Document) -> str:
    """'1,457.7, −12.3 points (−0.8%)': the change is left out where nothing stands before the bar, its share where it is none."""
    change = "{change} points" + (" ({change_pct|signed})" if known("change_pct", document) else "")
    return f"{{last}}, {change}" if known("change", document) else "{last}"


def taken(document: Document) -> str:
    """When the last price was taken."""
    provisional = document["provenance"]["provisional"]
    if provisional is None:
        return "as of the close of {/as_of|day}"
    at = f"at {literal(provisional['at'])}, " if provisional["at"] else ""
    stretched = "" if provisional["range_as_given"] else "; the bar's range may be later than the note"
    open_bar = "session" if bar_words.ahead(document) == "sessions" else bar_words.noun(document)
    return f"taken {at}{open_bar} of {{/as_of|day}} not closed{stretched}"


def standing(document: Document) -> str:
    """'live' or 'replayed'."""
    return "live" if document["standing"] == "live" else "replayed"


def byline(document: Document) -> str:
    """'levelhead, by A. Trader'."""
    house = document["house"]
    return literal(", by ".join(part for part in (house["desk"], house["author"]) if part))


def rolls(document: Document) -> str:
    """The latest rolls of a continuous future, newest first: 'RTYU5 to RTYZ5 on 2025-09-17, gap +17.9 (factor 1.00744)'."""
    made, points = document["provenance"]["rolls"], quoting_in(document).price
    said = [
        f"{roll['from_contract']} to {roll['to_contract']} on {roll['date']}, gap {points(roll['gap'], signed=True)} "
        f"(factor {roll['factor']:.5f}{', estimated' if roll['estimated'] else ''}; {roll['method']})"
        for roll in made[: -ROLLS_SHOWN - 1 : -1]
    ]
    earlier = len(made) - len(said)
    return "; ".join(said) + (f"; and {earlier} before, in the note's JSON" if earlier else "")


def zone(level: Mapping[str, Any], document: Document) -> str:
    """'2,003.0–2,013.0', or the one price where both ends print the same."""
    return price_range(f"{{level.{level['name']}.low}}", f"{{level.{level['name']}.high}}", document)


def price_range(low: str, high: str, document: Document) -> str:
    """Two prices with an en dash, or one where both print the same; 'to' where one is negative."""
    first, last = plain(low, document), plain(high, document)
    if first == last:
        return low
    return f"{low} to {high}" if MINUS in first + last else f"{low}–{high}"


def span(low: str, high: str, document: Document) -> str:
    """'+0.02 R to +0.31 R', or the one value where both ends print the same."""
    return low if _alike(low, high, document) else f"{low} to {high}"


def _alike(low: str, high: str, document: Document) -> bool:
    return plain(low, document) == plain(high, document)


def what_stands(level: Mapping[str, Any], document: Document) -> str:
    """What stands at a level, plain words; a round number in the house's separators."""
    house = document["house"]

    def in_house_style(found: re.Match[str]) -> str:
        return scale_words([float(found[0].replace(",", ""))], house=house, quoting=quoting_in(document))[0]

    return _ROUND.sub(in_house_style, level["label"])


def history(level: Mapping[str, Any]) -> str:
    """What became of the level, text with references, as it follows what stands there; '' where nothing is known."""
    return f"; {level['history']}" if level.get("history") else ""


def scenario_base(name: str, document: Document) -> str:
    """The base rate of one scenario, or a dash where the past is too short to have one."""
    return f"{{scenario.{name}.base}}" if known(f"scenario.{name}.base", document) else NOTHING


def scenario_basis(document: Document) -> str:
    """Horizon, unrounded probabilities, their error, and what the base rates rest on, in plain sentences."""
    table = document["scenarios"]
    names = [scenario["name"] for scenario in table["scenarios"]]
    ends = " and ends on {/scenarios/ends_on}" if table["ends_on"] else ""
    exact = listed(f"{{scenario.{name}.probability|1}}" for name in names)
    worst = max(range(len(names)), key=lambda i: table["scenarios"][i]["chance"]["error"])
    text = (
        f"The horizon is {{scenario.sessions}} {bar_words.ahead(document)}{ends}. "
        f"Before rounding the table reads {exact}, with a simulation error of at most "
        f"{{scenario.{names[worst]}.probability@error}} each."
    )
    rates = basis(f"scenario.{names[0]}.probability", document, "The base rates come from")
    return f"{text} {rates}".rstrip() + undecided(document)


def basis(name: str, document: Document, verb: str) -> str:
    """'<verb> 1,900 earlier start days of RTY, worth 158 windows that do not overlap.' or nothing."""
    estimate = document["estimates"][name]
    if not estimate["base_count"]:
        return ""
    worth = f", worth {{{name}@windows}} windows that do not overlap" if estimate["windows"] else ""
    return f"{verb} {{{name}@base_count}} {bar_words.starts(document)} of {literal(document['instrument']['symbol'])}{worth}."


def undecided(document: Document) -> str:
    """The share of paths that the scenario table leaves out, where there is one."""
    if not document["scenarios"]["undecided"]:
        return ""
    return " On {/scenarios/undecided|1} of the paths one bar reached both prices; these are left out."


def outlook_key(row: Mapping[str, Any]) -> str:
    """'short' of 'short term'."""
    return f"outlook.{row['name'].split()[0]}"


def outlook_bases(document: Document) -> str:
    """The base rates of the outlook in one sentence, or nothing where none is known."""
    said = []
    for row in document["outlook"]:
        key = outlook_key(row)
        if all(document["estimates"][f"{key}.{part}"]["base_rate"] is not None for part in ("up", "flat", "down")):
            three = " / ".join(f"{{{key}.{part}@base_rate}}" for part in ("up", "flat", "down"))
            said.append(f"{three} ({row['name']})")
    return f"Base rates, in the same order: {listed(said)}." if said else ""


def order(plan: Mapping[str, Any]) -> str:
    """'Buy limit', 'Sell stop'."""
    return f"{'Buy' if plan['side'] == 'long' else 'Sell'} {plan['order']}"


def targets(plan: Mapping[str, Any], document: Document) -> list[str]:
    """The names of the plan's targets that the note has numbers for, nearest first."""
    names = (f"setup.{plan['name']}.target_{i + 1}" for i in range(len(plan["targets"])))
    return [name for name in names if known(name, document)]


def plan_line(plan: Mapping[str, Any], document: Document) -> str:
    """A plan in one line: order, entry, stop, targets, chances, expectation."""
    key = f"setup.{plan['name']}"
    names = targets(plan, document)
    aims = listed(f"{{{name}}} ({{{name}_r}}, {{{name}_chance}} before the stop)" for name in names)
    return (
        f"{order(plan)} {{{key}.entry}}, stop {{{key}.stop}}, {'target' if len(names) == 1 else 'targets'} {aims}; "
        f"{{{key}.fill}} to fill, expected {expected(plan, document)}, {terms(plan, document)}."
    )


def best_tried(document: Document) -> str:
    """The best of the plans that did not pay, for the record."""
    table = document["setups"]
    best = table["best"]
    of = "The best of the {/setups/tried} plans tried" if table["tried"] > 1 else "The plan tried"
    title = f"{best['title'][:1].lower()}{best['title'][1:]}"
    return f"{of}, for the record: {title}. {plan_line(best, document)} {best['sizing_words']}".rstrip()


def expected(plan: Mapping[str, Any], document: Document) -> str:
    """What a filled trade is expected to return, in R."""
    key = f"setup.{plan['name']}"
    return span(f"{{{key}.expected_low}}", f"{{{key}.expected_high}}", document)


def past(plan: Mapping[str, Any], document: Document) -> str:
    """What the instrument's own past returned at the same distances, in R; nothing where it is too short."""
    key = f"setup.{plan['name']}"
    is_known = plan["base_low"] is not None and known(f"{key}.base_low", document)
    return span(f"{{{key}.base_low}}", f"{{{key}.base_high}}", document) if is_known else ""


def terms(plan: Mapping[str, Any], document: Document) -> str:
    """How the expected R is meant: 'after costs, all out at the first target'. Without a known contract no cost is counted."""
    costs = "after costs" if plan["sizing"] else "before costs"
    return f"{costs}, all out at the {'target' if len(targets(plan, document)) == 1 else 'first target'}"


def plan_worth(plan: Mapping[str, Any], pointer: str, document: Document) -> str:
    """What the plan is expected to return, with its error, and what the past says. pointer: where the plan stands."""
    text = f"Expected {expected(plan, document)} a trade {terms(plan, document)} ({_error(pointer)})"
    text += f"; {_ends(plan, pointer, document)}." if _ends(plan, pointer, document) else "."
    returned = past(plan, document)
    if not returned:
        return text
    return f"{text} At the same distances the instrument's own past returned {returned} over {_cases(plan, pointer)}."


def plan_basis(plan: Mapping[str, Any], pointer: str, document: Document) -> str:
    """What the plan's expected R rests on, where the R itself stands beside it."""
    parts = [_error(pointer), _ends(plan, pointer, document)]
    parts.append(f"the past at the same distances holds {_cases(plan, pointer)}" if past(plan, document) else "")
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}."


def _error(pointer: str) -> str:
    return f"simulation error {{{pointer}/expected_error|abs}}"


def _ends(plan: Mapping[str, Any], pointer: str, document: Document) -> str:
    """Why an expected R has two ends; nothing where they print the same."""
    key = f"setup.{plan['name']}"
    if _alike(f"{{{key}.expected_low}}", f"{{{key}.expected_high}}", document):
        return ""
    return f"the two ends differ because {bar_words.bars(document)} do not show how {{{pointer}/undecided}} of the filled paths end"


def _cases(plan: Mapping[str, Any], pointer: str) -> str:
    worth = f", worth {{{pointer}/base_windows}} windows that do not overlap" if plan["base_windows"] else ""
    return f"{{{pointer}/base_count}} filled cases{worth}"


def unsaid_risks(plan: Mapping[str, Any], document: Document) -> list[tuple[str, str]]:
    """The risks of one contract that the plan's own words on size do not name: (name of the number, symbol)."""
    risks = ((f"setup.{plan['name']}.risk_{size['symbol']}", size["symbol"]) for size in plan["sizing"])
    return [(name, symbol) for name, symbol in risks if known(name, document) and f"{{{name}" not in plan["sizing_words"]]


def plan_size(plan: Mapping[str, Any], document: Document) -> str:
    """What one contract risks, and the answer for the account; what the second says the first leaves out."""
    unsaid = [f"{{{name}}} in {literal(symbol)}" for name, symbol in unsaid_risks(plan, document)]
    risk = f"One contract risks {listed(unsaid)}, costs included." if unsaid else ""
    return f"{risk} {plan['sizing_words']}".strip()


def listed(parts: Iterable[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    *head, last = list(parts) or [""]
    return f"{', '.join(head)} and {last}" if head else last
