"""A stranger's file is opened in a process of its own, which is stopped where it takes too much."""

import subprocess
import sys
from pathlib import Path

import pytest
from made_pdf import busy_pdf, lines, made_pdf, picture_pdf, swelling_pdf

from levelhead.domain.errors import BadNote
from levelhead.doors import apart
from levelhead.doors.apart import note_bytes, read_text
from levelhead.review.source import MOST_BYTES, text_of

PAGE = "<html><body><h2>Levels</h2><table><tr><th>Level</th></tr><tr><td>2,350–2,360</td></tr></table></body></html>"


@pytest.mark.parametrize(
    "data", [made_pdf(lines("Support 2,350 – 2,360")), PAGE.encode(), b"Support 2,350"], ids=["pdf", "html", "text"]
)
def test_a_note_is_the_same_opened_apart(data):
    assert read_text(data, name="note") == text_of(data, name="note")


def test_what_is_refused_there_is_refused_here_in_the_same_words():
    with pytest.raises(BadNote, match=r"note.pdf holds no text, only pictures of it; give the note as text."):
        read_text(picture_pdf(), name="note.pdf")


def test_a_file_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 1.0)
    with pytest.raises(BadNote, match=r"note.pdf takes longer than 1 s to open as a PDF; give the note as text."):
        read_text(busy_pdf(30), name="note.pdf")


def test_a_file_that_takes_too_much_memory_or_time_of_the_processor_is_stopped(monkeypatch):
    # a child that has nothing left ends without an answer, whatever it met
    monkeypatch.setattr(
        apart, "_CHILD", "import resource; resource.setrlimit(resource.RLIMIT_AS, (10**8, 10**8)); bytearray(10**9)"
    )
    with pytest.raises(BadNote, match=r"note.pdf takes more than 1 GB or 4 s to open as a PDF"):
        read_text(made_pdf(lines("Support 2,350")), name="note.pdf")


def test_the_child_has_the_limits_that_are_said():
    asked = "print(*(resource.getrlimit(limit)[0] for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU)))"
    words = f"import resource; from levelhead.doors import apart; apart._limit(); {asked}"
    assert subprocess.run([sys.executable, "-c", words], capture_output=True, check=True).stdout.split() == [b"1000000000", b"4"]


def test_a_file_that_swells_as_it_is_unpacked_is_refused():
    with pytest.raises(BadNote, match=r"note.pdf cannot be opened as a PDF"):
        read_text(swelling_pdf(), name="note.pdf")


def test_a_module_planted_beside_the_note_is_not_loaded(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(tmp_path)
    assert read_text(PAGE.encode()).form == "html"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda place: place, "is a folder; give the note itself"),
        (lambda place: place / "none.txt", "cannot be read .No such file or directory.; give a file with the note, or - for stdin"),
        (lambda place: "a\0b", "cannot be read"),
    ],
    ids=["a folder", "missing", "no name"],
)
def test_what_is_no_file_is_refused_in_one_sentence(make, sentence, tmp_path):
    with pytest.raises(BadNote, match=sentence):
        note_bytes(str(make(tmp_path)))


def test_a_file_larger_than_a_note_is_refused_before_it_is_read(tmp_path, monkeypatch):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *a, **k: pytest.fail("it was read"))
    with pytest.raises(BadNote, match="has 5,000,001 bytes; a note of more than 5,000,000 is not read"):
        note_bytes(str(large))
