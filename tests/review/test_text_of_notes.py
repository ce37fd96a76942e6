"""From bytes to text: text, Markdown and HTML as a person sees them, and what is refused."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.errors import BadNote
from levelhead.review.source import MOST_BYTES, MOST_CHARACTERS, text_of


def shown(data, **more):
    """The blocks as short words: kind and text, of a row its cells."""
    if isinstance(data, str):
        data = data.encode()
    text = text_of(data, **more)
    return [(b.kind, tuple(c.text for c in b.cells) if b.kind == "row" else b.text) for b in text.blocks]


def test_the_digest_is_that_of_the_bytes_as_they_were_given():
    data = "Support 2,350\r\n".encode("utf-16")
    assert text_of(data).digest == "sha256:" + hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        "Support 2,350–2,360".encode(),
        "Support 2,350–2,360".encode("utf-8-sig"),
        "Support 2,350–2,360".encode("utf-16"),
        "Support 2,350–2,360".encode("cp1252"),
    ],
    ids=["utf-8", "with a mark", "utf-16", "windows"],
)
def test_a_dash_between_two_prices_is_one_in_every_encoding(data):
    assert text_of(data).plain.strip() == "Support 2,350–2,360"


def test_line_ends_and_blanks_are_of_one_kind_and_what_is_not_seen_is_gone():
    assert text_of("a\r\nb\rc\u2028d e\u202ff \u200bx\u00ad".encode()).plain == "a\nb\nc\nd e f x"


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("note.txt", "Support 2,350 holds.", "text"),
        ("note.md", "Support 2,350 holds.", "markdown"),
        ("note", "# Levels\n\nSupport", "markdown"),
        ("note", "Level | Note\n|---|---|\n2,350 | low", "markdown"),
        ("note", "The **support** at 2,350", "markdown"),
        ("note", "<p>Support</p>", "html"),
        ("note", "<!DOCTYPE html><html><body>x</body></html>", "html"),
        ("note", "  <!-- saved --> <div>Support</div>", "html"),
        ("note.htm", "Support", "html"),
        ("note.txt", "x < 2,350 and y > 2,400", "text"),
    ],
)
def test_the_form_is_told_by_what_is_in_it_or_by_its_name(name, words, form):
    assert text_of(words.encode(), name=name).form == form


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the note holds no text"),
        (b" \n\t ", "holds no text"),
        (b"\0" * 300, "is no text .300 of its 300 bytes are zero."),
        (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" * 20, "is no text"),
        (b"<html><body><script>Support 2,350</script></body></html>", "holds no text"),
        (b"x" * (MOST_BYTES + 1), r"the note has 5,000,001 bytes; a note of more than 5,000,000 is not read"),
    ],
    ids=["empty", "blank", "zeros", "a picture", "only a script", "too large"],
)
def test_what_is_no_note_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(BadNote, match=sentence):
        text_of(data)


def test_of_a_longer_text_the_first_million_characters_are_read_and_that_is_said():
    text = text_of(b"Support 2,350. " * 100_000)
    assert len(text.plain) == MOST_CHARACTERS
    assert text.remarks == ("Only the first 1,000,000 of its 1,500,000 characters were read.",)


def test_a_note_of_too_many_lines_says_how_many_were_read():
    text = text_of(b"1\n" * 50_000 + b"end", name="a note")
    assert text.remarks == ("Only the first 40,000 of its 50,001 lines were read.",)


# Markdown


def test_markdown_loses_its_marks_and_keeps_its_headings_lists_and_tables():
    note = """# RTY: levels

> The **200-day** is at *2,227*, see [the chart](https://example.com/a_b.png).

![chart](chart.png)
## Support
- `2,350` low\\* of November
  1. deeper

| Level | Note |
| :--- | ---: |
| 2,415&ndash;2,420 | <b>Reclaim</b> zone |
"""
    assert shown(note) == [
        ("heading", "RTY: levels"),
        ("paragraph", "The 200-day is at 2,227, see the chart."),
        ("heading", "chart"),
        ("heading", "Support"),
        ("item", "2,350 low* of November"),
        ("item", "deeper"),
        ("row", ("Level", "Note")),
        ("row", ("2,415–2,420", "Reclaim  zone")),
    ]


def test_text_that_is_no_markdown_keeps_its_single_stars_and_underscores():
    assert text_of(b"high_52w is 2,477* since 5*2 days").plain == "high_52w is 2,477* since 5*2 days"


# HTML


def test_a_page_is_read_as_its_reader_sees_it():
    page = """<!doctype html><html><head><title>RTY today</title><style>p{color:red}</style></head><body>
    <nav><a href="/">Home 1,000</a></nav>
    <h2>Key&nbsp;levels</h2>
    <p>Support at <b>2,350</b>&ndash;2,360.<br>It held.</p>
    <ul><li>first<ul><li>within</li></ul></li></ul>
    <table><thead><tr><th>Level</th><th>Note</th></tr></thead>
      <tr><td>2,477</td><td>ATH | high</td></tr><tr><td>2,384</td><td></td></tr></table>
    <p hidden>2,111</p><p style="display: none">2,222</p><span style="visibility:hidden">2,333</span>
    <script>document.write("2,444")</script><!-- 2,555 --><noscript>2,666</noscript><template><p>2,777</p></template>
    </body></html>"""
    assert shown(page) == [
        ("heading", "RTY today"),
        ("heading", "Key levels"),
        ("paragraph", "Support at 2,350–2,360."),
        ("paragraph", "It held."),
        ("item", "first"),
        ("item", "within"),
        ("row", ("Level", "Note")),
        ("row", ("2,477", "ATH / high")),
        ("row", ("2,384", "")),
    ]


def test_the_first_row_of_a_page_s_table_is_a_heading_where_it_says_so():
    rows = text_of(b"<table><tr><th>What</th><th>Which</th></tr><tr><td>a</td><td>2,350</td></tr></table>").blocks
    assert [row.is_header for row in rows] == [True, False]


def test_a_page_may_be_as_deep_as_a_page_is():
    deep = text_of(b"<div>" * 500 + b"Support 2,350" + b"</div>" * 500)
    assert deep.plain.strip() == "Support 2,350"


def of_five_megabytes(piece, start="<html>"):
    return (start + piece * (MOST_BYTES // len(piece)))[: MOST_BYTES - 100].encode()


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (of_five_megabytes("<td>x"), "more than 150,000 elements"),
        (of_five_megabytes("<br>"), "more than 150,000 elements"),
        (of_five_megabytes("<a x"), "more than 150,000 elements"),
        (b"<html>" + b"<b><i>" * 1000, "more than 1,500 elements inside each other"),
        (of_five_megabytes(" a=1", "<html><p"), "more than 1,000 attributes"),
        (of_five_megabytes(' a=">"', "<html><p"), "more than 1,000 attributes"),
        (of_five_megabytes(" a1", '<html><script><a x="</script><p'), "more than 1,000 attributes"),
        (b"<html>" + (b"<p" + b" a" * 999 + b">") * 400, "more than 300,000 attributes"),
    ],
    ids=["cells", "breaks", "never closed", "deep", "attributes", "quoted", "behind a script", "attributes in all"],
)
def test_what_costs_more_to_open_than_a_page_is_worth_is_refused_before_it_is_opened(page, sentence, monkeypatch):
    import selectolax.lexbor

    monkeypatch.setattr(selectolax.lexbor, "LexborHTMLParser", lambda raw: pytest.fail("it was opened"))
    with pytest.raises(BadNote, match=sentence):
        text_of(page)


# What holds of every text

PIECES = st.sampled_from(
    ["Support", "2,350", "–", "|", "\t", "\n", "\n\n", "- ", "# ", "**", "`", "[x](y)", "<p>", "</p>", "<td>", "  ", "---", "\r"]
)  # fmt: skip
DATA = st.one_of(
    st.binary(max_size=300), st.text(max_size=200).map(str.encode), st.lists(PIECES).map(lambda p: "".join(p).encode())
)


@given(DATA)
def test_a_block_is_the_characters_of_its_span_and_none_overlaps_another(data):
    try:
        text = text_of(data)
    except BadNote:
        return
    at = 0
    for block in text.blocks:
        assert at <= block.span.start <= block.span.end <= len(text.plain)
        assert text.plain[block.span.start : block.span.end] == block.text
        assert (block.kind == "row") == bool(block.cells) == (block.table is not None)
        inside = block.span.start
        for cell in block.cells:
            assert inside <= cell.span.start <= cell.span.end <= block.span.end
            assert text.plain[cell.span.start : cell.span.end] == cell.text == cell.text.strip()
            inside = cell.span.end
        at = block.span.end


# What may stand before the words of a block: the sign or the number of a list's item, a heading's hashes.
MARKS = re.compile(r"[^\w]*(?:\d{1,2}|[a-zA-Z])?[^\w]*")


@given(DATA)
def test_no_word_of_a_note_is_lost_between_its_blocks(data):
    try:
        text = text_of(data)
    except BadNote:
        return
    at = 0
    for start, end in [(b.span.start, b.span.end) for b in text.blocks] + [(len(text.plain), 0)]:
        for line in text.plain[at:start].split("\n"):
            assert MARKS.fullmatch(line), line
        at = end
