"""levelhead fit: weights learned from files of bars, in a file that a price takes."""

import json

import pytest
from made_market import run, write_made


@pytest.fixture(scope="module")
def histories(tmp_path_factory):
    folder = tmp_path_factory.mktemp("histories")
    for seed, name in enumerate(("rty.csv", "es.csv")):
        write_made(folder, name, last="2025-03-14", n=900, seed=seed + 30, price=2000.0)
    return folder


@pytest.fixture(scope="module")
def fitted(histories, tmp_path_factory):
    out = tmp_path_factory.mktemp("fitted") / "artefacts.json"
    return out, run(*given(histories), "--out", out)


def given(histories):
    return (
        "fit", f"RTY={histories / 'rty.csv'}", f"ES={histories / 'es.csv'}", "--every", 20, "--paths", 200, "--workers", 1,
        "--from", 2024,
    )  # fmt: skip


def test_a_series_of_artefacts_is_written(fitted):
    out, result = fitted
    assert result.exit_code == 0, result.stderr
    written = json.loads(out.read_text())["artefacts"]
    assert {each["kind"] for each in written} == {"split", "touch", "close"}
    assert {each["family"] for each in written} == {"all", "future", "RTY", "ES"}
    assert {each["last"][:4] for each in written} == {"2023", "2024", "2025"}
    for line in ("split  log score ", "touch  log score ", "close  log score ", f"{len(written)} artefacts in {out}."):
        assert line in result.stdout


def test_the_same_bars_give_the_same_bytes_and_classes_alone_can_be_kept(histories, fitted, tmp_path):
    again, classes = tmp_path / "again.json", tmp_path / "classes.json"
    assert run(*given(histories), "--out", again).exit_code == 0
    assert again.read_bytes() == fitted[0].read_bytes()
    assert run(*given(histories), "--classes-only", "--until", "2024-12-31", "--out", classes).exit_code == 0
    written = json.loads(classes.read_text())["artefacts"]
    assert {each["family"] for each in written} == {"all", "future"}
    assert max(each["last"] for each in written) < "2024-12-31"


def test_a_price_takes_what_was_fitted(histories, fitted):
    claim = "first of +2 ATR | -2 ATR within 8 sessions"
    result = run("price", "RTY", claim, "--bars", histories / "rty.csv", "--as-of", "2025-01-15", "--artefacts", fitted[0])
    assert result.exit_code == 0, result.stderr
    assert "settled forecasts of RTY, " in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ES", "--out", "x.json"], "ES has no file; write ES=FILE."),
        (["ES=absent.csv", "--out", "x.json"], "absent.csv"),
        (["ES=absent.csv", "--out", "nowhere/x.json"], "its folder does not exist; make it first"),
    ],
)
def test_what_cannot_be_fitted_is_one_sentence(arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("fit", *arguments)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


def test_a_history_too_short_to_ask_about_is_one_sentence(tmp_path):
    file = write_made(tmp_path, "es.csv", last="2025-03-14", n=300, seed=1, price=5000.0)
    result = run("fit", f"ES={file}", "--out", tmp_path / "x.json")
    assert result.exit_code == 2
    assert "No day of these bars could be asked about; give histories of more than 315 bars." in " ".join(result.stderr.split())
