"""What a forecast had beside the bars, for the provenance of what it said: as much as its day knew, with digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from levelhead.domain.bars import Bars
from levelhead.domain.daily_series import Series, known_rows
from levelhead.domain.note import UNCALIBRATED, BesideData
from levelhead.domain.sessions import as_date
from levelhead.forecast.artefact import Artefact
from levelhead.forecast.beside import Beside
from levelhead.forecast.event_days import EventHistory
from levelhead.forecast.forecast import Forecast
from levelhead.forecast.option_chain import OPTIONS_WEIGHT
from levelhead.forecast.pooling import KINDS, families_of

ROLES = {"implied": "implied volatility", "yield": "yield"}


def beside_data(forecast: Forecast, bars: Bars) -> tuple[BesideData, ...]:
    """Everything beside the bars that the forecast could use; later values, bars and events change nothing of it."""
    return tuple(_each(forecast, forecast.beside, bars))


def calibration_of(forecast: Forecast, bars: Bars) -> str:
    """The hash of the artefacts that pool chances on the forecast's day; 'uncalibrated' where there are none."""
    known = _artefacts(forecast.beside, bars)
    if not known:
        return UNCALIBRATED
    return "sha256:" + hashlib.sha256("\n".join(artefact.hash() for artefact in known).encode()).hexdigest()


def calibration_words(forecast: Forecast, bars: Bars) -> str:
    """How chances are pooled, a sentence or two for a note."""
    known = _artefacts(forecast.beside, bars)
    chain = forecast.beside.chain_on(bars.as_of)
    options = ""
    if chain is not None:
        options = f" The options of {chain.date} are {OPTIONS_WEIGHT:.0%} of every pool that they reach, a weight given beforehand."
    if not known:
        return f"Uncalibrated: no record of how such claims came out ended before this day.{options}"
    told = "; ".join(f"{artefact.kind} {_weights(artefact)}" for artefact in known)
    count, first, last = sum(a.count for a in known), min(a.first for a in known), max(a.last for a in known)
    families = ", ".join(dict.fromkeys(artefact.family for artefact in known))
    return f"Chances are pooled ({told}) as learned from {count:,} settled forecasts of {families}, {first} to {last}.{options}"


def _weights(artefact: Artefact) -> str:
    return ", ".join(f"{member} {100 * weight:.3g}%" for member, weight in zip(artefact.members, artefact.weights, strict=True))


def _artefacts(beside: Beside, bars: Bars) -> list[Artefact]:
    found = (beside.artefacts.at(bars.as_of, families_of(bars.instrument), kind=kind) for kind in KINDS)
    return [artefact for artefact in found if artefact is not None]


def _each(forecast: Forecast, beside: Beside, bars: Bars) -> Iterator[BesideData]:
    for series in beside.series:
        count = int(known_rows(bars, series.dates)[-1]) + 1
        if count:
            yield _of_series(series, count)
    for donor in beside.donors:
        count = int(known_rows(bars, donor.dates)[-1]) + 1
        if count:
            seen = donor.until(as_date(donor.dates[count - 1]))
            name = donor.instrument.symbol
            yield BesideData(role="donor", name=name, count=len(seen), first=seen.first, last=seen.as_of, digest=seen.digest())
    if beside.events is not None and isinstance(forecast.history, EventHistory):
        reach = forecast.history.last_ahead(forecast.bars_used - 1, forecast.paths.close.shape[1])
        known = beside.events.known(reach)
        if known:
            yield BesideData(
                role="event days",
                name=beside.events.name,
                count=len(known),
                first=known[0].date,
                last=known[-1].date,
                digest=beside.events.digest(reach),
            )
    chain = beside.chain_on(bars.as_of)
    if chain is not None:
        yield BesideData(
            role="option chain", name=chain.name, count=chain.quotes, first=chain.date, last=chain.date, digest=chain.digest
        )


def _of_series(series: Series, count: int) -> BesideData:
    return BesideData(
        role=ROLES[series.kind],
        name=series.name,
        count=count,
        first=as_date(series.dates[0]),
        last=as_date(series.dates[count - 1]),
        digest=series.digest(count),
    )
