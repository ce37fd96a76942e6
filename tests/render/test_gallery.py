"""The gallery: the pictures that lie in docs are those of the script that writes it."""

from __future__ import annotations

import importlib.util
import struct
from collections import Counter
from pathlib import Path

import made_note
import pytest
from click.testing import CliRunner

from levelhead.domain.errors import BadNote
from levelhead.wire.document import to_document

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "docs" / "gallery"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("write_gallery", ROOT / "scripts" / "write_gallery.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_the_real_bars_one_sentence_says_so_and_nothing_is_written(script, tmp_path):
    out = CliRunner().invoke(
        script.main, [str(tmp_path / "all"), "--data", str(tmp_path / "none"), "--out", str(tmp_path / "gallery")]
    )
    assert out.exit_code == 0
    assert out.output.startswith("There are no bars in ")
    assert out.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_two_pictures_of_each_instrument_are_chosen_among_its_days(script):
    instruments = {*script.FUTURES, *script.FUNDS, *script.STOCKS}
    assert (len(instruments), len(script.DAYS)) == (6, 12)
    assert Counter(symbol for symbol, _, _ in script.SHOWN) == dict.fromkeys(instruments, 2)
    assert len({(symbol, day) for symbol, day, _ in script.SHOWN}) == 12
    assert {day for _, day, _ in script.SHOWN} <= set(script.DAYS)


def test_the_pictures_in_docs_are_the_chosen_ones_each_small_and_shown_in_the_readme(script):
    files = {f"{symbol.lower()}-{day}.png" for symbol, day, _ in script.SHOWN}
    assert {file.name for file in GALLERY.glob("*.png")} == files
    readme = (GALLERY / "README.md").read_text(encoding="utf-8")
    for file in files:
        png = (GALLERY / file).read_bytes()
        assert len(png) < 120_000
        assert struct.unpack(">II", png[16:24]) == (script.WIDTH, script.HEIGHT)
        assert f"]({file})" in readme


def test_what_stands_above_a_picture_is_a_sentence_of_its_note(script):
    document = to_document(made_note.made_note())
    document["sections"] = [{"name": "a", "title": "A", "paragraphs": ["Up. The last is {last|price}. RSI reads {rsi_14}."]}]
    assert script.sentence(document, "rsi_14") == f"RSI reads {document['facts']['rsi_14']['value']:.1f}."
    with pytest.raises(BadNote, match="says nothing of 'channel'"):
        script.sentence(document, "channel")
