"""Writes src/levelhead/market/sessions.csv: the days XNYS and the CME equity index futures trade, and their hours.

    uv run --group calendars python scripts/make_sessions.py

Sources: exchange_calendars (XNYS) for the days of New York, pandas_market_calendars ('CME Globex Equity') for the hours of
the futures, and the lists below, checked by hand where both are silent or wrong.

A CME trade date is a day of New York, or one of OWN_TRADE_DATES. The shortened electronic session of a New York holiday
(Thanksgiving, Martin Luther King Day, ...) has no trade date of its own: it belongs to the next one, which therefore opens
on the evening before the holiday. Daily bars of four futures, 2015 to 2025, show exactly these dates.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path

import exchange_calendars
import pandas as pd
import pandas_market_calendars

TARGET = Path(__file__).resolve().parents[1] / "src" / "levelhead" / "market" / "sessions.csv"
FIRST = {"XNYS": "1962-01-02", "CME_EQUITY": "2000-01-03"}
LAST = "2028-12-29"

# The library gives 09:30 to 16:00 throughout. Opening and closing bell of New York until the day named.
NEW_YORK_BELLS = [("1974-09-30", "10:00", "15:30"), ("1985-09-27", "10:00", "16:00")]

# Trade dates of the futures on which New York is closed: last trade, Chicago.
# Good Friday is a short session only when the employment report falls on it. The bars of ES and NQ show 2015-04-03 and those
# of ES show 2021-04-02, where other feeds (YM; NQ, YM, RTY) have none. 2018-12-05 and 2025-01-09: days of mourning.
OWN_TRADE_DATES = {
    "2010-04-02": "08:15",
    "2012-04-06": "08:15",
    "2015-04-03": "08:15",
    "2018-12-05": "08:30",
    "2021-04-02": "08:15",
    "2023-04-07": "08:15",
    "2025-01-09": "08:30",
    "2026-04-03": "08:15",
}
# Not traded, though the library has a session: 2001-09-11 to -14, 2004-06-11, 2007-01-02 and 2012-10-29 and -30 (New York was
# closed; there are no bars to decide by), and Good Fridays without an employment report.
NOT_TRADED = {
    *("2001-09-11", "2001-09-12", "2001-09-13", "2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29", "2012-10-30"),
    *("2024-03-29", "2025-04-18", "2027-03-26", "2028-04-14"),
}
CME_HALF_DAY = "12:15"  # Chicago, on New York's half days; the library has 2002-07-03 for 07-05 and misses 2003-12-26

# What bars have shown (tests/market/test_session_evidence.py compares again): daily bars of the Russell 2000 index for New York;
# of ES, NQ, YM and RTY in five feeds for the futures' dates, five-minute bars of ES for their hours. Everything else is as the
# libraries and the lists above have it, unverified; so are the dates on which one of the feeds has a bar and another has none.
CHECKED = {"XNYS": ("1987-09-10", "2026-02-20"), "CME_EQUITY": ("2015-03-13", "2026-02-20")}
HOURS_CHECKED = {"CME_EQUITY": ("2025-06-02", "2025-12-15")}
DISPUTED = {"CME_EQUITY": "2015-04-03 2018-12-05 2021-04-02 2023-04-07 2023-11-23 2025-07-04 2025-09-01"}

Session = tuple[dt.date, int, int, bool]  # trade date; open and close in minutes from its midnight UTC; whether it ends early


def main() -> None:
    """Compute both tables and write the file."""
    new_york = new_york_sessions()
    tables = {"XNYS": new_york, "CME_EQUITY": futures_sessions(new_york)}
    lines = [
        "# Sessions by calendar, written by scripts/make_sessions.py. Minutes count from midnight UTC of the trade date.",
        "# span: first and last date. hours: open and close from that date on. closed: weekdays not traded.",
        "# own: a session with hours of its own; early, or full (it opens on the evening before a holiday).",
        "# checked, hours_checked: spans in which bars have shown the dates, and open and close. disputed: feeds differ there.",
    ]
    for calendar, sessions in tables.items():
        lines += compact(calendar, sessions)
        print(f"{calendar}: {len(sessions)} sessions, {sessions[0][0]} to {sessions[-1][0]}, {sum(s[3] for s in sessions)} early")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


def new_york_sessions() -> list[Session]:
    """The days of the New York Stock Exchange."""
    calendar = exchange_calendars.get_calendar("XNYS", start=FIRST["XNYS"], end=LAST)
    early = set(calendar.early_closes)
    return [
        (
            day.date(),
            minutes(day, bell(day, 1, "09:30"), "America/New_York"),
            minutes(
                day,
                f"{row.close.tz_convert('America/New_York'):%H:%M}" if day in early else bell(day, 2, "16:00"),
                "America/New_York",
            ),
            day in early,
        )
        for day, row in calendar.schedule.iterrows()
    ]


def futures_sessions(new_york: list[Session]) -> list[Session]:
    """The trade dates of the CME equity index futures."""
    schedule = pandas_market_calendars.get_calendar("CME Globex Equity").schedule(FIRST["CME_EQUITY"], LAST)
    half_days = {str(day) for day, _, _, early in new_york if early}
    traded = {str(day) for day, *_ in new_york} | set(OWN_TRADE_DATES)
    sessions: list[Session] = []
    opened: pd.Timestamp | None = None
    for day, row in schedule.iterrows():
        name = str(day.date())
        if name in NOT_TRADED:
            continue
        opened = opened if opened is not None else row.market_open
        if name not in traded:
            continue
        short = OWN_TRADE_DATES.get(name) or (CME_HALF_DAY if name in half_days else None)
        close = minutes(day, short or "16:00", "America/Chicago")
        sessions.append((day.date(), int((opened - day.tz_localize("UTC")).total_seconds()) // 60, close, short is not None))
        opened = None
    return sessions


def bell(day: pd.Timestamp, which: int, today: str) -> str:
    """The bell of that day: which = 1 opens, 2 closes."""
    return next((bells[which] for bells in NEW_YORK_BELLS if day <= pd.Timestamp(bells[0])), today)


def minutes(day: pd.Timestamp, clock: str, zone: str) -> int:
    """A local time of that day, in minutes from its midnight UTC."""
    moment = pd.Timestamp(f"{day.date()} {clock}").tz_localize(zone)
    return int((moment - day.tz_localize("UTC")).total_seconds()) // 60


def compact(calendar: str, sessions: list[Session]) -> list[str]:
    """The table as spans of usual hours, weekdays without trading, and sessions with hours of their own."""
    lines = [f"{calendar},span,{sessions[0][0]},{sessions[-1][0]}"]
    lines += [f"{calendar},checked,{','.join(CHECKED[calendar])}"]
    lines += [f"{calendar},hours_checked,{','.join(HOURS_CHECKED[calendar])}"] if calendar in HOURS_CHECKED else []
    lines += [f"{calendar},disputed,{DISPUTED[calendar]}"] if calendar in DISPUTED else []
    usual: tuple[int, int] | None = None
    own = []
    for day, opens, closes, early in sessions:
        over_a_holiday = opens < -2 * 60  # 17:00 Chicago is 22:00 or 23:00 UTC of the evening before
        if early or over_a_holiday:
            own.append(f"{calendar},own,{day},{opens},{closes},{'early' if early else 'full'}")
        elif (opens, closes) != usual:
            usual = (opens, closes)
            lines.append(f"{calendar},hours,{day},{opens},{closes}")
    dates = {day for day, *_ in sessions}
    weekdays = (day.date() for day in pd.bdate_range(sessions[0][0], sessions[-1][0]))
    closed = [day for day in weekdays if day not in dates]
    lines += [f"{calendar},closed,{' '.join(map(str, days))}" for _, days in groupby(closed, key=lambda day: day.year)]
    return lines + own


if __name__ == "__main__":
    main()
