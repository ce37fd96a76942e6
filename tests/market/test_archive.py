"""What the archive keeps: known fetches, known answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_archive import RTY, bars_of, closes, files_of, hour, said_by

from levelhead.domain.errors import BadArchive, BadBars, BadDate, BadSettings, MissingPart, NoBars
from levelhead.domain.finding import Finding
from levelhead.domain.roll import Roll
from levelhead.market.archive import Appended, Archive

NAN = float("nan")


@pytest.fixture(params=["folder", "memory", "file", "s3", "gcs"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    address = {"folder": str(tmp_path), "memory": f"memory:/{tmp_path}", "file": f"file://{tmp_path}"}
    return Archive(address.get(request.param) or request.getfixturevalue(f"{request.param}_root"))


def keep(archive: Archive, said, at: float, **how) -> Appended:
    return archive.append(bars_of(said, **how), source="made", fetched_at=hour(at))


def kept(archive: Archive, at: float | None = None) -> dict:
    return said_by(archive.read("made", "RTY", instrument=RTY, known_at=None if at is None else hour(at)))


def test_what_was_kept_is_read_back_bit_for_bit(archive, shared):
    from levelhead.market.files import read_bars

    bars = read_bars(shared / "data" / "rty.csv", RTY, quarantine=True)
    appended = archive.append(bars, source="yahoo", fetched_at=hour(0))
    assert appended.added == len(bars)
    assert archive.read("yahoo", "RTY", instrument=RTY).digest() == bars.digest()


def test_an_identical_fetch_adds_nothing(archive):
    keep(archive, closes(2000.0, 2010.0), 0)
    again = keep(archive, closes(2000.0, 2010.0), 1)
    assert (again.added, again.revised, again.is_nothing_new) == (0, (), True)
    assert kept(archive) == closes(2000.0, 2010.0)
    assert archive.revisions("made", "RTY") == ()


def test_an_identical_fetch_writes_no_bar_a_second_time(tmp_path):
    archive = Archive(str(tmp_path))
    many = closes(*np.arange(2000.0, 4000.0))
    keep(archive, many, 0)
    keep(archive, many, 1)
    keep(archive, {day: many[day] for day in range(500, 600)}, 2)
    first, *later = files_of(tmp_path)
    assert all(file.stat().st_size < first.stat().st_size / 10 for file in later)


def test_the_same_fetch_handed_in_twice_is_kept_once(tmp_path):
    archive = Archive(str(tmp_path))
    keep(archive, closes(2000.0), 0)
    assert keep(archive, closes(2000.0), 0).segment is None
    assert len(files_of(tmp_path)) == 1


def test_new_bars_are_counted_and_the_overlap_is_not(archive):
    keep(archive, closes(2000.0, 2010.0, 2020.0), 0)
    assert keep(archive, closes(2010.0, 2020.0, 2030.0, 2040.0, first=1), 1).added == 2
    assert kept(archive) == closes(2000.0, 2010.0, 2020.0, 2030.0, 2040.0)


def test_a_revision_is_reported_recorded_and_used(archive):
    keep(archive, closes(2000.0, 2010.0), 0)
    (revision,) = keep(archive, closes(2000.0, 2015.0), 1).revised
    # the range of a made bar is one point around its close
    assert str(revision) == ("2025-01-07: open 2,010 -> 2,015, high 2,011 -> 2,016, low 2,009 -> 2,014, close 2,010 -> 2,015")
    assert revision.share == pytest.approx(5 / 2009)  # the low moves by the largest share
    assert revision.seen == hour(1)
    assert archive.revisions("made", "RTY") == (revision,)
    assert kept(archive)[1] == (2015.0, 100.0)


def test_what_was_known_before_a_revision_can_be_read_again(archive):
    keep(archive, closes(2000.0, 2010.0), 0)
    keep(archive, closes(2000.0, 2015.0, 2030.0), 24)
    assert kept(archive, at=0) == kept(archive, at=23.9) == closes(2000.0, 2010.0)
    assert kept(archive, at=24) == closes(2000.0, 2015.0, 2030.0)


def test_a_value_taken_back_is_two_revisions_and_the_first_value(archive):
    for at, value in enumerate((2010.0, 2015.0, 2010.0)):
        keep(archive, closes(value), at)
    assert [r.after[3] for r in archive.revisions("made", "RTY")] == [2015.0, 2010.0]
    assert kept(archive) == closes(2010.0)


def test_a_fetch_that_arrives_late_takes_its_place_among_the_others(archive):
    keep(archive, closes(2010.0), 0)
    keep(archive, closes(2010.0), 2)
    keep(archive, closes(2015.0), 1)
    assert kept(archive, at=1) == closes(2015.0)
    assert kept(archive) == closes(2010.0)


def test_an_unknown_volume_that_becomes_known_is_a_revision_of_the_volume_alone(archive):
    keep(archive, closes(2010.0, volume=NAN), 0)
    (revision,) = keep(archive, closes(2010.0, volume=7.0), 1).revised
    assert revision.columns == ("volume",)
    assert revision.share == 0


def test_a_forming_bar_is_kept_as_such_and_superseded_without_a_revision(archive):
    keep(archive, closes(2000.0, 2010.0), 0, forming=True)
    assert archive.read("made", "RTY", instrument=RTY).provisional is not None
    later = keep(archive, closes(2000.0, 2019.0, 2021.0), 24, forming=True)
    assert (later.added, later.revised) == (1, ())
    held = archive.read("made", "RTY", instrument=RTY)
    assert held.provisional is not None
    assert held.provisional.price == 2021.0
    assert archive.revisions("made", "RTY") == ()


def test_a_closed_bar_is_not_replaced_by_one_that_forms(archive):
    keep(archive, closes(2000.0), 0)
    keep(archive, closes(2007.0), 1, forming=True)
    held = archive.read("made", "RTY", instrument=RTY)
    assert (said_by(held), held.provisional) == (closes(2000.0), None)


def test_a_bar_that_was_never_seen_closed_is_left_out_and_listed(archive):
    keep(archive, closes(2000.0, 2010.0), 0, forming=True)
    keep(archive, closes(2030.0, first=2), 24)
    held = archive.read("made", "RTY", instrument=RTY)
    assert said_by(held) == {0: (2000.0, 100.0), 2: (2030.0, 100.0)}
    (finding,) = held.left_out
    assert (finding.kind, finding.date) == ("never_closed", dt.date(2025, 1, 7))


def test_a_bar_that_a_later_fetch_passes_over_stays_and_is_named(archive):
    keep(archive, closes(2000.0, 2010.0, 2020.0), 0)
    assert keep(archive, {0: (2000.0, 100.0), 2: (2020.0, 100.0)}, 1).absent == (dt.datetime(2025, 1, 7, tzinfo=dt.UTC),)
    assert kept(archive) == closes(2000.0, 2010.0, 2020.0)


def test_what_came_with_the_bars_comes_back_with_them(archive):
    roll = Roll(
        date=dt.date(2025, 1, 7), from_contract="RTYH5", to_contract="RTYM5", gap=12.5, factor=1.006, estimated=True, method="made"
    )
    said = Finding(kind="made", severity="remark", text="Made.", date=dt.date(2025, 1, 6))
    given = replace(bars_of(closes(2000.0, 2010.0)), rolls=(roll,), remarks=(said,), frame="as traded")
    archive.append(given, source="made", fetched_at=hour(0))
    held = archive.read("made", "RTY", instrument=RTY)
    assert (held.rolls, held.remarks, held.frame, held.feed) == ((roll,), (said,), "as traded", "made (archive: made)")


def test_intraday_bars_keep_their_trade_dates_and_their_own_dataset(archive):
    times = np.array(["2025-01-05T23:00", "2025-01-05T23:05"], dtype="datetime64[us]")
    monday = np.array(["2025-01-06", "2025-01-06"], dtype="datetime64[D]")
    given = replace(bars_of(closes(2000.0, 2010.0)), time=times, timeframe="5m", days=monday)
    archive.append(given, source="made", fetched_at=hour(0))
    held = archive.read("made", "RTY", "5m", instrument=RTY)
    assert held.digest() == given.digest()
    assert held.days is not None
    assert held.days.tolist() == monday.tolist()
    with pytest.raises(NoBars, match="knows nothing of RTY"):
        archive.read("made", "RTY", "1d", instrument=RTY)


def test_prices_of_two_frames_are_not_mixed(archive):
    keep(archive, closes(2000.0), 0)
    adjusted = replace(bars_of(closes(2000.0)), frame="back-adjusted")
    with pytest.raises(BadBars, match="cannot be one series"):
        archive.append(adjusted, source="made", fetched_at=hour(1))


def test_what_is_not_kept_is_said_with_the_way_to_it(archive):
    with pytest.raises(NoBars, match="levelhead data fetch RTY --source made"):
        kept(archive)
    keep(archive, closes(2000.0), 0)
    with pytest.raises(NoBars, match=r"knew nothing of RTY .* before 2025-03-14 21:30:00 UTC"):
        kept(archive, at=-1)


def test_a_moment_without_a_zone_is_refused(archive):
    with pytest.raises(BadDate, match="no time zone"):
        archive.append(bars_of(closes(2000.0)), source="made", fetched_at=dt.datetime(2025, 3, 14))


def test_the_list_names_what_is_kept(archive):
    keep(archive, closes(2000.0, 2010.0), 0)
    keep(archive, closes(2010.0, 2020.0, first=1), 24)
    (held,) = archive.datasets()
    assert (held.source, held.symbol, held.timeframe) == ("made", "RTY", "1d")
    assert (held.first, held.last, held.fetches) == (dt.date(2025, 1, 6), dt.date(2025, 1, 8), 2)
    assert held.fetched_at == hour(24)
    assert held.size > 0
    assert archive.fetches("made", "RTY") == (hour(0), hour(24))


@pytest.mark.parametrize("symbol", ["^VIX", "BRK/B", "..", "RTY=F", "a b'c\"", "*", "ÄÖ[x]"])
def test_every_symbol_has_a_place_of_its_own(tmp_path, symbol):
    root = tmp_path / "archive[1]"
    archive, instrument = Archive(str(root)), replace(RTY, symbol=symbol)
    archive.append(replace(bars_of(closes(2000.0)), instrument=instrument), source="made", fetched_at=hour(0))
    assert said_by(archive.read("made", symbol, instrument=instrument)) == closes(2000.0)
    assert [held.symbol for held in archive.datasets()] == [symbol]
    assert {file.parents[2] for file in tmp_path.rglob("*.parquet")} == {root / "made"}


def damage(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    if how == "one bit":
        content[len(content) // 2] ^= 1
    elif how == "cut":
        del content[len(content) // 2 :]
    elif how == "empty":
        content.clear()
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("how", ["one bit", "cut", "empty"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_damaged_segment_is_named_and_no_bar_is_read(tmp_path, how, which):
    archive = Archive(str(tmp_path))
    keep(archive, closes(2000.0, 2010.0), 0)
    keep(archive, closes(2010.0, 2020.0, first=1), 1)
    assert archive.verify() == ()
    file = files_of(tmp_path)[which]
    damage(file, how)
    with pytest.raises(BadArchive, match=file.name):
        kept(archive)
    with pytest.raises(BadArchive, match=file.name):
        keep(archive, closes(2000.0), 2)
    (finding,) = archive.verify()
    assert (finding.kind, finding.severity) == ("damaged_segment", "error")
    assert file.name in finding.text
    assert archive.datasets()[0].first is None


def test_a_segment_that_is_gone_is_named_by_those_written_after_it(tmp_path):
    archive = Archive(str(tmp_path))
    for i in range(3):
        keep(archive, closes(2000.0 + i), i)
    gone = files_of(tmp_path)[1]
    gone.unlink()
    with pytest.raises(BadArchive, match=f"{gone.name} is gone"):
        kept(archive)
    (finding,) = archive.verify()
    assert (finding.kind, gone.name in finding.text) == ("lost_segment", True)


def test_a_segment_moved_to_another_dataset_is_refused(tmp_path):
    archive = Archive(str(tmp_path))
    keep(archive, closes(2000.0), 0)
    archive.append(bars_of(closes(3000.0)), source="other", fetched_at=hour(1))
    stray = next((tmp_path / "other").rglob("*.parquet"))
    stray.rename(files_of(tmp_path)[0].parent / stray.name)
    with pytest.raises(BadArchive, match="belongs to other/RTY/1d"):
        kept(archive)


def test_every_single_bit_counts(tmp_path):
    archive = Archive(str(tmp_path))
    keep(archive, closes(2000.0, 2010.0), 0)
    (file,) = files_of(tmp_path)
    whole = file.read_bytes()
    for at in range(0, len(whole), 41):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(BadArchive, match="its bytes are not those"):
            kept(archive)


def test_files_that_are_not_ours_are_left_alone_and_remarked(tmp_path):
    archive = Archive(str(tmp_path))
    keep(archive, closes(2000.0), 0)
    stray = files_of(tmp_path)[0].parent / "notes.parquet"
    stray.write_bytes(b"mine")
    assert kept(archive) == closes(2000.0)
    assert [(f.kind, f.severity) for f in archive.verify()] == [("foreign_file", "remark")]


def test_an_address_that_needs_a_library_says_which(monkeypatch):
    import sys

    from fsspec import get_filesystem_class

    monkeypatch.delitem(sys.modules[get_filesystem_class.__module__]._registry, "s3", raising=False)
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingPart, match=r'pip install "levelhead\[s3\]"'):
        Archive("s3://bucket/bars")
    with pytest.raises(BadSettings, match="give a folder, s3:// or gs://"):
        Archive("carrier-pigeon://coop/bars")


def test_an_address_that_does_not_answer_is_an_error_of_ours(monkeypatch):
    from fsspec.implementations.memory import MemoryFileSystem

    def down(*_: object, **__: object) -> None:
        raise ConnectionError("the bucket does not answer")

    archive = Archive("memory://down")
    keep(archive, closes(2000.0), 0)
    for action, work in (("find", lambda: kept(archive)), ("pipe_file", lambda: keep(archive, closes(1.0, first=9), 1))):
        with monkeypatch.context() as patch:
            patch.setattr(MemoryFileSystem, action, down)
            with pytest.raises(BadArchive, match=r"could not be reached \(the bucket does not answer\)"):
                work()
    assert kept(archive) == closes(2000.0)
