"""Files appear whole or not at all."""

import pytest

from levelhead.domain.errors import BadSettings
from levelhead.doors.folder import write_folder


def test_a_folder_appears_with_all_its_files(tmp_path):
    write_folder(tmp_path / "notes" / "X-2020-01-02", {"note.md": "one", "chart.png": b"\x89"})
    assert sorted(p.name for p in (tmp_path / "notes" / "X-2020-01-02").iterdir()) == ["chart.png", "note.md"]
    assert [p.name for p in (tmp_path / "notes").iterdir()] == ["X-2020-01-02"]


def test_files_of_other_names_stay(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.txt").write_text("mine")
    write_folder(tmp_path / "x", {"note.md": "two"})
    assert (tmp_path / "x" / "mine.txt").read_text() == "mine"
    assert (tmp_path / "x" / "note.md").read_text() == "two"


def test_an_interrupt_leaves_the_old_note_and_no_rest(tmp_path):
    write_folder(tmp_path / "x", {"note.md": "old"})

    class Stopped(dict):
        def items(self):
            yield "note.md", "new"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "x", Stopped({"note.md": "new"}))
    assert (tmp_path / "x" / "note.md").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(BadSettings, match="is a file; give --out a folder"):
        write_folder(tmp_path / "x", {"note.md": "new"})


def test_forms_of_an_earlier_writing_do_not_stay_beside_the_new_one(tmp_path):
    write_folder(tmp_path / "x", {"note.md": "one", "note.json": "{}"})
    (tmp_path / "x" / "mine.txt").write_text("kept")
    write_folder(tmp_path / "x", {"note.md": "two"}, outdated=["note.md", "note.json"])
    assert {p.name: p.read_text() for p in (tmp_path / "x").iterdir()} == {"note.md": "two", "mine.txt": "kept"}
