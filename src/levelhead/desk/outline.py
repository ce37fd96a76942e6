"""What a note will say, before it is put into words: the level map, the thesis, and all that looks forward, priced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from levelhead.desk.background import Background
from levelhead.desk.brackets import Brackets, choose_brackets, horizon_sigma
from levelhead.desk.candidates import Stance
from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung, enter_rungs, rungs_of
from levelhead.desk.outlook import outlook_of
from levelhead.desk.roles import roles_of
from levelhead.desk.scenarios import scenario_set
from levelhead.desk.settings import Account, Settings
from levelhead.desk.setups import setup_table
from levelhead.desk.thesis import Thesis, thesis_of
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Claim, PricedClaim
from levelhead.domain.errors import BadBars, NotYetKnown
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import Role
from levelhead.domain.note import Said, SaidLevel
from levelhead.domain.scenario import Outlook, ScenarioSet, SetupTable
from levelhead.domain.sessions import SessionTable
from levelhead.forecast.base_rates import Pasts
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import LONGEST, Forecast, forecast_at, make_forecast
from levelhead.forecast.plan_price import PlanPricer
from levelhead.forecast.price import price_claim
from levelhead.reading.context import NO_CONTEXT, Context
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outline:
    """A note before its words.

    draft: the numbers that have been entered so far; the words enter more. forecast: what the claims were priced on, None where
    the history is too short; scenarios, outlook, setups and claims are empty then. missing: sentences that say why.
    """

    bars: Bars
    reading: Reading
    draft: Draft
    rungs: tuple[Rung, ...]
    thesis: Thesis
    roles: Mapping[str, Role]
    forecast: Forecast | None
    scenarios: ScenarioSet | None
    outlook: tuple[Outlook, ...]
    setups: SetupTable | None
    claims: tuple[PricedClaim, ...]
    missing: tuple[str, ...]

    @property
    def said(self) -> Said:
        """What the note says of the future, and what it takes to settle it."""
        return Said(
            as_of=self.bars.as_of,
            instrument=self.bars.instrument,
            facts=self.draft.said_facts(),
            levels=tuple(SaidLevel(name=r.name, side=r.side, low=r.zone.low, high=r.zone.high) for r in self.rungs),
            scenarios=self.scenarios,
            outlook=self.outlook,
            setups=self.setups,
            claims=self.claims,
        )


def outline_of(
    bars: Bars,
    *,
    peers: Mapping[str, Bars],
    sessions: SessionTable | None,
    settings: Settings,
    account: Account | None = None,
    micro: Instrument | None = None,
    beside: Beside = NOTHING,
    background: Background | None = None,
    longer: Sequence[Bars] = (),
    context: Context = NO_CONTEXT,
) -> Outline:
    """The outline of the note of the last bar's day; the arguments are those of `compose_note`."""
    reading = read(
        bars,
        peers=peers,
        sessions=sessions,
        settings=settings.reading,
        whole=background.whole if background else None,
        context=replace(context, series=beside.series, events=beside.events, longer=tuple(longer)),
    )
    draft = Draft(reading.facts)
    rungs = rungs_of(reading.zones, bars.last) if draft.has_atr else ()
    enter_rungs(draft, rungs, bars.instrument)
    thesis = thesis_of(draft)
    counted = counted_by(sessions, bars)
    ahead = _look_ahead(draft, thesis, bars, rungs, counted, micro, account, settings, beside, background)
    return Outline(
        bars=bars,
        reading=reading,
        draft=draft,
        rungs=rungs,
        thesis=thesis,
        roles=roles_of(rungs, ahead.brackets, thesis),
        forecast=ahead.forecast,
        scenarios=ahead.scenarios,
        outlook=ahead.outlook,
        setups=ahead.setups,
        claims=ahead.claims,
        missing=ahead.missing,
    )


def counted_by(sessions: SessionTable | None, bars: Bars) -> SessionTable | None:
    """The table by which horizons end: a horizon ends on a session only where a bar is one."""
    return sessions if bars.timeframe == "1d" else None


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

    pasts = Pasts(bars) if background is None else background.pasts_of(bars)

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
