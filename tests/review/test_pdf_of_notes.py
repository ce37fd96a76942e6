"""Notes as PDF: lines and columns as they stand on the page, and what is refused."""

import pytest
from made_pdf import lines, locked_pdf, made_pdf, picture_pdf, swelling_pdf

from levelhead.domain.errors import BadNote
from levelhead.review.source import text_of


def rows(data):
    return [tuple(c.text for c in b.cells) for b in text_of(data).blocks if b.kind == "row"]


def test_lines_stand_under_each_other_and_pages_follow():
    text = text_of(made_pdf(lines("Key Levels", "Support 2,350 (low of November)."), lines("It held.")))
    assert text.form == "pdf"
    assert text.plain.split() == ["Key", "Levels", "Support", "2,350", "(low", "of", "November).", "It", "held."]
    assert [b.text for b in text.blocks] == ["Key Levels", "Support 2,350 (low of November).", "It held."]


def test_what_stands_in_columns_is_a_table():
    page = [
        *[(50, 760 - 14 * n, w) for n, w in enumerate(("Level", "2,477", "2,384"))],
        *[(200, 760 - 14 * n, w) for n, w in enumerate(("Type", "ATH Resistance", "Immediate Support"))],
    ]
    assert rows(made_pdf(page)) == [("Level", "Type"), ("2,477", "ATH Resistance"), ("2,384", "Immediate Support")]


def test_a_dash_and_an_accent_come_through():
    assert text_of(made_pdf(lines("Zurück auf 2,350–2,360"))).plain.strip() == "Zurück auf 2,350–2,360"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (picture_pdf(), "note.pdf holds no text, only pictures of it"),
        (locked_pdf(), "note.pdf is locked with a password"),
        (made_pdf(*[lines("Support 2,350")] * 61), "note.pdf has 61 pages; a note has at most 60"),
        (made_pdf(lines("Support 2,350"))[:300], "note.pdf cannot be opened as a PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "note.pdf cannot be opened as a PDF"),
        (made_pdf(lines("Support 2,350")).replace(b"/Type /Pages", b"/Type /Pagez").replace(b"/Kids", b"/Kidz"), "note.pdf "),
        (swelling_pdf(), "note.pdf cannot be opened as a PDF"),
    ],
    ids=["a picture", "locked", "61 pages", "cut off", "rubbish", "without pages", "swelling"],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, sentence, capfd):
    with pytest.raises(BadNote, match=sentence) as refused:
        text_of(data, name="note.pdf")
    assert str(refused.value).endswith((".", "..."))
    assert capfd.readouterr() == ("", "")


def test_sixty_pages_are_read():
    assert text_of(made_pdf(*[lines("Support 2,350")] * 60)).plain.count("2,350") == 60


def test_more_letters_than_a_note_has_are_refused(monkeypatch):
    monkeypatch.setattr("levelhead.review.pdf_text.MOST_CHARACTERS", 1000)
    with pytest.raises(BadNote, match=r"note.pdf holds more than 1,000 characters"):
        text_of(made_pdf(*[lines("Support 2,350 " * 5)] * 20), name="note.pdf")
