"""From bars to a note: pure, so that the same data and settings give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from levelhead.desk.background import Background
from levelhead.desk.bar_words import in_words_of_its_bars
from levelhead.desk.brackets import Brackets, choose_brackets, horizon_sigma
from levelhead.desk.candidates import Stance
from levelhead.desk.chart_words import chart_section
from levelhead.desk.draft import Draft
from levelhead.desk.frame_words import frames_section
from levelhead.desk.ladder import Rung, enter_rungs, key_levels, rungs_of
from levelhead.desk.momentum_words import momentum_section, relative_section
from levelhead.desk.morning import morning_block
from levelhead.desk.outlook import outlook_of
from levelhead.desk.roles import roles_of
from levelhead.desk.rung_history import enter_history
from levelhead.desk.scenarios import scenario_set
from levelhead.desk.settings import Account, Settings
from levelhead.desk.setups import setup_table
from levelhead.desk.summary import headline, summary_box, takeaway
from levelhead.desk.thesis import Thesis, thesis_of
from levelhead.desk.trend_words import trend_section
from levelhead.desk.volatility_words import volatility_section, volume_section
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Claim, PricedClaim
from levelhead.domain.contract import may_have_rolled, quoted_contract
from levelhead.domain.errors import BadBars, NotYetKnown
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.note import UNCALIBRATED, House, Note, PeerData, Provenance, Section, Standing
from levelhead.domain.scenario import Outlook, ScenarioSet, SetupTable
from levelhead.domain.series import ChartSeries, Fan
from levelhead.domain.sessions import SessionTable
from levelhead.forecast.base_rates import Pasts
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import LONGEST, Forecast, forecast_at, make_forecast, quantiles
from levelhead.forecast.known_beside import beside_data, calibration_of, calibration_words
from levelhead.forecast.plan_price import PlanPricer
from levelhead.forecast.price import price_claim
from levelhead.reading.read import Reading, read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ahead:
    """All that looks forward; empty where the history is too short to price anything."""

    forecast: Forecast | None = None
    brackets: Brackets | None = None
    scenarios: ScenarioSet | None = None
    outlook: tuple[Outlook, ...] = ()
    setups: SetupTable | None = None
    claims: tuple[PricedClaim, ...] = ()
    missing: tuple[str, ...] = ()


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
    on_forecast: Callable[[Forecast], None] | None = None,
) -> Note:
    """The note of the last bar's day.

    bars: the instrument's bars up to the note's day and none later. peers: by symbol, cut at the same day. sessions: the
    instrument's session table, None where none is known. findings: what a check of these bars found. account: for position
    sizes. micro: the small contract on the same thing. Reads no clock: `standing` says whether the note is live or replayed.
    beside: implied volatility, yields, donors, event days, option chains and artefacts of the past; of each, what this day knew.
    background: of a longer series that begins with these bars, to spare the work where many days are written; it changes nothing.
    on_forecast: is handed the forecast that the note was made from, where there was one.
    """
    peers, settings, house = dict(peers or {}), settings or Settings(), house or House()
    reading = read(bars, peers=peers, sessions=sessions, settings=settings.reading, whole=background.whole if background else None)
    draft = Draft(reading.facts)
    rungs = rungs_of(reading.zones, bars.last) if draft.has_atr else ()
    enter_rungs(draft, rungs, bars.instrument)
    enter_history(draft, rungs, bars, settings.reading)
    thesis = thesis_of(draft)
    counted = sessions if bars.timeframe == "1d" else None  # a horizon ends on a session only where a bar is one
    ahead = _look_ahead(draft, thesis, bars, rungs, counted, micro, account, settings, beside, background)
    if ahead.forecast is not None and on_forecast is not None:
        on_forecast(ahead.forecast)
    roles = roles_of(rungs, ahead.brackets, thesis)
    expiry = quoted_contract(bars, sessions)
    morning = morning_block(draft, bars, sessions)
    sections = _sections(draft, bars, list(peers), takeaway(draft, thesis, roles, ahead.scenarios, ahead.setups))
    written = Note(
        title=f"{_called(bars.instrument)}: technical note, {bars.as_of:%-d %B %Y}",
        headline=headline(draft, thesis, ahead.scenarios),
        instrument=bars.instrument,
        contract=expiry.contract if expiry and not may_have_rolled(bars, expiry) else None,
        as_of=bars.as_of,
        standing=standing,
        house=house,
        facts=draft.facts,
        estimates=draft.estimates,
        summary=summary_box(draft, thesis, roles),
        morning=morning,
        ladder=tuple(replace(level, frame=bars.frame) for level in key_levels(draft, rungs, roles)),
        scenarios=ahead.scenarios,
        outlook=ahead.outlook,
        setups=ahead.setups,
        claims=ahead.claims,
        sections=sections,
        series=_with_fan(reading, ahead.forecast, bars, counted, settings),
        provenance=_provenance(bars, peers, findings, reading, ahead, settings, version),
    )
    return in_words_of_its_bars(written)


def _called(instrument: Instrument) -> str:
    """'Russell 2000 (RTY)', or the symbol alone where it is all that is known."""
    name, symbol = instrument.short_name, instrument.symbol
    return symbol if name == symbol else f"{name} ({symbol})"


def _subject(instrument: Instrument) -> str:
    """'The Russell 2000' of an index or its future, 'IWM' of anything else."""
    return f"The {instrument.short_name}" if instrument.kind in ("index", "future") else instrument.short_name


def _stance(thesis: Thesis, brackets: Brackets) -> Stance:
    """The thesis as a trader holds it: the scenario price against it ends it."""
    line = brackets.lower if thesis.lean > 0 else brackets.upper
    return Stance(lean=thesis.lean, is_trend=thesis.trend in ("bullish", "bearish"), line=line)


def _look_ahead(
    draft: Draft,
    thesis: Thesis,
    bars: Bars,
    rungs: Sequence[Rung],
    sessions: SessionTable | None,
    micro: Instrument | None,
    account: Account | None,
    settings: Settings,
    beside: Beside,
    background: Background | None,
) -> _Ahead:
    instrument = bars.instrument
    if not draft.has_atr:
        return _Ahead(
            missing=("Nothing is said about the sessions ahead: without an average true range no distance has a measure.",)
        )
    try:
        forecast = _forecast(bars, settings, beside.without(instrument.symbol), background)
    except (NotYetKnown, BadBars) as why:
        return _Ahead(missing=(f"Nothing is said about the sessions ahead: {why}",))
    _enter_sigma(draft, forecast, settings)

    pasts = Pasts(bars)

    def price(claim: Claim, name: str) -> PricedClaim:
        return price_claim(claim, forecast, bars, name=name, pasts=pasts)

    brackets = choose_brackets(rungs, forecast, instrument, settings, draft)
    ends_on = (
        sessions.after(bars.as_of, settings.scenario_sessions)[-1] if sessions is not None and sessions.covers(bars.as_of) else None
    )
    scenarios, splits = scenario_set(draft, brackets, rungs, price, ends_on, settings, instrument)
    outlook, closes, missing = outlook_of(draft, forecast, price, instrument, sessions)
    setups = setup_table(
        draft, rungs, _stance(thesis, brackets), PlanPricer(forecast, bars, pasts=pasts), instrument, micro, account, settings
    )
    return _Ahead(
        forecast=forecast,
        brackets=brackets,
        scenarios=scenarios,
        outlook=outlook,
        setups=setups,
        claims=(*splits, *closes),
        missing=(*missing, *_not_modelled(bars)),
    )


def _forecast(bars: Bars, settings: Settings, beside: Beside, background: Background | None) -> Forecast:
    whole = max(settings.scenario_sessions, settings.exit_within)  # the outlook looks farther, at closes alone
    history = background.history_of(bars, settings.forecast.least_bars) if background else None
    if history is None:
        return make_forecast(bars, settings=settings.forecast, beside=beside, whole=whole)
    return forecast_at(bars, history, sessions=LONGEST, settings=settings.forecast, beside=beside, whole=whole)


def _not_modelled(bars: Bars) -> tuple[str, ...]:
    """What the forecast does not know of bars that are not daily."""
    if bars.timeframe == "1d":
        return ()
    prior = "The prior of the volatility forecast was fitted to bars of whole trade dates; here it is a starting point only."
    hours = "It does not know the hours: an intraday bar is priced as if the opening and the night were alike."
    return (prior,) if bars.days is None else (prior, hours)


def _enter_sigma(draft: Draft, forecast: Forecast, settings: Settings) -> None:
    """Enter the forecast's width: one session's and the scenario horizon's."""
    width = horizon_sigma(forecast, settings.scenario_sessions)
    draft.estimate(
        "sigma_pct",
        "per cent",
        "forecast standard deviation of the next session's return",
        "100 * sigma_log",
        sigma_log=forecast.sigma,
    )
    draft.estimate("sigma", "points", "the same in points", "last * sigma_pct / 100")
    draft.estimate(
        "sigma_horizon_pct", "per cent", "forecast standard deviation over the scenario horizon", "100 * width", width=width
    )
    draft.estimate("sigma_horizon", "points", "the same in points", "last * sigma_horizon_pct / 100")


def _sections(draft: Draft, bars: Bars, peers: Sequence[str], last: Section | None) -> tuple[Section, ...]:
    found = (
        trend_section(draft),
        chart_section(draft),
        momentum_section(draft),
        volatility_section(draft),
        volume_section(draft),
        relative_section(draft, peers, _subject(bars.instrument)),
        frames_section(draft, bars),
        last,
    )
    return tuple(section for section in found if section is not None)


def _with_fan(
    reading: Reading, forecast: Forecast | None, bars: Bars, sessions: SessionTable | None, settings: Settings
) -> ChartSeries:
    """The reading's series with the forecast fan over the scenario horizon."""
    if forecast is None:
        return reading.series
    n = settings.scenario_sessions
    known = sessions is not None and sessions.covers(bars.as_of)
    dates = sessions.after(bars.as_of, n) if sessions is not None and known else ()
    return replace(reading.series, fan=Fan(dates=dates, quantiles=quantiles(forecast, n)))


def _provenance(
    bars: Bars,
    peers: Mapping[str, Bars],
    findings: Sequence[Finding],
    reading: Reading,
    ahead: _Ahead,
    settings: Settings,
    version: str,
) -> Provenance:
    forecast = ahead.forecast
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
        beside=beside_data(forecast, bars) if forecast else (),
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
        not_yet_known=(*reading.not_yet_known, *ahead.missing),
    )
