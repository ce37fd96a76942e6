"""levelhead evidence, and the note that uses what it wrote."""

import json

import pytest
from made_market import run, write_made


@pytest.fixture(scope="module")
def gathered(market, tmp_path_factory):
    file = tmp_path_factory.mktemp("evidence") / "rty.json"
    done = run("evidence", "RTY", "--bars", market / "rty.csv", "--as-of", "2025-03-05", "--out", file)
    return done, file


def test_the_table_is_printed_and_the_dated_value_written(gathered):
    done, file = gathered
    assert done.exit_code == 0
    assert "What became of touched levels" in done.output
    document = json.loads(file.read_text())
    assert document["last"] == "2025-03-05"
    assert document["digest"].startswith("sha256:")
    assert {each["family"] for each in document["tried"]} == {"event", "level"}


@pytest.mark.parametrize(("form", "words"), [("md", "| Levels | Bars |"), ("html", "<h2>What became of touched levels</h2>")])
def test_the_same_comes_in_other_forms(market, form, words):
    done = run("evidence", "RTY", "--bars", market / "rty.csv", "--as-of", "2025-03-05", "--format", form)
    assert words in done.output


def test_a_note_of_that_day_or_a_later_one_uses_it(market, gathered):
    for day in ("2025-03-05", "2025-03-14"):
        done = run(
            "note",
            "RTY",
            "--bars",
            market / "rty.csv",
            "--as-of",
            day,
            "--evidence",
            gathered[1],
            "--paths",
            200,
            "--format",
            "json",
        )
        document = json.loads(done.output)
        section = next(each for each in document["sections"] if each["name"] == "evidence")
        assert "random levels at the same distance" in section["paragraphs"][0]
        (source,) = (each for each in document["provenance"]["beside"] if each["role"] == "evidence")
        written = json.loads(gathered[1].read_text())
        assert (source["digest"], source["last"]) == (written["digest"], "2025-03-05")


def test_a_note_gathers_that_of_signs_for_itself(market):
    done = run("note", "RTY", "--bars", market / "rty.csv", "--paths", 200, "--format", "json")
    document = json.loads(done.output)
    names = [each["name"] for each in document["sections"]]
    facts = [name for name in document["facts"] if name.startswith("evidence.")]
    assert bool(facts) == ("evidence" in names)
    assert not any(name.endswith(".held") for name in facts)


def refused(*arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def test_evidence_that_knows_a_later_day_is_refused(market, gathered):
    told = refused("note", "RTY", "--bars", market / "rty.csv", "--as-of", "2025-03-04", "--evidence", gathered[1])
    assert "knows what came up to 2025-03-05" in told
    assert "--as-of 2025-03-04" in told


def test_evidence_of_other_bars_is_refused(market, gathered, tmp_path):
    other = write_made(tmp_path, "rty.csv", last="2025-03-14", n=700, seed=99, price=2040.0)
    assert "other bars of RTY" in refused("note", "RTY", "--bars", other, "--evidence", gathered[1])
    assert "of RTY, the note is of" in refused("note", "ES", "--bars", market / "es.csv", "--evidence", gathered[1])


def test_what_is_no_evidence_is_refused(market, tmp_path):
    file = tmp_path / "no.json"
    file.write_text("{}")
    assert "no.json is no evidence" in refused("note", "RTY", "--bars", market / "rty.csv", "--evidence", file)
    assert "cannot be read" in refused("note", "RTY", "--bars", market / "rty.csv", "--evidence", tmp_path / "none.json")


def test_a_place_where_nothing_can_be_written_is_refused_before_the_work(market, tmp_path):
    assert "its folder does not exist" in refused(
        "evidence", "RTY", "--bars", market / "rty.csv", "--out", tmp_path / "no" / "x.json"
    )


def test_a_notebook_gathers_it_and_hands_it_to_a_note_of_that_day_or_later(market):
    import levelhead as lh
    from levelhead.domain.errors import BadDate

    bars = lh.read_bars(market / "rty.csv", "RTY")
    found = lh.gather_evidence(bars, as_of="2025-03-05")
    note = lh.compose_note(bars, evidence=found)
    assert "random levels at the same distance" in note.section("evidence").paragraphs[0]
    with pytest.raises(BadDate, match="The evidence knows what came up to 2025-03-05"):
        lh.compose_note(bars, as_of="2025-03-04", evidence=found)
