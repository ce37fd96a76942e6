"""The verdict of a walk-forward: every kind of statement and the closes themselves, scored against what anyone could have said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import NotYetKnown
from levelhead.evaluate.bar_count import BarCount
from levelhead.evaluate.baselines import NAMES, baselines
from levelhead.evaluate.chances import MAIN, SHORT, TITLES, WHOM, of_kind
from levelhead.evaluate.closes import of_horizon
from levelhead.evaluate.distribution import Distribution
from levelhead.evaluate.numbers import share
from levelhead.evaluate.slices import BY, distribution_slices, record_slices
from levelhead.ledger.record import Record
from levelhead.wire.document import Document

FORM = "levelhead evaluation 1"


def verdict(
    record: Record,
    told: Distribution,
    bars: Mapping[str, Bars],
    *,
    run: Document,
    names: tuple[str, ...] = NAMES,
    placebo: Sequence[Document] = (),
) -> Document:
    """The whole evaluation as plain JSON values; docs/evaluate.md says what each means.

    record, told: what the walk gave, rows in any order. bars: by symbol, all there are. run: what was walked and how, kept as it
    is. names: baselines asked for. placebo: worlds as `placebo.world_verdict` judges them. The same rows give the same document,
    however they were cut in pieces. Raises NotYetKnown where nothing was said that could be scored.
    """
    if not len(told):
        raise NotYetKnown("No note of these days had a forecast whose horizon has ended; begin later, or give a longer history.")
    record, told = in_order(record, told)
    rivals, missing = baselines(record, told, bars, names)
    count = BarCount(bars.values())
    of_records, of_closes = record_slices(record, told, count.noun), distribution_slices(told)
    record, told = replace(record, as_of=count.numbered(record.as_of)), replace(told, as_of=count.numbered(told.as_of))
    kinds = [of_kind(kind, record, rivals, of_records) for kind in TITLES if (record.kind == kind).any()]
    horizons = [of_horizon(sessions, told, rivals, of_closes) for sessions in np.unique(told.sessions).tolist()]
    document: Document = {
        "form": FORM,
        "run": run,
        "baselines": [{"name": rival.name, "words": WHOM[rival.name]} for rival in rivals],
        "missing": list(missing),
        "cuts": BY,
        "kinds": kinds,
        "closes": horizons,
        "placebo": list(placebo),
    }
    document["words"] = headline(document)
    return count.worded(document)


def in_order(record: Record, told: Distribution) -> tuple[Record, Distribution]:
    """The rows by day, instrument, and name or horizon, whatever order they came in."""
    order = np.lexsort((record.name, record.symbol, record.as_of)).astype(np.int64)
    return record.where(order), told.where(np.lexsort((told.sessions, told.symbol, told.as_of)).astype(np.int64))


def headline(document: Document) -> list[str]:
    """The answer in whole sentences: what was walked, each kind and horizon against every baseline, results, bands, placebos."""
    words: list[str] = [_walked(document)]
    words += [_summed_up(kind["title"], kind["against"]) for kind in document["kinds"] if kind["against"]]
    words += [f"{kind['title']}: {_lower(sentence)}" for kind in document["kinds"] for sentence in kind["results_words"]]
    for each in document["closes"]:
        title = f"Closes after {each['sessions']} {document['run'].get('counts', 'session')}{'' if each['sessions'] == 1 else 's'}"
        words += [_summed_up(title, each["against"])] if each["against"] else []
    words += [_bands(document["closes"])] if document["closes"] else []
    words += [sentence for world in document["placebo"] for sentence in world["words"]]
    return [*words, *document["missing"]]


def _summed_up(title: str, against: Sequence[Document]) -> str:
    """Whom one kind beats, whom it loses to, and from whom nothing tells it apart."""
    rows = [row for row in against if row["score"] in (MAIN, "crps")]
    told = {
        "better than": [_skill(row) for row in rows if row["is_told"] and row["skill"]["mean"] > 0.0],
        "worse than": [_skill(row) for row in rows if row["is_told"] and row["skill"]["mean"] <= 0.0],
        "not distinguishable from": [_skill(row) for row in rows if not row["is_told"]],
    }
    parts = "; ".join(f"{word} {', '.join(names)}" for word, names in told.items() if names)
    windows = max(row["windows"] for row in rows)
    return f"{title}: {parts}; {windows:,} independent window{'' if windows == 1 else 's'}."


def _skill(row: Document) -> str:
    """'climatology (skill 2.5 %)', and where that is not told from chance, what it would take."""
    more = ""
    if row["skill"]["low"] is None:
        more = ", too few windows"
    elif not row["is_told"]:
        needed = row["needed"]
        more = (
            ", more windows needed than any past holds" if needed is None else f", {needed - row['windows']:,} more windows needed"
        )
    return f"{SHORT[row['baseline']]} (skill {share(row['skill']['mean'])}{more})"


def _walked(document: Document) -> str:
    run = document["run"]
    symbols = ", ".join(run.get("symbols", ())) or "The instrument"
    said = sum(kind["rows"] for kind in document["kinds"])
    decided = sum(kind["decided"] for kind in document["kinds"])
    days = max(part["days"] for part in (*document["kinds"], *document["closes"]))
    notes = {"week": "weeks", "month": "months"}.get(run.get("counts", ""), "days")
    return f"{symbols}: {days:,} {notes} with a forecast, {said:,} statements, {decided:,} of them decided."


def _bands(closes: Sequence[Document]) -> str:
    judged = [band for each in closes for band in each["bands"] if band["is_within"] is not None]
    held = sum(band["is_within"] for band in judged)
    if not judged:
        return "The bands cannot be judged yet: too few independent windows."
    return (
        f"{held} of {len(judged)} bands (50, 80, 95 % at each horizon) held as many closes as they should, within sampling error."
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
