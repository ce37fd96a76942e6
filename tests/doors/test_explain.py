"""Any number of a note says where it comes from, and the user's own bars give it again."""

import json

import pytest
from made_market import run, write_made


@pytest.fixture(scope="module")
def folder(market, tmp_path_factory):
    """A note of the made market, made while its last bar was open."""
    out = tmp_path_factory.mktemp("notes")
    result = run(
        "note", "RTY", "--bars", market / "rty.csv", "--peer", f"ES={market / 'es.csv'}", "--last", "2031.5", "--out", out
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    return out / "RTY-2025-03-14"


def explained(folder, market, fact, *more):
    result = run("explain", folder, fact, *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_a_fact_is_explained_from_the_folder_or_the_file(folder, market):
    said = explained(folder, market, "sma_50")
    assert "mean(closes)" in said
    assert explained(folder / "note.json", market, "sma_50") == said


def test_every_numeric_fact_comes_out_of_the_bars_again(folder, market):
    from levelhead.doors.explain_command import read_note
    from levelhead.doors.face import read_bars
    from levelhead.doors.recompute import recomputed

    note = read_note(folder)
    bars, peers = read_bars(market / "rty.csv", "RTY"), {"ES": read_bars(market / "es.csv", "ES")}
    numeric = [name for name, fact in note.facts.items() if isinstance(fact.value, int | float)]
    assert len(numeric) > 100
    for name in numeric:
        assert recomputed(note, name, bars, peers).agrees, name


def test_what_became_of_a_level_is_explained_by_its_bars(folder, market):
    note = json.loads((folder / "note.json").read_text())
    level = next(level for level in note["levels"] if f"level.{level['name']}.passed" in note["facts"])
    said = explained(folder, market, f"level.{level['name']}.passed")
    shown = said.partition("the two closes in a row beyond it:")[2].split("\n")[1:3]
    on = note["facts"][f"level.{level['name']}.passed"]["date"]
    assert shown[1].split()[0] == on
    closes = [float(line.split()[-1].replace(",", "")) for line in shown]
    assert all(close > level["high"] for close in closes) or all(close < level["low"] for close in closes)


def test_bars_the_note_does_not_carry_are_listed_by_date(folder, market):
    said = explained(folder, market, "all_time_high", "--bars", market / "rty.csv")
    first = (market / "rty.csv").read_text().splitlines()[1].split(",")
    assert f"  {first[0]}  {float(first[2]):,.10g}" in said
    assert "more ..." in said


def test_other_bars_do_not_pass_for_the_notes(folder, market):
    result = run("explain", folder, "sma_50", "--bars", market / "nq.csv")
    assert result.exit_code == 1
    assert "NOT the" in result.stdout


def test_bars_with_a_hole_are_refused(folder, tmp_path):
    file = write_made(tmp_path, "holes.csv", last="2025-03-14", n=700, seed=11, price=2040.0)
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:-10], *lines[-9:]]))
    result = run("explain", folder, "sma_50", "--bars", file)
    assert result.exit_code == 2
    assert "was computed from 50 bars" in result.stderr


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("sma_5", "RTY-2025-03-14 holds no 'sma_5'; did you mean sma_50"),
        ("qqqq", "holds no 'qqqq'; there are adx_14, all_time_high, "),
    ],
)
def test_an_unknown_fact_names_its_neighbours_or_the_groups(folder, fact, sentence):
    result = run("explain", folder, fact)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_word_and_an_estimate_are_not_recomputed(folder, market):
    word = run("explain", folder, "structure", "--bars", market / "rty.csv")
    assert (word.exit_code, "is the word" in word.stderr) == (2, True)
    estimate = run("explain", folder, "sigma", "--bars", market / "rty.csv")
    assert (estimate.exit_code, "is an estimate of the future" in estimate.stderr) == (2, True)
    assert estimate.stdout == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("{", "is not JSON"), ("{}", "holds no schema_version"), ('{"schema_version": "0"}', "has schema version '0'")],
)
def test_what_is_no_note_is_refused(tmp_path, text, sentence):
    (tmp_path / "note.json").write_text(text)
    result = run("explain", tmp_path, "sma_50")
    assert (result.exit_code, sentence in result.stderr) == (2, True)


def test_a_note_that_is_not_there_is_refused(tmp_path):
    result = run("explain", tmp_path, "sma_50")
    assert result.exit_code == 2
    assert "note.json cannot be read (No such file or directory)" in result.stderr


def test_the_json_holds_what_was_asked_for(folder):
    note = json.loads((folder / "note.json").read_text())
    assert note["provenance"]["provisional"] == {"price": 2031.5, "at": None, "range_as_given": False}


def test_touches_show_the_bars_that_touched(folder, market):
    note = json.loads((folder / "note.json").read_text())
    rows = [line.split(",") for line in (market / "rty.csv").read_text().splitlines()[1:]][-253:]
    for level in note["levels"]:
        # by hand: the bar reaches the zone and the one before it does not; the open bar's range is what the note says
        reached = [float(row[2]) >= level["low"] and float(row[3]) <= level["high"] for row in rows[:-1]]
        dates = [rows[i][0] for i in range(1, 252) if reached[i] and not reached[i - 1]]
        said = explained(folder, market, f"level.{level['name']}.touches", "--bars", market / "rty.csv")
        listed = [line.split()[0] for line in said.splitlines() if line.startswith("    2") and " high " in line]
        assert [day for day in listed if day != rows[-1][0]] == dates
        assert len(listed) == level["touches"]
        assert "as the note has it" in said


@pytest.mark.parametrize("fact", ["level.r1.touches", "level.r1.held", "level.r1.strength", "expiry.sessions"])
def test_no_count_explains_itself_by_itself(folder, market, fact):
    said = explained(folder, market, fact)
    formula = next(line.split("formula")[1].strip() for line in said.splitlines() if line.strip().startswith("formula"))
    assert formula not in {"visits", "age", "strength", "sessions"}
    assert "recomputed" in said


def test_sessions_to_expiry_are_weekdays_less_those_without_a_session(folder, market):
    # from Friday 14 March 2025 to Friday the 21st: five weekdays, no holiday among them
    said = explained(folder, market, "expiry.sessions")
    assert "weekdays after 2025-03-14 to 2025-03-21, of which each has a session" in said
    assert "5 − 0 = 5" in said
