from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_contracts import RTY, SESSIONS, quarters, write_contracts
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.errors import BadBars, BadInstrument, BadSettings, UnreadableFile
from levelhead.market.bars_csv import bars_csv
from levelhead.market.continuous import continuous
from levelhead.market.contracts import contracts_until, read_contracts
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.roll_comparison import compare_rules, days_apart
from levelhead.market.roll_table import roll_table_csv, with_roll_table
from levelhead.market.rolls import RollRule, parse_rule, rules_to_compare

SWITCH = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("contracts")
    write_contracts(place, switch=SWITCH)
    return place


@pytest.fixture(scope="module")
def contracts(folder):
    return read_contracts(folder, RTY, sessions=SESSIONS)


def sessions_before(expiry: dt.date, count: int) -> dt.date:
    return SESSIONS.dates[int(np.searchsorted(SESSIONS.dates, np.datetime64(expiry))) - count].item()


def expiries(count: int) -> list[dt.date]:
    return [last_trade for _, _, last_trade in quarters(dt.date(2023, 1, 3), count)]


def test_contracts_are_read_by_last_trade_whatever_the_digits_of_their_year(folder, contracts, tmp_path):
    assert [c.name for c in contracts] == ["RTYH3", "RTYM3", "RTYU3", "RTYZ3", "RTYH4", "RTYM4", "RTYU4"]
    assert [c.last_trade for c in contracts] == expiries(7)
    for source, name in (("RTYZ23.csv", "RTYZ3.csv"), ("RTYH24.csv", "rtyh2024.csv")):
        (tmp_path / name).write_text((folder / source).read_text())
    (tmp_path / "RTY_notes.csv").write_text("not a contract")
    (tmp_path / "ESZ3.csv").write_text("another root")
    again = read_contracts(tmp_path, RTY, sessions=SESSIONS)
    assert [(c.name, c.year, c.last_trade) for c in again] == [
        ("RTYZ3", 2023, dt.date(2023, 12, 15)),
        ("RTYH4", 2024, dt.date(2024, 3, 15)),
    ]


def test_a_digit_of_a_year_means_the_first_in_which_the_contract_still_traded(folder, tmp_path):
    # bars to 15 December 2023: of a contract Z3 that is 2023, of a contract H3 it would be 2033
    text = (folder / "RTYZ23.csv").read_text()
    (tmp_path / "RTYH3.csv").write_text(text)
    assert read_contracts(tmp_path, RTY, sessions=SESSIONS)[0].year == 2033


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("volume", lambda expiry: sessions_before(expiry, SWITCH)),
        ("oi", lambda expiry: sessions_before(expiry, SWITCH - 1)),
        ("sessions:2", lambda expiry: sessions_before(expiry, 2)),
        ("weekday:mon", lambda expiry: expiry - dt.timedelta(days=4)),
        ("days:8", lambda expiry: expiry - dt.timedelta(days=8)),
    ],
)
def test_each_rule_rolls_on_its_own_day(contracts, rule, expected):
    rolls = continuous(contracts, parse_rule(rule), sessions=SESSIONS).rolls
    # 2024-06-21 follows Juneteenth; its Monday, its eighth day before and its sessions are counted from the table all the same
    assert [roll.date for roll in rolls] == [expected(expiry) for expiry in expiries(6)]


def test_a_list_of_dates_is_followed_and_a_date_without_session_moves_to_the_next(contracts, tmp_path):
    listed = tmp_path / "dates.csv"
    # 2023-06-10 is a Saturday; nothing is listed for September, so that the front runs to its last trade on the 15th
    listed.write_text("date\n2023-03-08\n2023-06-10\n2023-12-05\n2024-03-05\n2024-06-05\n")
    rolls = continuous(contracts, parse_rule(f"dates:{listed}"), sessions=SESSIONS).rolls
    assert [str(roll.date) for roll in rolls[:4]] == ["2023-03-08", "2023-06-12", "2023-09-18", "2023-12-05"]


def test_the_gap_is_the_difference_of_both_closes_on_the_eve(contracts):
    bars = continuous(contracts, parse_rule("volume"), sessions=SESSIONS)
    by_name = {contract.name: contract.bars for contract in contracts}
    for roll in bars.rolls:
        eve = np.datetime64(roll.date) - 1
        old, new = (by_name[name].until(eve.item()) for name in (roll.from_contract, roll.to_contract))
        assert old.as_of == new.as_of
        assert roll.gap == new.last - old.last
        assert roll.factor == new.last / old.last
        assert not roll.estimated


def test_each_bar_is_that_of_the_contract_quoted_and_none_is_lost(contracts):
    bars = continuous(contracts, parse_rule("volume"), sessions=SESSIONS)
    assert_array_equal(bars.dates, SESSIONS.between(bars.first, bars.as_of))
    by_name = {contract.name: contract.bars for contract in contracts}
    for t, day in enumerate(bars.dates):
        passed = [roll for roll in bars.rolls if np.datetime64(roll.date) <= day]
        name = passed[-1].to_contract if passed else contracts[0].name
        own = by_name[name]
        assert bars.close[t] == own.close[np.searchsorted(own.dates, day)]


@pytest.mark.parametrize("rule", ["volume", "oi", "sessions:2", "weekday:mon", "days:8", "days:20"])
def test_adjusted_by_ratio_every_return_is_that_of_one_contract(contracts, rule):
    bars = continuous(contracts, parse_rule(rule), sessions=SESSIONS)
    names = _quoted(bars, contracts)
    by_name = {contract.name: contract.bars for contract in contracts}
    moved, shifted = back_adjusted(bars, "ratio"), back_adjusted(bars, "difference")
    own_return, own_change = [], []
    for t in range(1, len(bars)):
        own = by_name[names[t]]
        at = int(np.searchsorted(own.dates, bars.dates[t]))
        own_return.append(np.log(own.close[at] / own.close[at - 1]))
        own_change.append(own.close[at] - own.close[at - 1])
    assert_allclose(np.diff(np.log(moved.close)), own_return, atol=1e-12)
    assert_allclose(np.diff(shifted.close), own_change, atol=1e-9)


def _quoted(bars, contracts):
    return [([contracts[0].name] + [r.to_contract for r in bars.rolls if np.datetime64(r.date) <= day])[-1] for day in bars.dates]


@given(data=st.data(), rule=st.sampled_from(["volume", "oi", "sessions:2", "weekday:mon", "days:8"]))
def test_the_series_of_a_day_is_made_from_the_contracts_up_to_it(contracts, data, rule):
    whole = continuous(contracts, parse_rule(rule), sessions=SESSIONS)
    day = data.draw(st.sampled_from([d.item() for d in whole.dates]))
    cut = [_cut(contract, day) for contract in contracts if contract.bars.first <= day]
    early, known = continuous(cut, parse_rule(rule), sessions=SESSIONS), whole.until(day)
    assert early.rolls == known.rolls
    assert_array_equal(early.close, known.close)


def _cut(contract, day):
    from dataclasses import replace

    bars = contract.bars.until(day)
    return replace(contract, bars=bars, open_interest=contract.open_interest[: len(bars)])


def test_the_series_and_its_table_read_back_to_the_same(contracts, tmp_path):
    bars = continuous(contracts, parse_rule("volume"), sessions=SESSIONS)
    (tmp_path / "rty.csv").write_text(bars_csv(bars))
    (tmp_path / "rty.rolls.csv").write_text(roll_table_csv(bars))
    again = with_roll_table(read_bars(tmp_path / "rty.csv", RTY), tmp_path / "rty.rolls.csv", SESSIONS)
    assert again.rolls == bars.rolls
    assert again.frame == "as traded"
    assert_array_equal(again.close, bars.close)
    assert again.digest() == bars.digest()
    moved = back_adjusted(bars, "ratio")
    (tmp_path / "adjusted.rolls.csv").write_text(roll_table_csv(moved))
    assert with_roll_table(moved, tmp_path / "adjusted.rolls.csv", SESSIONS).adjustment == "ratio"


def test_a_table_of_dates_and_factors_is_completed_by_the_calendar_and_the_closes(contracts, tmp_path):
    bars = continuous(contracts, parse_rule("sessions:2"), sessions=SESSIONS)
    plain = tmp_path / "plain.csv"
    plain.write_text("roll_date,factor\n" + "".join(f"{roll.date},{roll.factor!r}\n" for roll in bars.rolls))
    again = with_roll_table(bars, plain, SESSIONS).rolls
    assert [(r.date, r.from_contract, r.to_contract) for r in again] == [
        (r.date, r.from_contract, r.to_contract) for r in bars.rolls
    ]
    assert_allclose([r.gap for r in again], [r.gap for r in bars.rolls], atol=1e-9)


def test_rules_side_by_side_show_what_they_move(contracts):
    results = compare_rules(contracts, rules_to_compare(contracts), sessions=SESSIONS)
    assert [r.rule.kind for r in results] == ["volume", "oi", "days", "weekday", "sessions"]
    assert len({r.bars.as_of for r in results}) == 1
    # volume and open interest roll one session apart at each of six expiries
    assert days_apart(results[:2]) == 6
    traded = [r.averages["none"][200] for r in results[:2]]
    assert abs(traded[0] - traded[1]) > 0.01
    # the two series differ by the gap on one day for each of the last 200 bars' rolls, and nowhere else
    one, other = (r.bars.close[-200:] for r in results[:2])
    assert traded[0] - traded[1] == pytest.approx((one - other).sum() / 200)


def test_a_missing_contract_is_said(folder, tmp_path):
    for name in ("RTYH23", "RTYZ23", "RTYH24"):
        (tmp_path / f"{name}.csv").write_text((folder / f"{name}.csv").read_text())
    (tmp_path / "RTYM23.csv").write_text((folder / "RTYM23.csv").read_text())
    bars = continuous(read_contracts(tmp_path, RTY, sessions=SESSIONS), parse_rule("volume"), sessions=SESSIONS)
    assert [finding.text for finding in bars.remarks] == [
        "Between RTYM3 and RTYZ3 a contract is missing; from 2023-06-20 the series quotes RTYZ3."
    ]


def test_contracts_that_share_no_session_before_the_roll_are_refused(folder, tmp_path):
    (tmp_path / "RTYH23.csv").write_text((folder / "RTYH23.csv").read_text())
    lines = (folder / "RTYM23.csv").read_text().splitlines()
    late = [lines[0], *(line for line in lines[1:] if line >= "2023-03-20")]
    (tmp_path / "RTYM23.csv").write_text("\n".join(late) + "\n")
    with pytest.raises(BadBars, match="have no bar of one session in the 10 days before the roll of 2023-03-20"):
        continuous(read_contracts(tmp_path, RTY, sessions=SESSIONS), parse_rule("volume"), sessions=SESSIONS)


def test_a_contract_that_ends_too_early_is_refused_when_later_ones_follow(folder, tmp_path):
    for name in ("RTYH23", "RTYM23", "RTYU23"):
        text = (folder / f"{name}.csv").read_text()
        if name == "RTYM23":
            lines = text.splitlines()
            text = "\n".join([lines[0], *(line for line in lines[1:] if line < "2023-03-01")]) + "\n"
        (tmp_path / f"{name}.csv").write_text(text)
    with pytest.raises(BadBars, match=r"RTYM23\.csv ends on 2023-02-28, before the roll out of RTYH3"):
        continuous(read_contracts(tmp_path, RTY, sessions=SESSIONS), parse_rule("volume"), sessions=SESSIONS)
    # the hole was no fault yet while the second contract traded, nor while the third had no bar
    held = read_contracts(tmp_path, RTY, sessions=SESSIONS)
    for day in (dt.date(2023, 2, 28), dt.date(2023, 3, 14)):
        bars = continuous(contracts_until(held, day), parse_rule("volume"), sessions=SESSIONS)
        assert (bars.as_of, bars.rolls) == (day, ())


def test_the_contracts_of_a_day_are_those_that_had_traded_cut_there(contracts):
    day = contracts[1].bars.first
    seen = contracts_until(contracts, day)
    assert {each.name for each in seen} == {each.name for each in contracts if each.bars.first <= day}
    assert all(each.bars.as_of <= day and len(each.open_interest) == len(each.bars) for each in seen)
    assert contracts_until(contracts, dt.date(2000, 1, 3)) == ()


def test_without_volume_a_volume_rule_keeps_the_front_to_its_last_trade(folder, tmp_path):
    for name in ("RTYH23", "RTYM23"):
        rows = [line.split(",")[:5] for line in (folder / f"{name}.csv").read_text().splitlines()]
        (tmp_path / f"{name}.csv").write_text("\n".join(",".join(row) for row in rows) + "\n")
    found = read_contracts(tmp_path, RTY, sessions=SESSIONS)
    assert [rule.kind for rule in rules_to_compare(found)] == ["days", "weekday", "sessions"]
    assert [str(r.date) for r in continuous(found, parse_rule("volume"), sessions=SESSIONS).rolls] == ["2023-03-20"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("monthly", "is no roll rule; give volume"),
        ("days", "whole number from 0 to 60"),
        ("days:-1", "whole number from 0 to 60"),
        ("days:99", "whole number from 0 to 60"),
        ("weekday:sat", "give a weekday"),
        ("dates:", "is no roll rule"),
        ("volume:3", "is no roll rule"),
    ],
)
def test_what_is_no_rule_is_refused_in_a_sentence(text, said):
    with pytest.raises(BadSettings, match=said):
        parse_rule(text)


def test_rules_say_what_they_are():
    assert str(RollRule(kind="days", count=8)) == "8 calendar days before expiry"
    assert str(parse_rule("weekday:Monday")) == "Monday of expiry week"


def test_folders_without_contracts_are_refused(tmp_path):
    with pytest.raises(UnreadableFile, match=r"holds no contract of RTY; its files are named like RTYZ4\.csv"):
        read_contracts(tmp_path, RTY, sessions=SESSIONS)
    with pytest.raises(UnreadableFile, match="is no folder"):
        read_contracts(tmp_path / "absent", RTY, sessions=SESSIONS)
    with pytest.raises(UnreadableFile, match="is not named by a contract"):
        read_contracts([tmp_path / "rty.csv"], RTY, sessions=SESSIONS)
    with pytest.raises(BadInstrument, match="no expiry months"):
        read_contracts(tmp_path, find_instrument("SPX"), sessions=SESSIONS)


def test_bars_after_the_last_trade_belong_to_another_contract(folder, tmp_path):
    (tmp_path / "RTYM22.csv").write_text((folder / "RTYM23.csv").read_text())
    with pytest.raises(BadBars, match="RTYM2 last traded on 2022-06-17"):
        read_contracts(tmp_path, RTY, sessions=SESSIONS)


def test_one_contract_in_two_files_is_refused(folder, tmp_path):
    for name in ("RTYM23.csv", "RTYM3.csv"):
        (tmp_path / name).write_text((folder / "RTYM23.csv").read_text())
    with pytest.raises(BadBars, match="both hold RTYM3"):
        read_contracts(tmp_path, RTY, sessions=SESSIONS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "is no roll table"),
        ("date,factor\n2023-06-12,much\n", "'much' is no number"),
        ("date,factor\n12.6.2023,1.01\n", "is no date"),
        ("date,factor,gap\n2023-06-12,,\n", "neither factor nor gap"),
        ("date,factor\n2023-06-12,1.01\n2023-06-12,1.02\n", "two rolls on 2023-06-12"),
        ("date,factor,adjustment\n2023-06-12,1.01,half\n", "one of none, difference, ratio"),
    ],
)
def test_what_is_no_roll_table_is_refused_in_a_sentence(contracts, tmp_path, text, said):
    path = tmp_path / "rolls.csv"
    path.write_text(text)
    with pytest.raises((UnreadableFile, BadBars), match=said):
        with_roll_table(continuous(contracts, parse_rule("volume"), sessions=SESSIONS), path, SESSIONS)
