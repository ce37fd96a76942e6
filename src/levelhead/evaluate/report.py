"""A walk and its verdict as one document: what the evaluation's page and JSON are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from levelhead.domain.timeframe import timeframe_of
from levelhead.evaluate import distribution as distributions
from levelhead.evaluate.bar_count import BarCount
from levelhead.evaluate.baselines import NAMES
from levelhead.evaluate.folds import WORDS, folds_of
from levelhead.evaluate.placebo import world_verdict
from levelhead.evaluate.route import Route
from levelhead.evaluate.verdict import verdict
from levelhead.evaluate.walk import Walked
from levelhead.evaluate.worlds import WORLDS, world_of
from levelhead.ledger import record as records
from levelhead.wire.document import Document

PLACEBO_DAYS = 500  # notes of a placebo world: enough to see skill of two per cent, and a tenth of twenty years' cost


def evaluation(
    routes: Sequence[Route],
    walked: Sequence[Walked],
    *,
    names: tuple[str, ...] = NAMES,
    placebo: Sequence[Document] = (),
    desk: str = "levelhead",
) -> Document:
    """The evaluation of walks over one or more instruments, as `verdict` says; `run` says what was walked, and how.

    Neither the number of workers nor the time of day is in it: the same routes give the same document.
    """
    return verdict(
        records.joined([each.record for each in walked]),
        distributions.joined([each.distribution for each in walked]),
        {route.bars.instrument.symbol: route.bars for route in routes},
        run=_run(routes, walked, desk),
        names=names,
        placebo=placebo,
    )


def placebos(route: Route, walk: Callable[[Route], Walked]) -> Iterator[Document]:
    """The same walk in every placebo world of the route's instrument, over at most 500 of its days; no peers, no finer bars."""
    step = -(-len(route.days) // PLACEBO_DAYS)
    for name in WORLDS:
        world = replace(
            route,
            bars=world_of(route.bars, name),
            days=route.days[::step],
            peers={},
            told=None,
            finer=None,
            micro=None,
            beside=route.beside.learned_only(),
        )
        walked = walk(world)
        yield world_verdict(name, walked.record, walked.distribution, world.bars)


def _run(routes: Sequence[Route], walked: Sequence[Walked], desk: str) -> Document:
    symbols = [route.bars.instrument.symbol for route in routes]
    first, last = min(route.days[0] for route in routes), max(route.days[-1] for route in routes)
    paths = routes[0].settings.forecast.paths
    return {
        "title": f"Walk-forward evaluation: {', '.join(symbols)}, {first} to {last}",
        "desk": desk,
        "symbols": symbols,
        "timeframe": routes[0].bars.timeframe,
        "counts": BarCount(route.bars for route in routes).noun,
        "first": str(first),
        "last": str(last),
        "every": _every(routes[0]),
        "paths": paths,
        "horizons": list(routes[0].horizons),
        "version": routes[0].version,
        "settings": routes[0].settings.digest(),
        "instruments": [_instrument(route, each) for route, each in zip(routes, walked, strict=True)],
        "folds": [fold for route in routes for fold in folds_of(route.bars, route.days, route.horizons)],
        "fold_words": WORDS,
        "provenance": [
            f"Made by levelhead {routes[0].version}, {paths:,} paths a note, settings {routes[0].settings.digest()[:19]}.",
            *(_source(route, each) for route, each in zip(routes, walked, strict=True)),
        ],
    }


def _instrument(route: Route, walked: Walked) -> Document:
    bars = route.bars
    return {
        "symbol": bars.instrument.symbol,
        "feed": bars.feed,
        "bars": len(bars),
        "first": str(bars.first),
        "last": str(bars.as_of),
        "digest": bars.digest(),
        "notes": walked.notes,
        "silent": walked.silent,
    }


def _source(route: Route, walked: Walked) -> str:
    bars = route.bars
    silent = f", {walked.silent:,} of them without a forecast" if walked.silent else ""
    kind = "" if bars.timeframe == "1d" else f" {timeframe_of(bars.timeframe).adjective}"
    return (
        f"{bars.instrument.symbol}: {walked.notes:,} notes{silent} on {len(bars):,}{kind} bars of {bars.feed or 'unknown source'}, "
        f"{bars.first} to {bars.as_of}, {bars.digest()[:19]}.{_of_rolls(route)}{_of_finer(route)}"
    )


def _of_rolls(route: Route) -> str:
    """What is known of the rolls of a future, where any is."""
    rolls = route.bars.rolls
    if not rolls:
        return ""
    estimated = (
        f", {'all' if all(roll.estimated for roll in rolls) else 'some'} estimated" if any(r.estimated for r in rolls) else ""
    )
    return f" {len(rolls)} rolls{estimated}; a note knows each from the day on which it showed."


def _of_finer(route: Route) -> str:
    """What volume by price was worked out from, where that were shorter bars."""
    finer = route.finer
    if finer is None:
        return ""
    called = timeframe_of(finer.timeframe).adjective
    known = f"{len(finer):,} {called} bars of {finer.feed or 'unknown source'}, {finer.first} to {finer.as_of}"
    return f" Volume by price from {known}, {finer.digest()[:19]}, in sessions that they show whole, as far as each day knew them."


def _every(route: Route) -> int:
    rows = np.searchsorted(route.bars.dates, np.array(route.days, dtype="datetime64[D]"))
    return int(np.median(np.diff(rows))) if len(rows) > 1 else 1
