"""What a person meets at the command line: help, exit codes, sentences instead of tracebacks, whole files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_market import made_lines, run, write_made

from levelhead.doors import note_command
from levelhead.doors.cli import main

COMMANDS = ("note", "explain", "price", "repaint", "data fetch", "data list", "data show")
LEVELHEAD = [sys.executable, "-c", "from levelhead.doors.cli import main; main()"]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(command):
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"levelhead {command} " in result.stdout.split("Examples:")[1]


def test_help_imports_nothing_heavy():
    code = (
        "import sys, click.testing\nfrom levelhead.doors.cli import main\n"
        "click.testing.CliRunner().invoke(main, ['note', '--help'])\n"
        "heavy = {'numpy', 'duckdb', 'pydantic', 'jinja2', 'matplotlib', 'talib', 'narwhals', 'scipy', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_version_is_the_packages():
    assert run("--version").stdout == f"levelhead {__import__('levelhead').__version__}\n"


def test_a_note_is_written_in_four_files_and_summed_up(market, tmp_path):
    result = run("note", "rty", "--bars", market / "rty.csv", "--peer", f"ES={market / 'es.csv'}", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    folder = tmp_path / "RTY-2025-03-14"
    assert sorted(p.name for p in folder.iterdir()) == ["chart.png", "note.html", "note.json", "note.md"]
    assert (folder / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads((folder / "note.json").read_text())["provenance"]["peers"][0]["symbol"] == "ES"
    assert "Scenarios" in result.stdout
    assert str(folder) in result.stdout


def test_one_text_format_goes_to_stdout_and_nothing_else_does(market):
    result = run("note", "RTY", "--bars", market / "rty.csv", "--format", "json")
    assert json.loads(result.stdout)["instrument"]["symbol"] == "RTY"
    assert not Path("notes").exists() or not list(Path("notes").glob("RTY-2025-03-14"))


def test_one_format_to_stdout_on_request_also_bytes(market):
    result = CliRunner().invoke(main, ["note", "RTY", "--bars", str(market / "rty.csv"), "--format", "png", "--out", "-"])
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["md", "html", "levels.csv", "pine"])
def test_each_text_format_is_given(market, name):
    assert len(run("note", "RTY", "--bars", market / "rty.csv", "--format", name).stdout) > 200


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["note"], "Missing argument 'SYMBOL'"),
        (["note", "RTY", "--format", "pdff"], "'pdff' is no format; there are md, html, json, png, levels.csv, pine."),
        (["note", "RTY", "--format", "md,json", "--out", "-"], "--out - prints one format; name it with --format"),
        (["note", "RTY", "--as-of", "13.03.2025"], "'13.03.2025' is not a date; write it as YYYY-MM-DD"),
        (["note", "RTY", "--risk", "0.5%"], "--account and --risk size a plan together; give both or neither."),
        (["note", "RTY", "--account", "50000", "--risk", "half"], "'half' is not a percentage; write 0.5%"),
        (["note", "RTY", "--account", "50000", "--risk", "400%"], "'400%' lies outside what can be risked"),
        (["note", "RTY", "--at", "10:30"], "--at, --high and --low describe the bar of a last price; give --last too."),
        (["note", "RTY", "--peer", "ES="], "'ES=' is no peer; write SYMBOL=FILE"),
        (["price", "RTY"], "Give a symbol and a claim"),
        (["price", "--questions", "q.csv"], "--questions needs --bars-dir DIR"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_with_exit_code_2(arguments, sentence):
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("soon", "--at 'soon' is no time that is understood; write it with"),
        ("10:30", "--at '10:30' names no time zone; write it with"),
    ],
)
def test_the_time_of_a_last_price_is_understood_or_refused(market, at, sentence):
    asked = ("note", "RTY", "--bars", market / "rty.csv", "--as-of", "2025-03-13", "--last", "2040", "--format", "json")
    assert sentence in refused(*asked, "--at", at)
    assert '"at":"10:30 New York"' in run(*asked, "--at", "10:30 New York").stdout


def refused(*arguments):
    """The one sentence on stderr of an order that was refused; nothing on stdout, no traceback."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("levelhead: ")
    return lines[0]


def test_without_bars_it_is_said_where_they_could_come_from():
    assert refused("note", "RTY") == (
        "levelhead: There are no bars of RTY: the archive holds none, and no source gave any (yahoo RTY=F could not be asked: "
        "the network is down; try again later). Give a file with --bars FILE, or try `levelhead data fetch RTY`, with "
        "--source NAME for another source."
    )


def test_two_places_for_bars_are_one_too_many(market):
    assert "leave one of them out" in refused("note", "IXIC", "--bars", market / "rty.csv", "--source", "sample")


HEADER = "date,open,high,low,close,volume"
ROW = "2025-01-{:02},100,101,99,100.5,10"
GOOD = [ROW.format(d) for d in (2, 3, 6, 7, 8, 9, 10, 13, 14, 15)]


def swapped(at, row):
    return [HEADER, *GOOD[:at], row, *GOOD[at + 1 :]]


BAD_FILES = {
    "empty": ([], "empty"),
    "header only": ([HEADER], "no bars|header"),
    "wrong columns": (["a,b,c", "1,2,3"], "column"),
    "mixed date formats": (swapped(4, "08/01/2025,100,101,99,100.5,10"), "row 6.*date"),
    "duplicate dates": (swapped(4, GOOD[3]), "2025-01-07"),
    "not a number": (swapped(4, "2025-01-08,100,101,99,NaN,10"), "row 6"),
    "zero price": (swapped(4, "2025-01-08,100,101,0,100.5,10"), "row 6"),
    "negative price": (swapped(4, "2025-01-08,100,101,-99,100.5,10"), "row 6"),
    "high below low": (swapped(4, "2025-01-08,100,98,99,98.5,10"), "row 6.*high"),
    "text in a number": (swapped(4, "2025-01-08,100,101,99,abc,10"), "row 6.*abc"),
    "a date twenty years off": (swapped(4, "2045-01-08,100,101,99,100.5,10"), "2045-01-08|row 6"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_by_a_sentence_that_names_the_place(tmp_path, kind):
    import re

    lines, pattern = BAD_FILES[kind]
    file = tmp_path / "bad.csv"
    file.write_text("\n".join(lines) + ("\n" if lines else ""))
    sentence = refused("note", "ZZZ", "--bars", file)
    assert "bad.csv" in sentence
    assert re.search(pattern, sentence), sentence


def test_the_sentences_for_bad_files_all_differ(tmp_path):
    said = set()
    for lines, _ in BAD_FILES.values():
        file = tmp_path / "bad.csv"
        file.write_text("\n".join(lines))
        said.add(refused("note", "ZZZ", "--bars", file))
    assert len(said) == len(BAD_FILES)


def test_binary_junk_a_folder_and_an_absent_file_are_refused(tmp_path):
    (tmp_path / "junk.csv").write_bytes(bytes(range(256)) * 40)
    said = [refused("note", "ZZZ", "--bars", tmp_path / name) for name in ("junk.csv", "", "absent.csv")]
    assert "junk.csv" in said[0]
    assert "is a directory" in said[1]
    assert "does not exist" in said[2]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_refused(tmp_path):
    file = tmp_path / "locked.csv"
    file.write_text(HEADER)
    file.chmod(0)
    assert "may not be read" in refused("note", "ZZZ", "--bars", file)


def test_an_as_of_outside_the_bars_is_refused(market):
    before = refused("note", "RTY", "--bars", market / "rty.csv", "--as-of", "1999-01-04")
    assert "rty.csv begins on" in before
    after = refused("note", "RTY", "--bars", market / "rty.csv", "--as-of", "2025-06-02")
    assert after == (
        "levelhead: rty.csv ends on 2025-03-14; as-of 2025-06-02 lies after its last bar. Give newer bars, or --as-of 2025-03-14."
    )


def test_an_as_of_on_a_weekend_is_the_bar_before_and_that_is_said(market):
    for day in ("2025-03-09", "2025-03-15"):
        result = run("note", "RTY", "--bars", market / "rty.csv", "--as-of", day, "--format", "json")
        bar = {"2025-03-09": "2025-03-07", "2025-03-15": "2025-03-14"}[day]
        assert json.loads(result.stdout)["as_of"] == bar
        assert f"has no bar on {day}; the note is of {bar}, the bar before." in result.stderr


def test_a_last_price_far_away_is_warned_of_and_stands_in_the_note(market):
    result = run("note", "RTY", "--bars", market / "rty.csv", "--last", "2700", "--format", "json")
    assert result.exit_code == 0
    assert "check --last" in result.stderr
    findings = json.loads(result.stdout)["provenance"]["findings"]
    assert [f["kind"] for f in findings].count("far_last_price") == 1


def test_a_last_price_nearby_is_taken_as_it_is(market):
    result = run("note", "RTY", "--bars", market / "rty.csv", "--last", "2050", "--format", "json")
    assert result.stderr == ""
    note = json.loads(result.stdout)
    assert note["facts"]["last"]["value"] == 2050
    assert note["provenance"]["provisional"]["price"] == 2050


def test_a_last_price_outside_its_own_range_is_refused(market):
    said = refused("note", "RTY", "--bars", market / "rty.csv", "--last", "2050", "--high", "2040")
    assert "low <= last <= high must hold" in said


@pytest.mark.parametrize("n", [10, 100])
def test_a_short_file_gives_what_can_be_computed_and_names_the_rest(tmp_path, n):
    write_made(tmp_path, "short.csv", last="2025-03-14", n=n, seed=5, price=100.0)
    result = run("note", "ZZZ", "--bars", tmp_path / "short.csv", "--format", "json")
    note = json.loads(result.stdout)
    assert ("sma_50" in note["facts"]) == (n == 100)
    assert "sma_200" not in note["facts"]
    assert any("200" in sentence for sentence in note["provenance"]["not_yet_known"])
    assert run("note", "ZZZ", "--bars", tmp_path / "short.csv", "--out", tmp_path).exit_code == 0


def test_reversed_rows_are_sorted_and_that_is_said(tmp_path):
    lines = made_lines(last="2025-03-14", n=60, seed=5, price=100.0)
    (tmp_path / "bars.csv").write_text("\n".join([lines[0], *lines[:0:-1]]))
    upside_down = json.loads(run("note", "ZZZ", "--bars", tmp_path / "bars.csv", "--format", "json").stdout)
    assert any("sorted" in f["text"] or f["kind"] == "sorted" for f in upside_down["provenance"]["findings"])
    (tmp_path / "bars.csv").write_text("\n".join(lines))
    ordered = json.loads(run("note", "ZZZ", "--bars", tmp_path / "bars.csv", "--format", "json").stdout)
    assert upside_down["facts"]["last"] == ordered["facts"]["last"]


def test_quarantine_leaves_an_impossible_row_out_and_lists_it(tmp_path):
    file = tmp_path / "bars.csv"
    file.write_text("\n".join(swapped(4, "2025-01-08,100,98,99,98.5,10")))
    note = json.loads(run("note", "ZZZ", "--bars", file, "--quarantine", "--format", "json").stdout)
    assert note["provenance"]["bars"] == 9
    assert note["provenance"]["left_out"][0]["row"] == 6


def test_a_peer_that_ends_early_is_said_and_one_that_starts_late_is_left_out(market, tmp_path):
    write_made(tmp_path, "old.csv", last="2025-02-14", n=300, seed=2, price=50.0)
    write_made(tmp_path, "new.csv", last="2025-12-31", n=20, seed=2, price=50.0)
    peers = [f"{name.upper()}={tmp_path / name}.csv" for name in ("old", "new")]
    result = run("note", "RTY", "--bars", market / "rty.csv", "--peer", peers[0], "--peer", peers[1], "--format", "json")
    assert "OLD ends on 2025-02-14, before the note's day 2025-03-14" in result.stderr
    assert "after the note's day 2025-03-14; it is left out" in result.stderr
    assert [p["symbol"] for p in json.loads(result.stdout)["provenance"]["peers"]] == ["OLD"]


def test_a_note_is_not_compared_with_itself(market):
    said = refused("note", "RTY", "--bars", market / "rty.csv", "--peer", f"RTY={market / 'rty.csv'}")
    assert "a peer needs another symbol" in said


def test_a_peer_given_twice_is_refused(market):
    es = f"ES={market / 'es.csv'}"
    assert "The peer ES is given twice" in refused("note", "RTY", "--bars", market / "rty.csv", "--peer", es, "--peer", es)


def test_an_unwritable_place_is_one_sentence(market, tmp_path):
    (tmp_path / "notes").write_text("a file")
    said = refused("note", "RTY", "--bars", market / "rty.csv", "--out", tmp_path / "notes", "--format", "md,json")
    assert "notes" in said


def test_an_interrupt_ends_with_130_and_leaves_nothing(market, tmp_path, monkeypatch):
    def stopped(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(note_command, "composed", stopped)
    result = run("note", "RTY", "--bars", market / "rty.csv", "--out", tmp_path)
    assert result.exit_code == 130
    assert result.stderr == "levelhead: stopped; no file was left half-written.\n"
    assert not list(tmp_path.iterdir())


def test_a_reader_that_goes_away_is_no_error(market):
    bars = market / "rty.csv"
    writer = subprocess.Popen(
        [*LEVELHEAD, "note", "RTY", "--bars", str(bars), "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    writer.stdout.close()
    assert writer.stderr.read() == b""
    assert writer.wait() == 141


def test_the_house_file_and_the_account_reach_the_note(market, tmp_path):
    house = tmp_path / "house.toml"
    house.write_text(
        '[house]\ndesk = "North Desk"\n[instruments.RTY]\nname = "Small caps"\nkind = "future"\ntick = 0.1\ndecimals = 1\n'
    )
    common = ["note", "RTY", "--bars", market / "rty.csv", "--house", house, "--format", "json"]
    note = json.loads(run(*common, "--account", "50000", "--risk", "0.5%").stdout)
    assert note["house"]["desk"] == "North Desk"
    assert note["instrument"]["name"] == "Small caps"


def test_a_price_is_given_in_words_and_as_json(market):
    claim = "first of 2140 | 1940 within 12 sessions"
    words = run("price", "RTY", claim, "--bars", market / "rty.csv").stdout
    assert all(outcome in words for outcome in ("up", "range", "down", "base rate", "days"))
    document = json.loads(run("price", "RTY", claim, "--bars", market / "rty.csv", "--json").stdout)
    assert sum(c["probability"] for c in document["chances"].values()) == pytest.approx(1)


def test_a_claim_nobody_understands_is_refused(market):
    assert "levelhead: " in refused("price", "RTY", "to the moon", "--bars", market / "rty.csv")


def test_a_table_of_questions_is_priced(market, tmp_path):
    (tmp_path / "q.csv").write_text("id,symbol,as_of,horizon,upper,lower\n7,rty,2025-03-14,12,2140,1940\n")
    result = run("price", "--questions", tmp_path / "q.csv", "--bars-dir", market, "--out", tmp_path / "a.csv")
    assert result.exit_code == 0, result.stderr
    header, row = (tmp_path / "a.csv").read_text().splitlines()
    assert header == "id,down,range,up"
    assert sum(map(float, row.split(",")[1:])) == pytest.approx(1, abs=1e-5)


def test_a_question_about_bars_that_are_not_there_is_refused(market, tmp_path):
    (tmp_path / "q.csv").write_text("id,symbol,as_of,horizon,upper,lower\n7,cl,2025-03-14,12,2140,1940\n")
    said = refused("price", "--questions", tmp_path / "q.csv", "--bars-dir", market, "--out", tmp_path / "a.csv")
    assert "holds no cl.csv" in said
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize(("symbol", "folder"), [("brk/b", "BRK_B"), ("../../x", ".._.._X"), ("a\\b", "A_B")])
def test_a_symbol_names_no_other_folder(market, tmp_path, symbol, folder):
    result = run("note", symbol, "--bars", market / "rty.csv", "--format", "md", "--out", tmp_path / "in" / "notes")
    assert result.exit_code == 0, result.stderr
    assert [p.name for p in (tmp_path / "in" / "notes").iterdir()] == [f"{folder}-2025-03-14"]
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


def test_the_last_day_that_a_date_can_be_is_refused_by_a_sentence(market):
    late = run("note", "RTY", "--bars", market / "rty.csv", "--as-of", "9999-12-31")
    assert late.exit_code == 2
    assert "lies after its last bar" in late.stderr
    claim = run("price", "RTY", "close above 2455 by 9999-12-31", "--bars", market / "rty.csv")
    assert claim.exit_code == 2
    assert "out of range" in claim.stderr
