"""The whole note: every number recomputes, every row agrees with the fact it repeats, nothing is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from made_charts import chart, walk
from made_note import RTY

from levelhead.desk.compose import compose_note
from levelhead.desk.settings import Account, Settings
from levelhead.domain.formula import evaluate, names_in
from levelhead.domain.instrument import Instrument
from levelhead.domain.note import Note
from levelhead.forecast.settings import Settings as ForecastSettings
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument, micro_of
from levelhead.market.sessions import session_table
from levelhead.reading.recompute import recompute
from levelhead.render.literals import literal_digits
from levelhead.wire.document import to_document, to_json

QUICK = Settings(forecast=ForecastSettings(paths=1000))
M2K = replace(RTY, symbol="M2K", point_value=5.0, commission=0.6, micro=None)
ACCOUNT = Account(dollars=50_000, risk=0.005)


def made(seed: int = 3, bars: int = 700) -> Note:
    market = replace(walk(seed, bars), instrument=RTY)
    peer = replace(walk(seed + 100, bars, start=5000), instrument=Instrument.unknown("ES"))
    return compose_note(
        market, peers={"ES": peer}, sessions=session_table("CME_EQUITY"), micro=M2K, account=ACCOUNT, settings=QUICK, version="test"
    )


NOTE = made()


def real(shared, day: dt.date) -> tuple[Note, object, dict]:
    bars = read_bars(shared / "data" / "rty_tv.csv", find_instrument("RTY")).until(day)
    peers = {"ES": read_bars(shared / "data" / "es_tv.csv", find_instrument("ES")).until(day)}
    note = compose_note(bars, peers=peers, sessions=session_table("CME_EQUITY"), micro=micro_of(bars.instrument), settings=QUICK)
    return note, bars, peers


def check_arithmetic(note: Note, bars, peers) -> int:
    numbers = [name for name, fact in note.facts.items() if not isinstance(fact.value, str)]
    for name in numbers:
        assert recompute(name, note.facts, bars, peers) == pytest.approx(note.facts[name].value, rel=1e-9, abs=1e-9), name
    values = {name: fact.value for name, fact in (note.facts | note.estimates).items()}
    for name, estimate in note.estimates.items():
        assert set(names_in(estimate.formula)) <= set(values) | set(estimate.inputs), name
        assert evaluate(estimate.formula, values | estimate.inputs) == pytest.approx(estimate.value, rel=1e-9), name
    return len(numbers)


def test_every_number_of_a_made_note_recomputes_from_its_formula():
    bars = replace(walk(3, 700), instrument=RTY)
    peers = {"ES": replace(walk(103, 700, start=5000), instrument=Instrument.unknown("ES"))}
    assert check_arithmetic(NOTE, bars, peers) > 200


@pytest.mark.parametrize("day", [dt.date(2018, 8, 1), dt.date(2020, 3, 20), dt.date(2025, 3, 13), dt.date(2025, 10, 31)])
def test_every_number_of_a_real_note_recomputes_and_no_digit_stands_alone(shared, day):
    note, bars, peers = real(shared, day)
    assert check_arithmetic(note, bars, peers) > 200
    assert literal_digits(to_document(note)) == []


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_digit_of_a_made_note_stands_alone(seed):
    assert literal_digits(to_document(made(seed))) == []


def test_an_input_that_has_the_name_of_a_fact_has_its_value():
    for name, number in (NOTE.facts | NOTE.estimates).items():
        for used in set(number.inputs) & set(NOTE.facts):
            assert number.inputs[used] == pytest.approx(NOTE.facts[used].value, rel=1e-12), f"{name} uses another {used}"


def test_rows_repeat_the_facts_they_stand_for():
    facts = {name: fact.value for name, fact in (NOTE.facts | NOTE.estimates).items()}
    for level in NOTE.ladder:
        own = f"level.{level.name}"
        assert (level.low, level.high) == (facts[f"{own}.low"], facts[f"{own}.high"])
        assert (level.points, level.atr, level.touches) == (facts[f"{own}.points"], facts[f"{own}.atr"], facts[f"{own}.touches"])
        assert level.strength == pytest.approx(facts[f"{own}.strength"], rel=1e-12)
        assert level.age == facts.get(f"{own}.age")
        assert 0 <= facts[f"{own}.held"] <= level.touches
    table = NOTE.scenarios
    assert table is not None
    assert (table.upper, table.lower) == (facts["scenario.upper"], facts["scenario.lower"])
    for scenario in table.scenarios:
        own = f"scenario.{scenario.name}"
        assert scenario.chance.probability == pytest.approx(facts[f"{own}.probability"])
        assert (scenario.said, scenario.target_low) == (facts[f"{own}.said"], facts[f"{own}.target_low"])
    for row in NOTE.outlook:
        assert row.change_at == facts[f"outlook.{row.name.split()[0]}.change_at"]
    assert NOTE.setups is not None
    for plan in (*NOTE.setups.plans, *filter(None, [NOTE.setups.best])):
        own = f"setup.{plan.name}"
        assert (plan.entry, plan.stop, plan.stop_atr) == (facts[f"{own}.entry"], facts[f"{own}.stop"], facts[f"{own}.stop_atr"])
        assert plan.expected_low == pytest.approx(facts[f"{own}.expected_low"])


@pytest.mark.parametrize("seed", range(1, 7))
def test_three_scenarios_exclude_each_other_and_leave_no_price_to_nobody(seed):
    note = made(seed)
    table = note.scenarios
    assert table is not None
    last = note.facts["last"].value
    assert table.lower < last < table.upper
    assert sum(s.chance.probability for s in table.scenarios) == pytest.approx(1)
    assert sum(s.said for s in table.scenarios) == pytest.approx(1)
    assert {round(s.said / 0.05, 6) % 1 for s in table.scenarios} == {0}
    assert sum(s.chance.base_rate for s in table.scenarios) == pytest.approx(1)
    # not too near: half a standard deviation of the horizon; not too far: each side is reached on some paths
    width = note.estimates["sigma_horizon_pct"].value / 100
    assert min(table.upper / last - 1, 1 - table.lower / last) > 0.5 * width * 0.97
    assert all(s.chance.probability > 0.03 for s in table.scenarios)
    assert table.ends_on == session_table("CME_EQUITY").after(note.as_of, 12)[-1]


@pytest.mark.parametrize("seed", range(1, 7))
def test_plans_stand_on_the_tick_grid_beyond_the_noise_and_pay_at_least_what_they_risk(seed):
    note = made(seed)
    assert note.setups is not None
    assert len(note.setups.plans) <= 3
    for plan in (*note.setups.plans, *filter(None, [note.setups.best])):
        prices = (plan.entry, plan.stop, *(t.price for t in plan.targets))
        assert all(RTY.on_grid(p) == p for p in prices)
        assert plan.stop_atr >= 1 - 1e-9
        assert plan.targets[0].r >= 1 - 1e-9
        assert plan.expected_low <= plan.expected_high
    for plan in note.setups.plans:
        assert plan.expected_low >= 0.05


def test_on_a_driftless_walk_hardly_any_plan_pays():
    # eight worlds without any edge, about a dozen plans each: what is shown must be rare
    notes = [made(seed) for seed in range(20, 28)]
    shown = sum(len(note.setups.plans) for note in notes)
    tried = sum(note.setups.tried for note in notes)
    assert tried > 60
    assert shown <= 0.1 * tried


def test_where_no_plan_pays_the_note_says_so_with_the_best_one_tried():
    note = next(n for n in (made(seed) for seed in range(20, 28)) if not n.setups.plans and n.setups.best)
    assert note.setups.none_because.startswith("No plan is worth the risk today.")
    assert "waiting is the position" in note.section("takeaway").paragraphs[0]


def test_sizes_fit_the_account_or_say_none():
    # 50,000 x 0.5 % = 250 dollars; one M2K risks five dollars a point, 1.20 of commission and 0.50 of slippage: on the stop,
    # and once more where a stop order enters
    orders = set()
    for seed in range(1, 7):
        table = made(seed).setups
        for plan in (*table.plans, *filter(None, [table.best])):
            big, small = plan.sizing
            points = abs(plan.entry - plan.stop)
            slips = 2 if plan.order == "stop" else 1
            orders.add(plan.order)
            assert big.risk == pytest.approx(points * 50 + 5 + 5 * slips)
            assert small.risk == pytest.approx(points * 5 + 1.2 + 0.5 * slips)
            assert small.contracts == int(250 // small.risk)
            assert ("Size: none." in plan.sizing_words) == (not small.contracts and not big.contracts)
    assert orders == {"limit", "stop"}


def test_the_same_bars_give_the_same_bytes():
    assert to_json(made()) == to_json(NOTE)


@pytest.mark.parametrize("bars", [1, 2, 10, 30, 100, 160, 260])
def test_a_short_history_gives_what_can_be_computed_and_names_the_rest(bars):
    market = replace(walk(5, bars), instrument=RTY)
    note = compose_note(market, sessions=session_table("CME_EQUITY"), settings=QUICK)
    assert note.facts["last"].value == market.last
    assert note.provenance.not_yet_known
    assert ("sma_50" in note.facts) == (bars >= 50)
    assert (note.scenarios is not None) == (bars >= QUICK.forecast.least_bars)
    if note.scenarios is None:
        assert any("sessions ahead" in sentence for sentence in note.provenance.not_yet_known)
        assert note.outlook == ()
        assert note.setups is None
    assert literal_digits(to_document(note)) == []


def test_a_market_that_never_moves_is_answered_without_a_forecast():
    note = compose_note(replace(chart([100.0] * 400, [100.0] * 400), instrument=RTY), settings=QUICK)
    assert note.scenarios is None
    assert any("sessions ahead" in sentence for sentence in note.provenance.not_yet_known)


def test_a_provisional_bar_is_said_and_the_session_before_is_the_previous_one():
    market = replace(walk(3, 700), instrument=RTY)
    note = compose_note(market.with_last(market.last * 1.01), sessions=session_table("CME_EQUITY"), settings=QUICK)
    assert note.provenance.provisional is not None
    assert note.facts["previous.close"].value == market.close[-2]


def test_the_sentence_about_hypothetical_results_follows_the_standing():
    from levelhead.domain.note import HYPOTHETICAL
    from levelhead.render.markdown import to_markdown

    live = compose_note(replace(walk(3, 700), instrument=RTY), standing="live", settings=QUICK)
    assert HYPOTHETICAL not in to_markdown(to_document(live))
    assert HYPOTHETICAL in to_markdown(to_document(NOTE))
