from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.testing import assert_allclose

from levelhead.config import HouseFile
from levelhead.doors.cli import main
from levelhead.doors.face import written
from levelhead.doors.repaint import differences
from levelhead.market.continuous import continuous
from levelhead.market.contracts import read_contracts
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.rolls import parse_rule
from levelhead.market.sessions import session_table

FACTOR = 1.01
EXPIRIES = ("2023-03-17", "2023-06-16", "2023-09-15")
CONTRACTS = ("RTYH3", "RTYM3", "RTYU3")
ROLLS = ("2023-03-13", "2023-06-12")  # volume passes on the Monday of each expiry week


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def contracts(tmp_path):
    """Three contracts, each a hundredth dearer than the one before, and the index below them."""
    table = session_table("CME_EQUITY")
    days = table.between(np.datetime64("2022-09-01").item(), np.datetime64("2023-09-15").item())
    spot = 1800 * np.exp(np.cumsum(np.random.default_rng(2).normal(0, 0.01, len(days))))
    folder = tmp_path / "contracts"
    folder.mkdir()
    for k, (name, expiry) in enumerate(zip(CONTRACTS, EXPIRIES, strict=True)):
        rows = ["date,open,high,low,close,volume"]
        for day, price in zip(days, spot, strict=True):
            if day > np.datetime64(expiry):
                break
            front = sum(str(day) >= roll for roll in ROLLS)
            close = round(price * FACTOR**k, 1)
            rows.append(f"{day},{close},{close + 6:.1f},{close - 6:.1f},{close},{9000 if front == k else 100}")
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n")
    lines = ["date,open,high,low,close"] + [f"{d},{p:.2f},{p + 6:.2f},{p - 6:.2f},{p:.2f}" for d, p in zip(days, spot, strict=True)]
    (tmp_path / "rut.csv").write_text("\n".join(lines) + "\n")
    return folder


def test_a_note_from_contracts_names_its_contract_and_its_rolls(run, contracts):
    done = run("note", "RTY", "--contracts", contracts, "--as-of", "2023-06-13", "--format", "json")
    assert done.exit_code == 0, done.output
    note = json.loads(done.stdout)
    assert note["contract"] == "RTYU3"
    rolls = note["provenance"]["rolls"]
    assert [(r["date"], r["from_contract"], r["to_contract"]) for r in rolls] == [
        (ROLLS[0], "RTYH3", "RTYM3"),
        (ROLLS[1], "RTYM3", "RTYU3"),
    ]
    assert [r["factor"] for r in rolls] == pytest.approx([FACTOR, FACTOR], abs=1e-4)
    assert note["provenance"]["frame"] == "as traded"
    assert {level["frame"] for level in note["levels"]} == {"as traded"}
    assert "RTYU3" in note["facts"]["expiry.date"]["meaning"]
    assert note["facts"]["expiry.date"]["value"] == EXPIRIES[2]


def test_the_note_of_a_day_does_not_know_the_roll_after_it(run, contracts):
    done = run("note", "RTY", "--contracts", contracts, "--as-of", "2023-06-09", "--format", "json")
    note = json.loads(done.stdout)
    assert note["contract"] != "RTYU3"
    assert [r["date"] for r in note["provenance"]["rolls"]] == [ROLLS[0]]


@pytest.mark.parametrize("day", ["2023-03-10", "2023-03-13", "2023-06-09", "2023-06-13"])
def test_a_folder_of_contracts_cut_on_a_day_gives_the_same_bytes(run, contracts, tmp_path, day):
    (tmp_path / "cut").mkdir()
    for file in contracts.iterdir():
        lines = file.read_text().splitlines()
        kept = [line for line in lines[1:] if line[:10] <= day]
        (tmp_path / "cut" / file.name).write_text("\n".join([lines[0], *kept]) + "\n")
    asked = ("note", "RTY", "--as-of", day, "--format", "json", "--contracts")
    whole, cut = run(*asked, contracts), run(*asked, tmp_path / "cut")
    assert whole.exit_code == 0, whole.output
    assert whole.stdout == cut.stdout


def test_a_reference_that_parts_from_the_series_later_is_not_refused_before(run, contracts):
    assert run("data", "roll", "--contracts", contracts, "--out", "rty.csv").exit_code == 0
    asked = ("note", "RTY", "--bars", "rty.csv", "--roll-reference", "RUT=rut.csv", "--format", "json", "--as-of")
    before = run(*asked, "2023-02-15")
    lines = Path("rut.csv").read_text().splitlines()
    wild = [
        f"{line[:10]},{price},{price},{price},{price}"
        for line, price in zip(lines[1:], itertools.cycle((900, 1800, 3000)), strict=False)
    ]
    Path("rut.csv").write_text(
        "\n".join(w if i and line > "2023-02-16" else line for i, (line, w) in enumerate(zip(lines, ["", *wild], strict=True)))
        + "\n"
    )
    after = run(*asked, "2023-02-15")
    assert after.exit_code == 0, after.output
    assert after.stdout == before.stdout
    assert "does not move with RTY" in run(*asked, "2023-09-14").stderr


def test_adjusted_by_ratio_levels_stand_in_the_contract_of_the_day(run, contracts):
    asked = ("note", "RTY", "--contracts", contracts, "--as-of", "2023-06-13", "--format", "json")
    traded, adjusted = (json.loads(run(*asked, "--adjust", how).stdout) for how in ("none", "ratio"))
    assert adjusted["provenance"]["frame"] == "back-adjusted"
    assert adjusted["facts"]["last"]["value"] == traded["facts"]["last"]["value"]
    assert adjusted["facts"]["sma_50"]["value"] > traded["facts"]["sma_50"]["value"] * 1.005
    assert adjusted["estimates"]["sigma"]["value"] == pytest.approx(traded["estimates"]["sigma"]["value"], rel=1e-6)


def test_adjusted_by_difference_the_past_of_a_claim_is_the_same(run, contracts):
    asked = ("note", "RTY", "--contracts", contracts, "--as-of", "2023-06-13", "--format", "json")
    traded, adjusted = (json.loads(run(*asked, "--adjust", how).stdout) for how in ("none", "difference"))
    assert {roll["date"] for roll in adjusted["provenance"]["rolls"]} == set(ROLLS)
    gap = traded["facts"]["roll.gap"]["value"]
    before = sum(
        day.item() < dt.date.fromisoformat(ROLLS[1])
        for day in session_table("CME_EQUITY").between(dt.date(2023, 1, 1), dt.date(2023, 6, 13))[-50:]
    )
    moved = adjusted["facts"]["sma_50"]["value"] - traded["facts"]["sma_50"]["value"]
    assert moved == pytest.approx(gap * before / 50)


@pytest.mark.parametrize("how", ["none", "ratio", "difference"])
def test_the_numbers_of_a_rolled_note_are_explained_in_its_own_frame(run, contracts, how):
    assert run("data", "roll", "--contracts", contracts, "--out", "rty.csv").exit_code == 0
    asked = ("note", "RTY", "--bars", "rty.csv", "--roll-reference", "RUT=rut.csv", "--as-of", "2023-06-13", "--out", "notes")
    assert run(*asked, "--format", "json", "--adjust", how).exit_code == 0
    for name in ("sma_50", "atr_14", "roll.gap", "all_time_high"):
        told = run("explain", "notes/RTY-2023-06-13", name, "--bars", "rty.csv")
        assert told.exit_code == 0, told.output
        assert "as the note has it" in told.stdout


def test_the_frames_are_told_apart_in_words_without_loose_digits(run, contracts):
    text = run("note", "RTY", "--contracts", contracts, "--as-of", "2023-06-13", "--format", "md").stdout
    said = text.partition("Contract and frames")[2]
    assert "The series quotes RTYU3 since 12 June 2023, when it rolled from RTYM3" in said
    assert "read from both contracts" in said
    assert "Rolls: RTYM3 to RTYU3 on 2023-06-12, gap +" in said
    page = run("note", "RTY", "--contracts", contracts, "--as-of", "2023-06-13", "--format", "html").stdout
    assert "RTYM3 to RTYU3 on 2023-06-12, gap +" in page


def test_a_note_without_rolls_has_no_word_of_them(run, contracts):
    done = run("note", "RUT", "--bars", "rut.csv", "--format", "json")
    note = json.loads(done.stdout)
    assert "rolls" not in note["provenance"]
    assert all("frame" not in level for level in note["levels"])
    assert not [name for name in note["facts"] if name.startswith(("roll.", "frames."))]


def test_rolls_of_a_given_series_are_found_by_a_reference_and_said_to_be_estimated(run, contracts):
    assert run("data", "roll", "--contracts", contracts, "--out", "rty.csv").exit_code == 0
    done = run("data", "roll", "--bars", "rty.csv", "--reference", "rut.csv")
    assert done.exit_code == 0, done.output
    assert re.search(
        rf"{ROLLS[1]}\s+RTYM3\s+RTYU3\s+\+\d+\.\d\s+\d\.\d\s+1\.0\d+\s+{ROLLS[1]}\s+estimated: calendar and basis to RUT",
        done.stdout,
    )
    note = json.loads(run("note", "RTY", "--bars", "rty.csv", "--roll-reference", "RUT=rut.csv", "--format", "json").stdout)
    assert {roll["estimated"] for roll in note["provenance"]["rolls"]} == {True}
    assert note["facts"]["roll.kind"]["value"] == "estimated"


def test_the_series_and_its_table_are_written_and_read_back(run, contracts, tmp_path):
    done = run("data", "roll", "--contracts", contracts, "--out", tmp_path / "rty.csv")
    assert done.exit_code == 0, done.output
    with (tmp_path / "rty.rolls.csv").open() as lines:
        assert [row["date"] for row in csv.DictReader(lines)] == list(ROLLS)
    asked = ("note", "RTY", "--as-of", "2023-06-13", "--format", "json")
    again = json.loads(run(*asked, "--bars", "rty.csv", "--roll-table", "rty.rolls.csv").stdout)
    first = json.loads(run(*asked, "--contracts", contracts).stdout)
    assert again["provenance"]["digest"] == first["provenance"]["digest"]
    assert again["facts"] == first["facts"]


def test_an_adjusted_series_is_written_in_the_last_contract(run, contracts, tmp_path):
    run("data", "roll", "--contracts", contracts, "--out", tmp_path / "traded.csv")
    run("data", "roll", "--contracts", contracts, "--adjust", "ratio", "--out", tmp_path / "ratio.csv")
    traded, ratio = (_closes(tmp_path / name) for name in ("traded.csv", "ratio.csv"))
    assert traded[-1] == ratio[-1]
    assert_allclose(ratio[0] / traded[0], FACTOR**2, rtol=1e-4)


def _closes(path: Path) -> np.ndarray:
    with path.open() as lines:
        return np.array([float(row["close"]) for row in csv.DictReader(lines)])


def test_rules_stand_side_by_side_with_the_averages_they_move(run, contracts):
    done = run("data", "roll", "--contracts", contracts, "--compare", "volume", "--compare", "days:8", "--compare", "weekday:mon")
    assert done.exit_code == 0, done.output
    assert "2  8 calendar days before expiry" in done.stdout
    # volume passes on the very Mondays; the eighth day before 17 March 2023 is the 9th
    assert re.search(r"RTYH3\s+RTYM3\s+2023-03-13 \+\d+\.\d\s+2023-03-09 \+\d+\.\d\s+2023-03-13", done.stdout)
    assert "The rules quote different contracts on 4 days." in done.stdout
    assert re.search(r"as traded\s+50-day\s+[\d,.]+\s+[\d,.]+ \([+-]\d", done.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("note", "RTY", "--contracts", "contracts", "--bars", "rut.csv"), "--contracts are the bars"),
        (("note", "RTY", "--contracts", "contracts", "--roll", "sometimes"), "is no roll rule"),
        (("note", "RTY", "--bars", "rut.csv", "--roll", "volume"), "--roll says how --contracts are joined"),
        (("note", "RTY", "--bars", "rut.csv", "--adjust", "ratio"), "has no known roll"),
        (("note", "RTY", "--bars", "rut.csv", "--roll-reference", "RUT"), "names no file"),
        (("note", "RTY", "--bars", "rut.csv", "--roll-reference", "ES=rut.csv"), "ES rolls itself"),
        (("note", "RTY", "--contracts", "absent"), "is no folder"),
        (("note", "ES", "--contracts", "contracts"), "holds no contract of ES"),
        (("data", "roll"), "Give either --contracts DIR"),
        (("data", "roll", "--bars", "rut.csv"), "alone does not show its rolls"),
        (("data", "roll", "--bars", "rut.csv", "--compare", "usual"), "give --contracts DIR"),
    ],
)
def test_what_does_not_go_together_is_one_sentence(run, contracts, words, said):
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_the_instrument_of_the_made_contracts_expires_where_the_test_says():
    assert find_instrument("RTY").months == "HMUZ"


@pytest.mark.parametrize("day", ["2023-06-09", "2023-06-12", "2023-06-13"])
def test_the_note_of_a_day_beside_a_roll_does_not_repaint(contracts, day):
    instrument, sessions = find_instrument("RTY"), session_table("CME_EQUITY")
    series = continuous(read_contracts(contracts, instrument, sessions=sessions), parse_rule("volume"), sessions=sessions)
    moment = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)

    def write(material):
        return written(material, house=HouseFile(), moment=moment)

    assert list(differences(dt.date.fromisoformat(day), series, {}, write)) == []


@pytest.fixture
def given(run, contracts):
    """The joined series as a file that names no rolls, its index beside it."""
    assert run("data", "roll", "--contracts", contracts, "--out", "rty.csv").exit_code == 0
    return ("note", "RTY", "--bars", "rty.csv", "--format", "json")


def _findings(note, kind):
    return [finding["text"] for finding in note["provenance"]["findings"] if finding["kind"] == kind]


def test_a_peer_on_the_same_thing_shows_the_rolls_by_itself(run, given):
    done = run(*given, "--peer", "RUT=rut.csv")
    note, asked = (
        json.loads(done.stdout),
        json.loads(run(*given, "--peer", "RUT=rut.csv", "--roll-reference", "RUT=rut.csv").stdout),
    )
    # the first contract was quoted over the expiry of December too: a roll of nothing is looked for there, and found to be nothing
    nothing, *found = note["provenance"]["rolls"]
    assert [roll["date"] for roll in found] == list(ROLLS)
    assert abs(nothing["gap"]) < 2 * nothing["gap_error"]
    assert note["provenance"]["rolls"] == asked["provenance"]["rolls"]
    assert note["facts"] == asked["facts"]
    assert note["facts"]["roll.kind"]["value"].startswith("estimated")
    assert note["facts"]["roll.gap_error"]["value"] > 0
    assert note["provenance"]["frame"] == "as traded"
    (told,) = _findings(note, "estimated_rolls")
    assert (
        "rty.csv names no rolls; 3 were estimated from the calendar and the basis to RUT (rut.csv), the last on 2023-06-12" in told
    )
    assert told in done.stderr
    assert not _findings(asked, "estimated_rolls")


def test_a_fund_on_the_same_index_shows_them_too_and_another_index_does_not(run, given):
    Path("iwm.csv").write_text(Path("rut.csv").read_text())
    assert len(json.loads(run(*given, "--peer", "IWM=iwm.csv").stdout)["provenance"]["rolls"]) == 3
    assert "rolls" not in json.loads(run(*given, "--peer", "SPX=rut.csv").stdout)["provenance"]


def test_who_wants_no_rolls_gets_none(run, given):
    note = json.loads(run(*given, "--peer", "RUT=rut.csv", "--roll-reference", "none").stdout)
    assert "rolls" not in note["provenance"]
    assert not _findings(note, "estimated_rolls")
    assert not _findings(note, "unknown_rolls")


def test_without_a_reference_the_calendar_says_what_it_can(run, given):
    (told,) = _findings(json.loads(run(*given).stdout), "unknown_rolls")
    # expiry 2023-09-15, the last bar: eight sessions before it and two after
    assert "by the calendar 5 times, the last from RTYU3 to RTYZ3 on a day between 2023-09-05 and 2023-09-19" in told
    assert "the day and the gap are unknown" in told
    assert "--peer RUT=FILE" in told
    done = run("data", "roll", "--bars", "rty.csv")
    assert done.exit_code == 0, done.output
    # expiry 2023-06-16; Monday the 19th is a holiday, whose hours belong to the 20th
    assert re.search(r"2023-06-06\s+2023-06-21\s+RTYM3\s+RTYU3\s+unknown", done.stdout)
    assert run("data", "roll", "--bars", "rty.csv", "--out", "x.csv").exit_code == 2


def test_a_peer_that_cannot_show_rolls_is_named_and_the_note_is_written(run, given):
    lines = Path("rut.csv").read_text().splitlines()
    prices = itertools.cycle((900, 1800, 3000))
    wild = [f"{line[:10]},{p},{p},{p},{p}" for line, p in zip(lines[1:], prices, strict=False)]
    Path("rut.csv").write_text("\n".join([lines[0], *wild]) + "\n")
    done = run(*given, "--peer", "RUT=rut.csv")
    assert done.exit_code == 0, done.output
    assert "RUT does not move with RTY" in _findings(json.loads(done.stdout), "unknown_rolls")[0]


def test_rolls_shown_by_a_peer_can_be_taken_out(run, given):
    note = json.loads(run(*given, "--peer", "RUT=rut.csv", "--adjust", "difference", "--out", "-").stdout)
    assert note["provenance"]["adjustment"] == "difference"
    assert note["provenance"]["frame"] == "back-adjusted"
    sigma = json.loads(run(*given, "--peer", "RUT=rut.csv").stdout)["estimates"]["sigma"]["value"]
    assert note["estimates"]["sigma"]["value"] == pytest.approx(sigma, rel=1e-9)


def test_an_open_bar_shows_no_roll(run, given):
    whole = json.loads(run(*given, "--peer", "RUT=rut.csv", "--as-of", ROLLS[1]).stdout)
    assert [roll["date"] for roll in whole["provenance"]["rolls"]][1:] == list(ROLLS)
    last = str(whole["facts"]["last"]["value"])
    for asked in (("--peer", "RUT=rut.csv"), ("--roll-reference", "RUT=rut.csv")):
        still_open = json.loads(run(*given, *asked, "--as-of", ROLLS[1], "--last", last).stdout)
        assert [roll["date"] for roll in still_open["provenance"]["rolls"]][1:] == [ROLLS[0]]


@pytest.mark.parametrize("day", ["2023-03-13", "2023-06-09", "2023-06-12", "2023-06-14"])
def test_rolls_shown_by_a_peer_do_not_repaint(given, day):
    bars, index = (read_bars(Path(name), find_instrument(symbol)) for name, symbol in (("rty.csv", "RTY"), ("rut.csv", "RUT")))
    moment = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)

    def write(material):
        note = written(material, house=HouseFile(), moment=moment)
        assert note.provenance.rolls
        return note

    assert list(differences(dt.date.fromisoformat(day), bars, {"RUT": index}, write)) == []


@pytest.mark.parametrize("how", ["ratio", "difference"])
def test_an_older_note_that_does_not_say_how_it_was_adjusted_is_explained_all_the_same(run, given, how):
    written_note = run(*given, "--peer", "RUT=rut.csv", "--as-of", "2023-06-13", "--adjust", how).stdout
    note = json.loads(written_note)
    assert note["provenance"].pop("adjustment") == how
    for name, text in (("new", written_note), ("old", json.dumps(note))):
        Path(f"{name}.json").write_text(text)
        told = run("explain", f"{name}.json", "sma_50", "--bars", "rty.csv")
        assert told.exit_code == 0, told.output
        assert "as the note has it" in told.stdout
