"""levelhead data check, as a user runs it: findings in words, a table of two feeds, a repair beside the original."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from made_market import run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "market"))
from made_feeds import clean, inserted, two_feeds

from levelhead.market.bars_csv import bars_csv


@pytest.fixture(scope="module")
def feeds(tmp_path_factory) -> Path:
    """rty_good.csv and rty_free.csv of one made market, the second with strays; rty_clean.csv of another, without fault."""
    folder = tmp_path_factory.mktemp("feeds")
    made = two_feeds(1)
    (folder / "rty_good.csv").write_text(bars_csv(made.good))
    (folder / "rty_free.csv").write_text(bars_csv(inserted(made.free, "2022-11-24")))
    (folder / "rty_clean.csv").write_text(bars_csv(clean(1)))
    return folder


def test_a_clean_file_is_said_to_be_and_exits_0(feeds):
    result = run("data", "check", feeds / "rty_clean.csv")
    assert result.exit_code == 0
    head, empty, nothing = result.output.splitlines()
    assert head == "rty_clean.csv: RTY (E-mini Russell 2000 futures), 900 bars, 2021-01-04 to 2024-07-30"
    assert (empty, nothing) == ("", "Nothing was found.")


def test_findings_are_printed_in_words_and_exit_1(feeds):
    result = run("data", "check", feeds / "rty_free.csv")
    assert result.exit_code == 1
    words = " ".join(result.output.split())
    assert "warning expiry settlement" in words
    assert "warning stray row 1 rty_free.csv row" in words
    assert "(2022-11-24): CME_EQUITY has no session on this day." in words
    assert all(len(line) <= 110 for line in result.output.splitlines())


def test_two_feeds_are_laid_side_by_side(feeds):
    result = run("data", "check", feeds / "rty_free.csv", "--against", feeds / "rty_good.csv")
    assert result.exit_code == 1
    words = " ".join(result.output.split())
    assert "900 days in common" in words
    assert "How the feeds stand to each other: a constant offset" in words
    assert "expiry settlement 14" in words
    assert "roll window 28" in words
    assert "prints the special opening settlement as the close of 14 of 14 quarterly expiries" in words
    assert "this feed rolls later than rty_good.csv: on 28 days" in words
    assert "the last 20 of 42 (--all shows every one)" in words
    assert "is suspected" not in words  # the reference knows
    for name in ("sma_20", "sma_50", "sma_100", "sma_200", "rsi_14"):
        assert name in words
    whole = run("data", "check", feeds / "rty_free.csv", "--against", feeds / "rty_good.csv", "--all")
    assert len(whole.output.splitlines()) == len(result.output.splitlines()) + 22


def test_json_holds_every_day_and_number(feeds):
    result = run("data", "check", feeds / "rty_free.csv", "--against", feeds / "rty_good.csv", "--json")
    assert result.exit_code == 1
    document = json.loads(result.output)
    assert (document["symbol"], document["bars"], document["clean"]) == ("RTY", 901, False)
    assert {"stray_row", "expiry_settlement", "late_roll", "extra_row"} == {f["kind"] for f in document["findings"]}
    against = document["against"]
    assert (against["days"], len(against["differences"]), against["rolls_later"]) == (900, 42, "ours")
    assert {d["why"] for d in against["differences"]} == {"expiry settlement", "roll window"}
    assert [m["name"] for m in against["moved"]] == ["sma_20", "sma_50", "sma_100", "sma_200", "rsi_14"]


def test_a_repair_is_a_new_file_with_the_originals_beside_it(feeds, tmp_path):
    before = (feeds / "rty_free.csv").read_bytes()
    out = tmp_path / "mended.csv"
    result = run("data", "check", feeds / "rty_free.csv", "--against", feeds / "rty_good.csv", "--repair", out)
    assert result.exit_code == 1
    assert "Repaired: 28 roll window, 14 expiry settlement, 1 no session. 900 bars are in" in " ".join(result.output.split())
    assert (feeds / "rty_free.csv").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mended.changes.csv", "mended.csv"]
    assert len((tmp_path / "mended.changes.csv").read_text().splitlines()) == 1 + 28 + 14 + 1
    assert run("data", "check", out, "--symbol", "RTY", "--against", feeds / "rty_good.csv").exit_code == 0

    again = tmp_path / "again.csv"
    assert run("data", "check", out, "--symbol", "RTY", "--against", feeds / "rty_good.csv", "--repair", again).exit_code == 0
    assert again.read_bytes() == out.read_bytes()
    # the same repair once more writes the same files; another's file is not written over
    assert run("data", "check", feeds / "rty_free.csv", "--against", feeds / "rty_good.csv", "--repair", out).exit_code == 1
    out.write_text("mine")
    refused = run("data", "check", feeds / "rty_free.csv", "--against", feeds / "rty_good.csv", "--repair", out)
    assert refused.exit_code == 2
    assert "stands there already with other contents; give --repair a new name." in refused.output
    assert out.read_text() == "mine"


def test_the_original_is_never_the_target(feeds):
    before = (feeds / "rty_free.csv").read_bytes()
    result = run("data", "check", feeds / "rty_free.csv", "--against", feeds / "rty_good.csv", "--repair", feeds / "rty_free.csv")
    assert result.exit_code == 2
    assert "is one of the files that are read; the original is kept, so give another name." in result.output
    assert (feeds / "rty_free.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.csv"], "nowhere.csv does not exist; check the path."),
        (["rty_clean.csv", "--repair", "out.csv"], "--repair needs a reference; give --against FILE."),
        (["rty_clean.csv", "--tolerance", "1"], "--tolerance needs a reference; give --against FILE."),
        (["rty_clean.csv", "--against", "nowhere.csv"], "nowhere.csv does not exist; check the path."),
    ],
)
def test_bad_input_is_a_sentence_and_exits_2(arguments, sentence, feeds, monkeypatch):
    monkeypatch.chdir(feeds)
    result = run("data", "check", *arguments)
    assert result.exit_code == 2
    assert sentence in result.output


def test_impossible_rows_are_listed_with_the_rest(feeds, tmp_path):
    lines = (feeds / "rty_clean.csv").read_text().splitlines()
    lines[400] = lines[400].rsplit(",", 2)[0] + ",about 1990,5"
    path = tmp_path / "rty.csv"
    path.write_text("\n".join(lines))
    result = run("data", "check", path)
    assert result.exit_code == 1
    words = " ".join(result.output.split())
    assert "error text in number 1 rty.csv row 401" in words
    assert "close 'about 1990' is not a number. Left out." in words
    assert "1 CME_EQUITY session has no bar" in words


def test_a_bar_of_a_session_still_open_is_forming(feeds, tmp_path, monkeypatch):
    import datetime as dt

    from levelhead.doors import clock

    for hour, code in ((20, 1), (21, 0)):
        monkeypatch.setattr(clock, "now", lambda hour=hour: dt.datetime(2024, 7, 30, hour, tzinfo=dt.UTC))
        result = run("data", "check", feeds / "rty_clean.csv")
        assert result.exit_code == code
        assert ("the bar is still forming" in " ".join(result.output.split())) == (code == 1)


def test_the_symbol_is_read_off_the_name_of_the_file_or_given(feeds, tmp_path):
    path = tmp_path / "spx-2024.csv"
    path.write_bytes((feeds / "rty_clean.csv").read_bytes())
    assert run("data", "check", path).output.startswith("spx-2024.csv: SPX (S&P 500 index), 900 bars")
    assert run("data", "check", path, "--symbol", "rty").output.startswith("spx-2024.csv: RTY (")


def test_bars_that_are_kept_are_checked_by_their_symbol(monkeypatch, tmp_path):
    import datetime as dt

    from levelhead.doors.home import archive

    monkeypatch.setenv("LEVELHEAD_HOME", str(tmp_path))
    made = two_feeds(1)
    for source, bars in (("yahoo", made.free), ("stooq", made.good)):
        archive().append(bars, source=source, fetched_at=dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
    alone = run("data", "check", "rty")
    assert alone.exit_code == 1
    assert "expiry settlement" in alone.output
    assert run("data", "check", "RTY", "--source", "stooq").exit_code == 0
    both = run("data", "check", "RTY", "--against", "stooq")
    assert "this feed rolls later than" in " ".join(both.output.split())
    refused = run("data", "check", "RTY", "--against", "nasdaq")
    assert refused.exit_code == 2
    assert "nasdaq is neither a file nor a source from which RTY is kept; it is kept from stooq, yahoo." in refused.output
    unknown = run("data", "check", "NQ")
    assert unknown.exit_code == 2
    assert "NQ is neither a file nor a symbol whose bars are kept; check the path, or `levelhead data fetch NQ`." in unknown.output
