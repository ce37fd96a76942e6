"""The note as Markdown, from glance to proof.

The whole page is first written as one text with references, then resolved: no number reaches the reader on another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from levelhead.domain.note import HYPOTHETICAL
from levelhead.render import bar_words, known_prices
from levelhead.render import sentences as say
from levelhead.render.changes import Changed
from levelhead.render.words import literal, pieces, spans
from levelhead.wire.document import Document

_SPECIAL = re.compile(
    r"[\\`*\[\]<|$]"  # code, emphasis, links, HTML, cells, formulas
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is no emphasis
    r"|~(?=~)|(?<=~)~|&(?=#|\w+;)"
)
_LINE_START = re.compile(r"^( ?)(?=[-+=#>~])|^( ?\d+)(?=[.)])")
PROVENANCE = "## Provenance"
NOT_YET_KNOWN = "## Not yet known"


def to_markdown(document: Document, *, picture: str | None = "chart.png", changed: Changed | None = None) -> str:
    """The note as one Markdown text, ending in a newline; `picture` is the chart's file beside it, None where there is none.

    changed: what changed since an earlier note, in a section of its own.

    Raises BadNote where a reference cannot be printed.
    """
    found = spans(template(document, picture=picture, changed=changed), document)
    return "".join(span.text if span.ref is None else _value(span.text) for span in found)


def template(document: Document, *, picture: str | None = "chart.png", changed: Changed | None = None) -> str:
    """The page as Markdown with its references still in place."""
    blocks = [*masthead(document), *summary(document), *chart(document, picture)]
    for part in (levels, averages, pivots, scenarios, setups, outlook):
        blocks += part(document)
    blocks += [] if changed is None else since(changed)
    for part in (sections, not_yet_known, provenance, disclaimer):
        blocks += part(document)
    return "\n\n".join(blocks) + "\n"


def since(changed: Changed) -> list[str]:
    """What changed since an earlier note."""
    return [f"## {changed.title}", "\n".join(f"- {literal(escape(sentence))}" for sentence in changed.sentences)]


def escape(text: str) -> str:
    """A run of plain words on one line, with nothing left inside it that Markdown or HTML would act on."""
    return _SPECIAL.sub(r"\\\g<0>", re.sub(r"[\s\0]+", " ", text))


def prose(text: str) -> str:
    """Text with references as a Markdown paragraph or cell: plain words escaped, references left in place."""
    parts = [literal(escape(piece)) if isinstance(piece, str) else str(piece) for piece in pieces(text)]
    if parts and not parts[0].startswith("{"):
        parts[0] = _LINE_START.sub(r"\1\2\\", parts[0])
    elif len(parts) > 1 and parts[1][0] in ".)":  # '{count}. ' would begin a numbered list
        parts[1] = "\\" + parts[1]
    return "".join(parts).strip()


def masthead(document: Document) -> list[str]:
    """Title, instrument, last price, verdict, morning block."""
    lines = [
        f"**{prose(say.contract(document))}** · {prose(say.session(document))} · {say.standing(document)}",
        f"Last **{say.last_price(document)}**, {prose(say.taken(document))}",
    ]
    by = prose(say.byline(document))
    blocks = [f"# {prose(document['title'])}", "  \n".join([*lines, by] if by else lines), f"**{prose(document['headline'])}**"]
    morning = " ".join(prose(sentence) for sentence in document["morning"])
    return blocks + ([f"*Before the open.* {morning}"] if morning else [])


def summary(document: Document) -> list[str]:
    """The summary box."""
    lines = [f"> **{prose(line['label'])}:** {prose(line['text'])}" for line in document["summary"]]
    return ["  \n".join(lines)] if lines else []


def chart(document: Document, picture: str | None) -> list[str]:
    """The picture's link, where there is a picture."""
    chart = f"{bar_words.adjective(document).capitalize()} chart"
    alt = f"{chart} of {_word(document['instrument']['symbol'])} with averages, key levels and RSI"
    return [f"![{alt}]({picture})"] if picture else []


def levels(document: Document) -> list[str]:
    """Resistance and support, highest price first."""
    blocks = []
    for side, title in (("resistance", "Resistance"), ("support", "Support")):
        rows = [_level_row(level, document) for level in document["levels"] if level["side"] == side]
        if rows:
            blocks += [f"### {title}", _table(("Zone", "Role", "Points", "ATR", "Touches", "What stands there"), "llrrrl", rows)]
    return ["## Key levels", *blocks] if blocks else []


def averages(document: Document) -> list[str]:
    """The moving averages and how far they stand from the last price."""
    rows = [known_prices.cells(row) for row in known_prices.averages(document)]
    head = ("Average", "Value", "Price is", "Slope", "Points", "Per cent", "ATR")
    return ["## Averages", _table(head, "lrllrrr", rows)] if rows else []


def pivots(document: Document) -> list[str]:
    """The period's pivots, a row for each period they are for."""
    sets = known_prices.pivots(document)
    if not sets:
        return []
    names = [name for name, _ in sets[0].pivots]
    rows = [(f"{found.use[:1].upper()}{found.use[1:]}", *(price for _, price in found.pivots)) for found in sets]
    basis = "; ".join(f"for {found.use} from the {found.made_of} of {found.source}" for found in sets if found.made_of)
    blocks = [f"## {known_prices.pivots_title(document)}", _table(("For", *names), "l" + "r" * len(names), rows)]
    return [*blocks, f"Traditional pivots, {basis}." if basis else "Traditional pivots."]


def scenarios(document: Document) -> list[str]:
    """The scenario table, what would decide it, and what it rests on."""
    table = document["scenarios"]
    if table is None:
        return []
    rows = [_scenario_row(scenario, document) for scenario in table["scenarios"]]
    comments = [f"- **{say.SCENARIO[s['name']]}.** {prose(s['comment'])}" for s in table["scenarios"] if s["comment"]]
    return [
        "## Scenarios",
        _table(("Scenario", "Probability", "Base rate", "Trigger", "Target"), "lrrll", rows),
        *_hypothetical(document),
        *(["\n".join(comments)] if comments else []),
        f"**What would decide it.** {prose(table['decides'])}",
        f"**How it is settled.** {prose(table['rule'])} {prose(say.scenario_basis(document))}",
    ]


def setups(document: Document) -> list[str]:
    """The plans as small tables, or why there is none."""
    table = document["setups"]
    if table is None:
        return []
    blocks = ["## Setups"]
    for i, plan in enumerate(table["plans"]):
        blocks += _plan(plan, f"/setups/plans/{i}", document)
    if not table["plans"]:
        blocks.append(prose(table["none_because"]))
    if table["best"] is not None:
        blocks.append(prose(say.best_tried(document)))
    if table["plans"] or table["best"] is not None:
        blocks += _hypothetical(document)
    return blocks


def outlook(document: Document) -> list[str]:
    """The bias by horizon, with the reason and the price that would change it."""
    if not document["outlook"]:
        return []
    rows = []
    for row in document["outlook"]:
        key = say.outlook_key(row)
        three = " / ".join(f"{{{key}.{part}}}" for part in ("up", "flat", "down"))
        horizon = f"{row['name'].capitalize()}, {{{key}.sessions}} {bar_words.ahead(document)}"
        rows.append((horizon, row["bias"].capitalize(), three, prose(row["reason"]), prose(row["change"])))
    meaning = "Flat is a close within a quarter of the horizon's standard deviation of the last price."
    return [
        "## Outlook",
        _table(("Horizon", "Bias", "Up / flat / down", "Why", "What would change it"), "llrll", rows),
        *_hypothetical(document),
        f"{meaning} {say.outlook_bases(document)}".rstrip(),
    ]


def sections(document: Document) -> list[str]:
    """The note's own sections, in its own order."""
    blocks = []
    for section in document["sections"]:
        blocks += [f"## {prose(section['title'])}", *(prose(paragraph) for paragraph in section["paragraphs"])]
    return blocks


def not_yet_known(document: Document) -> list[str]:
    """What the history was too short for."""
    sentences = [f"- {prose(literal(text))}" for text in document["provenance"]["not_yet_known"]]
    return [NOT_YET_KNOWN, "\n".join(sentences)] if sentences else []


def provenance(document: Document) -> list[str]:
    """What the note was made from."""
    made = document["provenance"]
    lines = [_source(document["instrument"]["symbol"], made, "/provenance", f", {made['frame']}")]
    lines += [_source(peer["symbol"], peer, f"/provenance/peers/{i}", "") for i, peer in enumerate(made["peers"])]
    lines += [f"Rolls: {_word(say.rolls(document))}."] if made.get("rolls") else []
    if made["model"]:
        lines.append(f"Forecast: {_word(made['model'])}" + (f" Seed {_word(made['seed'])}." if made["seed"] else ""))
    lines.append(f"Written by levelhead {_word(made['version'])}, settings {_short(made['settings'])}.")
    claims = "; ".join(f"*{_word(claim['name'])}* {_word(claim['claim'])}" for claim in document["claims"])
    lines += [f"Claims, as they will be settled: {claims}."] if claims else []
    lines += [f"{finding['severity'].capitalize()}: {_word(finding['text'])}" for finding in made["findings"]]
    lines += [f"Left out: {_word(finding['text'])}" for finding in made["left_out"]]
    return [PROVENANCE, "\n".join(f"- {line}" for line in lines)]


def disclaimer(document: Document) -> list[str]:
    """The house's disclaimer."""
    text = prose(literal(document["house"]["disclaimer"]))
    return ["---", f"*{text}*"] if text else []


def _level_row(level: dict[str, Any], document: Document) -> Sequence[str]:
    key = f"level.{level['name']}"
    return (
        say.zone(level, document),
        level["role"],
        f"{{{key}.points}}",
        f"{{{key}.atr|signed|plain}}",
        f"{{{key}.touches}}",
        f"{_word(say.what_stands(level, document))}{say.history(level)}",
    )


def _scenario_row(scenario: dict[str, Any], document: Document) -> Sequence[str]:
    key = f"scenario.{scenario['name']}"
    return (
        prose(scenario["title"]),
        f"{{{key}.said}}",
        say.scenario_base(scenario["name"], document),
        prose(scenario["trigger"]),
        say.price_range(f"{{{key}.target_low}}", f"{{{key}.target_high}}", document),
    )


def _plan(plan: dict[str, Any], pointer: str, document: Document) -> list[str]:
    key, ahead = f"setup.{plan['name']}", bar_words.ahead(document)
    rows = [
        (say.order(plan), f"{{{key}.entry}}", say.NOTHING, f"{{{key}.fill}} to fill within {{{pointer}/fill_within}} {ahead}"),
        ("Stop", f"{{{key}.stop}}", f"{{{key}.stop_atr}}", say.NOTHING),
    ]
    for i, name in enumerate(say.targets(plan, document)):
        label = "Target" if len(plan["targets"]) == 1 else f"{('First', 'Second', 'Third')[min(i, 2)]} target"
        rows.append((label, f"{{{name}}}", f"{{{name}_r}}", f"{{{name}_chance}} before the stop"))
    out = f"What is open after {{{pointer}/exit_within}} {ahead} is closed at the close."
    size = say.plan_size(plan, document)
    return [
        f"### {prose(plan['title'])}",
        _table(("", "Price", "Distance", "Chance"), "lrrl", rows),
        f"{prose(say.plan_worth(plan, pointer, document))} {prose(plan['reason'])} {out}",
        *([prose(size)] if size else []),
    ]


def _hypothetical(document: Document) -> list[str]:
    return [f"*{HYPOTHETICAL}*"] if document["standing"] == "replayed" else []


def _source(symbol: str, data: dict[str, Any], pointer: str, frame: str) -> str:
    bars = f"{{{pointer}/bars}} bars from {{{pointer}/first}} to {{{pointer}/last}}"
    return f"Bars of {_word(symbol)}: {_word(data['feed'])}{frame}, {bars}, {_short(data['digest'])}."


def _short(digest: str) -> str:
    """The first characters of a hash: enough to tell two apart."""
    kind, _, digits = digest.partition(":")
    return _word(f"{kind} {digits[:12]}".strip())


def _value(text: str) -> str:
    """A printed value: of what Markdown acts on only words can hold any, and a dollar sign before a number is plain."""
    return text if text[-1:].isdigit() else escape(text)


def _word(text: str) -> str:
    return literal(escape(text)).strip()


def _table(heads: Sequence[str], align: str, rows: Iterable[Sequence[str]]) -> str:
    rules = ["---:" if side == "r" else "---" for side in align]
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, rules, *rows))
