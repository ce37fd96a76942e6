from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from levelhead.domain.claim import Plan, Split, Touch
from levelhead.domain.errors import BadClaim, BadDate
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import SessionTable, front_expiry, third_friday

RTY = Instrument(symbol="RTY", name="E-mini Russell 2000", short_name="Russell 2000", kind="future", months="HMUZ")


def weekdays(first: str, last: str, *, without: tuple[str, ...] = (), early: tuple[str, ...] = ()) -> SessionTable:
    days = np.arange(first, last, dtype="datetime64[D]")
    days = days[(np.is_busday(days)) & ~np.isin(days, np.array(without, dtype="datetime64[D]"))]
    opens = days.astype("datetime64[m]")
    return SessionTable(
        calendar="MADE", dates=days, opens=opens, closes=opens, early=np.isin(days, np.array(early, dtype="datetime64[D]"))
    )


def test_sessions_after_a_day_skip_what_is_not_traded():
    table = weekdays("2025-12-01", "2026-02-01", without=("2025-12-25",))
    assert table.after(dt.date(2025, 12, 24), 2) == (dt.date(2025, 12, 26), dt.date(2025, 12, 29))
    assert not table.is_session(dt.date(2025, 12, 25))


def test_a_table_says_where_it_ends():
    with pytest.raises(BadDate, match=r"ends on 2025-12-30; 5 sessions after 2025-12-29 lie beyond it"):
        weekdays("2025-12-01", "2025-12-31").after(dt.date(2025, 12, 29), 5)


def test_the_session_so_many_after_a_day_is_the_last_of_those_that_follow_it_while_the_table_lasts():
    table = weekdays("2025-12-01", "2025-12-31", without=("2025-12-25",))
    assert table.ahead(dt.date(2025, 12, 24), 2) == dt.date(2025, 12, 29)
    assert table.ahead(dt.date(2025, 12, 27), 2) == table.dates[-1].item() == dt.date(2025, 12, 30)
    assert table.ahead(dt.date(2025, 12, 27), 3) is None


def test_the_last_session_of_a_month_is_known_from_the_table():
    table = weekdays("2025-10-01", "2025-12-31")
    assert table.is_month_end(dt.date(2025, 10, 31))
    assert not table.is_month_end(dt.date(2025, 10, 30))


def test_third_fridays():
    assert third_friday(2025, 9) == dt.date(2025, 9, 19)
    assert third_friday(2026, 6) == dt.date(2026, 6, 19)


def test_an_expiry_friday_that_is_not_traded_moves_to_the_session_before():
    table = weekdays("2026-01-01", "2026-12-31", without=("2026-06-19",))
    expiry = front_expiry(RTY, dt.date(2026, 6, 1), table)
    assert expiry is not None
    assert (expiry.contract, expiry.last_trade) == ("RTYM6", dt.date(2026, 6, 18))


def test_the_day_after_expiry_the_next_contract_is_in_front():
    expiry = front_expiry(RTY, dt.date(2025, 12, 20), None)
    assert expiry is not None
    assert (expiry.contract, expiry.last_trade) == ("RTYH6", dt.date(2026, 3, 20))


def test_what_never_expires_has_no_expiry():
    assert front_expiry(Instrument.unknown("IXIC"), dt.date(2025, 1, 1), None) is None


def test_a_claim_is_checked_at_birth():
    with pytest.raises(BadClaim, match="horizon of 0 sessions is out of range; give 1 to 252"):
        Touch(price=10, sessions=0)
    with pytest.raises(BadClaim, match="the first price must lie above the second"):
        Split(upper=10, lower=11, sessions=5)


def test_a_plan_has_its_prices_in_order():
    Plan(side="long", order="limit", entry=2003, stop=1990, targets=(2100, 2210), fill_within=5, exit_within=15)
    Plan(side="short", order="stop", entry=2000, stop=2060, targets=(1880,), fill_within=5, exit_within=15)
    with pytest.raises(BadClaim, match="in that order of price, falling"):
        Plan(side="short", order="stop", entry=2000, stop=1990, targets=(1880,), fill_within=5, exit_within=15)
    with pytest.raises(BadClaim, match="outlasts"):
        Plan(side="long", order="limit", entry=2003, stop=1990, targets=(2100,), fill_within=20, exit_within=15)
