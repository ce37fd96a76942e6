"""When a note is live, and when it is replayed."""

import datetime as dt

import numpy as np
import pytest

from levelhead.domain.sessions import SessionTable
from levelhead.doors.clock import REPLAY, path_opens, standing

FRIDAY, MONDAY = dt.date(2025, 3, 14), dt.date(2025, 3, 17)
DAYS = np.array(["2025-03-14", "2025-03-17"], dtype="datetime64[D]")
TABLE = SessionTable(
    calendar="MADE",
    dates=DAYS,
    opens=DAYS.astype("datetime64[m]") + np.timedelta64(13 * 60 + 30, "m"),
    closes=DAYS.astype("datetime64[m]") + np.timedelta64(20 * 60, "m"),
    early=np.zeros(2, dtype=np.bool_),
)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2025-03-14T21:00", "live"),
        ("2025-03-17T13:29", "live"),
        ("2025-03-17T13:30", "replayed"),
        ("2026-01-01T00:00", "replayed"),
    ],
)
def test_a_note_is_live_until_its_path_opens(moment, said):
    assert standing(FRIDAY, TABLE, dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)) == said


def test_without_a_table_the_path_opens_at_the_next_midnight():
    assert path_opens(FRIDAY, None) == dt.datetime(2025, 3, 15, tzinfo=dt.UTC)


def test_beyond_the_table_too():
    assert path_opens(MONDAY, TABLE) == dt.datetime(2025, 3, 18, tzinfo=dt.UTC)


def test_a_replay_is_never_live():
    assert standing(dt.date(2999, 1, 1), None, REPLAY) == "replayed"


def test_a_note_made_before_its_path_opens_is_live_and_says_so(market):
    from levelhead.config import HouseFile
    from levelhead.doors.face import read_bars, written
    from levelhead.doors.material import gather

    material = gather(read_bars(market / "rty.csv", "RTY"))
    opens = path_opens(material.bars.as_of, material.sessions)
    # Monday's electronic session opens on Sunday at 18:00 New York, 22:00 UTC in summer time.
    assert opens == dt.datetime(2025, 3, 16, 22, tzinfo=dt.UTC)
    notes = [written(material, house=HouseFile(), moment=opens - dt.timedelta(minutes=m)) for m in (1, 0)]
    assert [note.standing for note in notes] == ["live", "replayed"]
