"""levelhead evaluate, from its arguments to its page: the answer printed, two files written, placebos on request."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from levelhead.doors.cli import main

ASKED = ["evaluate", "IXIC", "--source", "sample", "--from", "2017-06-01", "--every", "60", "--paths", "200", "--workers", "1"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    pytest.importorskip("arch")
    monkeypatch.setenv("LEVELHEAD_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def asked(*more: str):
        return CliRunner().invoke(main, [*ASKED, *more], catch_exceptions=False)

    return asked


def test_the_answer_is_printed_and_a_page_and_its_data_are_written(run, tmp_path):
    done = run()
    assert done.exit_code == 0, done.output
    (folder,) = (path for path in (tmp_path / "evaluations").iterdir() if path.name.startswith("IXIC"))
    document = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    assert folder.name == f"IXIC-{document['run']['first']}-{document['run']['last']}"
    for sentence in document["words"]:
        assert sentence in done.stdout
        assert sentence.endswith(".")
    assert done.stdout.rstrip().endswith("evaluation.json.")
    assert "<!doctype html>" in (folder / "evaluation.html").read_text(encoding="utf-8")
    assert document["placebo"] == []


def test_asked_twice_it_writes_the_same_bytes(run, tmp_path):
    assert run("--out", "one").exit_code == run("--out", "two", "--fresh").exit_code == 0
    (one,), (two,) = ([p for p in (tmp_path / name).iterdir() if p.name.startswith("IXIC")] for name in ("one", "two"))
    for name in ("evaluation.json", "evaluation.html"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_placebo_worlds_are_walked_on_request(run, tmp_path):
    done = run("--placebo")
    assert done.exit_code == 0, done.output
    for world in ("pure random walk", "shuffled days", "bootstrapped blocks", "days turned by a coin"):
        assert f"Placebo world, {world}" in done.stdout
