"""The setups of a note: the candidates that pay after costs, or the sentence that none does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from levelhead.claims.text import claim_text
from levelhead.desk.candidates import Candidate, Stance, candidates
from levelhead.desk.draft import Draft
from levelhead.desk.ladder import Rung
from levelhead.desk.settings import Account, Settings
from levelhead.domain.instrument import Instrument
from levelhead.domain.scenario import Setup, SetupTable, Sizing, Target
from levelhead.forecast.plan_price import Expected, PlanPrice, PlanPricer
from levelhead.forecast.shares import Estimated

FEWEST_FILLED = 200  # with fewer paths an expected R has an error of about a tenth
SURE = 1.645  # one-sided 95 % of a normal: the expected R must stand clear of its own Monte Carlo error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    candidate: Candidate
    expected: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class _Priced:
    candidate: Candidate
    price: PlanPrice


def setup_table(
    draft: Draft,
    rungs: Sequence[Rung],
    stance: Stance,
    pricer: PlanPricer,
    instrument: Instrument,
    micro: Instrument | None,
    account: Account | None,
    settings: Settings,
) -> SetupTable:
    """Up to `most_plans` plans that pay, best first; enters `setup.*`. Where none pays, the best one tried is kept."""
    tried = _tried(list(candidates(draft, rungs, stance, instrument, settings)), pricer, settings)
    ranked = sorted(tried, key=lambda t: -t.expected.low.value)
    draft.derive("setup.tried", "count", "plans the level map offers", "tried", tried=float(len(tried)))
    draft.derive("setup.asked", "R", "what a plan must be expected to return to be shown", "asked", asked=settings.pays_r)
    paying = _paying(ranked, pricer, settings)
    if account is not None:
        draft.derive("account.dollars", "dollars", "account", "dollars", dollars=account.dollars)
        draft.derive("account.risk", "per cent", "share of the account risked on one plan", "risk", risk=100 * account.risk)
        draft.derive("account.budget", "dollars", "what one plan may lose", "account.dollars * account.risk / 100")
    plans = tuple(_setup(str(i), t, draft, instrument, micro, account) for i, t in enumerate(paying, 1))
    if plans:
        return SetupTable(plans=plans, tried=len(tried))
    if not ranked:
        return SetupTable(
            plans=(),
            tried=0,
            none_because="The level map offers no trade whose first target pays at least as much as its stop risks.",
        )
    costs = "after costs" if instrument.point_value is not None else "before costs"
    first = _priced(ranked[0], pricer)
    best = _setup("best", first, draft, instrument, micro, account)
    return SetupTable(plans=(), tried=len(tried), none_because=_none_because(first.price, costs), best=best)


def _tried(offered: Sequence[Candidate], pricer: PlanPricer, settings: Settings) -> list[_Tried]:
    """The candidates with what each may bring; none that too few paths fill to say anything, unless it is their usual share."""
    expected = pricer.expect_all([candidate.plan for candidate in offered])
    return [
        _Tried(candidate=candidate, expected=each)
        for candidate, each in zip(offered, expected, strict=True)
        if each is not None and (each.filled >= FEWEST_FILLED or each.fill.value >= settings.least_fill)
    ]


def _priced(tried: _Tried, pricer: PlanPricer) -> _Priced:
    return _Priced(candidate=tried.candidate, price=pricer.price(tried.expected))


def _paying(ranked: Sequence[_Tried], pricer: PlanPricer, settings: Settings) -> list[_Priced]:
    """The first `most_plans` that pay. Their past, which costs most, is looked at only where the paths promise enough."""
    found: list[_Priced] = []
    for tried in ranked:
        if len(found) == settings.most_plans:
            break
        expected = tried.expected
        hopeful = _promises(expected.low, settings) and expected.fill.value >= settings.least_fill
        if hopeful and pays((priced := _priced(tried, pricer)).price, settings):
            found.append(priced)
    return found


def _promises(expected: Estimated, settings: Settings) -> bool:
    return expected.value >= settings.pays_r and expected.value > SURE * expected.error


def pays(price: PlanPrice, settings: Settings) -> bool:
    """Whether a plan is worth showing.

    Its expected R after costs, ambiguous bars at their worst, reaches `pays_r` and stands clear of its Monte Carlo error; the
    instrument's own past holds at least `least_windows` independent cases and returned more than one standard error; and the
    order is likely enough to be filled. This is a low bar: of a dozen plans tried, chance alone passes one now and then.
    """
    if price.base_low is None or price.base_error is None:
        return False
    expected = _promises(Estimated(price.expected_low, price.expected_error), settings)
    proven = price.base_windows >= settings.least_windows and price.base_low > price.base_error
    return expected and proven and price.fill.probability >= settings.least_fill


def _none_because(price: PlanPrice, costs: str) -> str:
    told = "No plan is worth the risk today. Of the {setup.tried} that the level map offers, the best is expected to return "
    told += f"{_ends('setup.best.expected', price.expected_low, price.expected_high)} {costs}"
    if price.base_low is None or price.base_high is None:
        return f"{told}; {{setup.asked}} is asked, and a past to back it."
    past = f"returned {_ends('setup.best.base', price.base_low, price.base_high)} over the instrument's own past"
    told = f"{told} and {past}, give or take {{setup.best.base_error|abs}}"
    return f"{told}; {{setup.asked}} is asked, and a past clear of its own error."


def _ends(name: str, low: float, high: float) -> str:
    return f"{{{name}_low}}" if round(low, 2) == round(high, 2) else f"{{{name}_low}} to {{{name}_high}}"


def _setup(
    name: str, tried: _Priced, draft: Draft, instrument: Instrument, micro: Instrument | None, account: Account | None
) -> Setup:
    own, candidate, price, plan = f"setup.{name}", tried.candidate, tried.price, tried.candidate.plan
    draft.derive(f"{own}.entry", "price", "entry", candidate.entry)
    draft.derive(f"{own}.stop", "price", "stop", candidate.stop, sigma=draft.number("sigma"))
    draft.derive(f"{own}.stop_atr", "ATR", "distance of the stop from the entry", f"abs({own}.entry - {own}.stop) / atr_14")
    draft.derive(f"{own}.fill_within", "sessions", "sessions the order stands", "n", n=float(plan.fill_within))
    draft.derive(f"{own}.exit_within", "sessions", "sessions after which what is open is closed", "n", n=float(plan.exit_within))
    targets = tuple(_target(own, i, t, draft, price) for i, t in enumerate(candidate.targets, 1))
    draft.chance(f"{own}.fill", "chance that the order is filled", price.fill, round(price.filled / price.fill.probability))
    _enter_results(own, draft, price)
    slipping = 2 if plan.order == "stop" else 1
    sizing = _sizing(own, draft, instrument, micro, account, slipping)
    return Setup(
        name=name,
        title=candidate.title,
        claim=claim_text(plan),
        side=plan.side,
        order=plan.order,
        entry=draft.number(f"{own}.entry"),
        stop=draft.number(f"{own}.stop"),
        targets=targets,
        fill=price.fill,
        fill_within=plan.fill_within,
        exit_within=plan.exit_within,
        stop_atr=draft.number(f"{own}.stop_atr"),
        expected_low=price.expected_low,
        expected_high=price.expected_high,
        expected_error=price.expected_error,
        base_low=price.base_low,
        base_high=price.base_high,
        base_error=price.base_error,
        base_count=price.base_count,
        base_windows=price.base_windows,
        undecided=price.undecided,
        reason=candidate.reason,
        sizing=sizing,
        sizing_words=_sizing_words(own, sizing, account),
    )


def _enter_results(own: str, draft: Draft, price: PlanPrice) -> None:
    """Enter the mean results: over the filled paths and over the filled trades of the past, at their worst and best."""
    filled = float(price.filled)
    for end, words, value in (("low", "worst", price.expected_low), ("high", "best", price.expected_high)):
        draft.estimate(
            f"{own}.expected_{end}",
            "R",
            f"mean result after costs of the paths that fill, out at the first target, ambiguous bars at their {words}",
            "total_r / filled",
            error=price.expected_error,
            total_r=value * filled,
            filled=filled,
        )
    for end, base in (("low", price.base_low), ("high", price.base_high)):
        if base is not None:
            draft.estimate(
                f"{own}.base_{end}",
                "R",
                f"the same over {price.base_count:,} earlier start days that fill, prices at the same distances in ATR(14)",
                "total_r / filled",
                total_r=base * price.base_count,
                filled=float(price.base_count),
            )
    if price.base_error is not None:
        draft.estimate(
            f"{own}.base_error",
            "R",
            "standard error of that mean when only windows that do not overlap count",
            "deviation / sqrt(windows)",
            deviation=price.base_error * math.sqrt(price.base_windows),
            windows=float(price.base_windows),
        )


def _target(own: str, number: int, formula: str, draft: Draft, price: PlanPrice) -> Target:
    name = f"{own}.target_{number}"
    at = draft.derive(name, "price", f"target {number}", formula)
    r = draft.derive(f"{name}_r", "R", f"target {number} in R", f"abs({name} - {own}.entry) / abs({own}.entry - {own}.stop)")
    chance = price.targets[number - 1]
    meaning = f"share of the filled paths on which target {number} is sure to trade before the stop"
    draft.chance(f"{name}_chance", meaning, chance, price.filled)
    return Target(price=at, r=r, chance=chance)


def _sizing(
    own: str, draft: Draft, instrument: Instrument, micro: Instrument | None, account: Account | None, slipping: int
) -> tuple[Sizing, ...]:
    """What one contract of the instrument and of its micro risks, costs included, and how many the account allows.

    slipping: how many of its orders slip: the stop, and a stop order that enters.
    """
    sizes = []
    for contract in (instrument, micro):
        if contract is None or contract.point_value is None:
            continue
        risk = draft.derive(
            f"{own}.risk_{contract.symbol}",
            "dollars",
            f"what one {contract.symbol} loses at the stop, costs included",
            f"abs({own}.entry - {own}.stop) * point_value + 2 * commission + slipping * slippage * point_value",
            point_value=contract.point_value,
            commission=contract.commission,
            slippage=contract.slippage_ticks * contract.step,
            slipping=float(slipping),
        )
        count = None
        if account is not None:
            name = f"{own}.contracts_{contract.symbol}"
            count = int(
                draft.derive(
                    name,
                    "count",
                    f"{contract.symbol} contracts the account allows",
                    f"below(account.budget / {own}.risk_{contract.symbol}, 1)",
                )
            )
        sizes.append(Sizing(symbol=contract.symbol, risk=risk, contracts=count))
    return tuple(sizes)


def _sizing_words(own: str, sizing: Sequence[Sizing], account: Account | None) -> str:
    if not sizing:
        return "No contract is known for this instrument, so nothing is said in dollars and no costs are counted."
    if account is None:
        told = " and ".join(f"one {s.symbol} {{{own}.risk_{s.symbol}}}" for s in sizing)
        return (
            f"At the stop, {told} are lost, costs included." if len(sizing) > 1 else f"At the stop, {told} is lost, costs included."
        )
    fits = [s for s in sizing if s.contracts]
    budget = "{account.risk} of {account.dollars|0} is {account.budget}"
    if not fits:
        smallest = sizing[-1]
        return f"Size: none. {budget}; one {smallest.symbol} risks {{{own}.risk_{smallest.symbol}}}."
    told = " or ".join(f"{{{own}.contracts_{s.symbol}}} {s.symbol} (one risks {{{own}.risk_{s.symbol}}})" for s in fits)
    return f"Size: {told}. {budget}."
