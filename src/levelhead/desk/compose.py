"""From bars to a note: pure, so that the same data and settings give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from levelhead.desk.background import Background
from levelhead.desk.bar_words import in_words_of_its_bars
from levelhead.desk.chart_words import chart_section
from levelhead.desk.context_words import context_section
from levelhead.desk.draft import Draft
from levelhead.desk.evidence_words import evidence_data, evidence_section
from levelhead.desk.frame_words import frames_section
from levelhead.desk.known_context import context_data
from levelhead.desk.ladder import key_levels
from levelhead.desk.momentum_words import momentum_section, relative_section
from levelhead.desk.morning import morning_block
from levelhead.desk.outline import Outline, counted_by, outline_of
from levelhead.desk.rung_history import enter_history, with_history
from levelhead.desk.settings import Account, Settings
from levelhead.desk.summary import headline, summary_box, takeaway
from levelhead.desk.timeframe_words import timeframe_section
from levelhead.desk.trend_words import trend_section
from levelhead.desk.volatility_words import volatility_section, volume_section
from levelhead.domain.bars import Bars
from levelhead.domain.contract import may_have_rolled, quoted_contract
from levelhead.domain.evidence import Evidence
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.note import UNCALIBRATED, BesideData, House, Note, PeerData, Provenance, Section, Standing
from levelhead.domain.series import ChartSeries, Fan
from levelhead.domain.sessions import SessionTable
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import quantiles
from levelhead.forecast.known_beside import beside_data, calibration_of, calibration_words
from levelhead.reading.context import NO_CONTEXT, Context


def compose_note(
    bars: Bars,
    *,
    peers: Mapping[str, Bars] | None = None,
    sessions: SessionTable | None = None,
    findings: Sequence[Finding] = (),
    standing: Standing = "replayed",
    account: Account | None = None,
    house: House | None = None,
    micro: Instrument | None = None,
    settings: Settings | None = None,
    version: str = "",
    beside: Beside = NOTHING,
    background: Background | None = None,
    evidence: Evidence | None = None,
    longer: Sequence[Bars] = (),
    context: Context = NO_CONTEXT,
) -> Note:
    """The note of the last bar's day.

    bars: the instrument's bars up to the note's day and none later. peers: by symbol, cut at the same day. sessions: the
    instrument's session table, None where none is known. findings: what a check of these bars found. account: for position
    sizes. micro: the small contract on the same thing. Reads no clock: `standing` says whether the note is live or replayed.
    beside: implied volatility, yields, donors, event days, option chains and artefacts of the past; of each, what this day knew.
    background: of a longer series that begins with these bars, to spare the work where many days are written; it changes nothing.
    evidence: of the past of these bars, up to the note's day or an earlier one; without it no sign is said to be worth anything.
    longer: the same bars made into longer ones, completed bars only: what the weekly and the monthly chart say.
    context: breadth, credit and positions; its series, events and longer bars are those of the other arguments.
    """
    peers, settings, house = dict(peers or {}), settings or Settings(), house or House()
    outline = outline_of(
        bars,
        peers=peers,
        sessions=sessions,
        account=account,
        micro=micro,
        settings=settings,
        beside=beside,
        background=background,
        longer=longer,
        context=context,
    )
    draft, rungs, thesis, roles = outline.draft, outline.rungs, outline.thesis, outline.roles
    enter_history(draft, rungs, bars, settings.reading)
    expiry = quoted_contract(bars, sessions)
    morning = morning_block(draft, bars, sessions)
    symbol = bars.instrument.symbol
    worth = evidence_section(draft, outline.reading.signs, len(bars), rungs, evidence, symbol) if evidence is not None else None
    sections = _sections(draft, bars, list(peers), worth, takeaway(draft, thesis, roles, outline.scenarios, outline.setups))
    written = Note(
        title=f"{_called(bars.instrument)}: technical note, {bars.as_of:%-d %B %Y}",
        headline=headline(draft, thesis, outline.scenarios),
        instrument=bars.instrument,
        contract=expiry.contract if expiry and not may_have_rolled(bars, expiry) else None,
        as_of=bars.as_of,
        standing=standing,
        house=house,
        facts=dict(draft.facts),
        estimates=draft.estimates,
        summary=summary_box(draft, thesis, roles),
        morning=morning,
        ladder=tuple(
            with_history(replace(level, frame=bars.frame), rung, bars.as_of)
            for level, rung in zip(key_levels(draft, rungs, roles), rungs, strict=True)
        ),
        scenarios=outline.scenarios,
        outlook=outline.outlook,
        setups=outline.setups,
        claims=outline.claims,
        sections=sections,
        series=_with_fan(outline, bars, sessions, settings),
        provenance=_provenance(
            outline, bars, peers, findings, settings, version, (*evidence_data(evidence), *context_data(bars, context))
        ),
    )
    return in_words_of_its_bars(written)


def _called(instrument: Instrument) -> str:
    """'Russell 2000 (RTY)', or the symbol alone where it is all that is known."""
    name, symbol = instrument.short_name, instrument.symbol
    return symbol if name == symbol else f"{name} ({symbol})"


def _subject(instrument: Instrument) -> str:
    """'The Russell 2000' of an index or its future, 'IWM' of anything else."""
    return f"The {instrument.short_name}" if instrument.kind in ("index", "future") else instrument.short_name


def _sections(draft: Draft, bars: Bars, peers: Sequence[str], worth: Section | None, last: Section | None) -> tuple[Section, ...]:
    found = (
        trend_section(draft),
        chart_section(draft),
        timeframe_section(draft, bars.timeframe),
        momentum_section(draft),
        volatility_section(draft),
        volume_section(draft),
        relative_section(draft, peers, _subject(bars.instrument)),
        context_section(draft, bars.instrument.symbol),
        frames_section(draft, bars),
        worth,
        last,
    )
    return tuple(section for section in found if section is not None)


def _with_fan(outline: Outline, bars: Bars, sessions: SessionTable | None, settings: Settings) -> ChartSeries:
    """The reading's series with the forecast fan over the scenario horizon."""
    series = outline.reading.series
    if outline.forecast is None:
        return series
    counted, n = counted_by(sessions, bars), settings.scenario_sessions
    dates = counted.after(bars.as_of, n) if counted is not None and counted.covers(bars.as_of) else ()
    return replace(series, fan=Fan(dates=dates, quantiles=quantiles(outline.forecast, n)))


def _provenance(
    outline: Outline,
    bars: Bars,
    peers: Mapping[str, Bars],
    findings: Sequence[Finding],
    settings: Settings,
    version: str,
    known: Sequence[BesideData],
) -> Provenance:
    forecast = outline.forecast
    return Provenance(
        feed=bars.feed,
        frame=bars.frame,
        timeframe=bars.timeframe,
        bars=len(bars),
        first=bars.first,
        last=bars.as_of,
        digest=bars.digest(),
        version=version,
        settings=settings.digest(),
        seed=forecast.seed if forecast else "",
        model=f"{forecast.model} {calibration_words(forecast, bars)}" if forecast else "",
        beside=(*(beside_data(forecast, bars) if forecast else ()), *known),
        calibration=calibration_of(forecast, bars) if forecast else UNCALIBRATED,
        provisional=bars.provisional,
        peers=tuple(
            PeerData(symbol=symbol, feed=peer.feed, bars=len(peer), first=peer.first, last=peer.as_of, digest=peer.digest())
            for symbol, peer in peers.items()
        ),
        findings=(*bars.remarks, *findings),
        left_out=bars.left_out,
        rolls=bars.rolls,
        adjustment=bars.adjustment,
        not_yet_known=(*outline.reading.not_yet_known, *outline.missing),
    )
