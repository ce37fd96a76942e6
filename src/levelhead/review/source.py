"""From the bytes of a note to its text: plain text, Markdown, HTML or PDF, told apart by what is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from levelhead.domain.errors import BadNote
from levelhead.review.as_written import settled, single_spaced, unquoted
from levelhead.review.headless_rows import on_one_line
from levelhead.review.layout import MOST_LINES, blocks_of
from levelhead.review.lost_bars import with_tabs
from levelhead.review.markdown_text import without_markup
from levelhead.review.text import Form, Text
from levelhead.review.wrapping import rejoined

MOST_BYTES = 5_000_000
MOST_CHARACTERS = 1_000_000
MOST_NULS = 0.01
PDF_SIGN = b"%PDF-"
_HTML_START = re.compile(
    r"\s{0,200}(?:<!--[^>]{0,500}-->\s{0,200})?<(?:!doctype\s+html|html|head|body|article|div|section|p|h[1-6]|table)\b", re.I
)
_HTML_ENDS = re.compile(r"</(?:p|div|td|tr|li|h[1-6]|table|body|html|section|article)\s{0,5}>", re.I)
_MARKDOWN = re.compile(
    r"(?m)^(?:#{1,6}\s+\S|\s{0,3}\|?\s{0,9}:?-{3,}:?\s{0,9}\|)|\*\*[^*\n]{1,200}\*\*|\[[^\]\n]{1,200}\]\(https?://"
)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_BLANKS = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_THIN = re.compile(r"(?<![\d.,\u2009\u202f])(\d{1,3})((?:[\u2009\u202f]\d{3})+)(?!\d)")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]")

_ARROWS = str.maketrans(dict.fromkeys("➡➔➜⇒⟶", "→"))

Pages = Callable[[bytes, str], Sequence[str]]
Lines = Callable[[str], str]


def pages_of_pdf(data: bytes, name: str) -> Sequence[str]:
    """The lines of each page, opened in this very process; the doors open a stranger's PDF in a process of its own."""
    from levelhead.review.pdf_text import pages_of

    return pages_of(data, name)


def lines_of_page(raw: str) -> str:
    """The lines of an HTML page, opened in this very process; see `pages_of_pdf`."""
    from levelhead.review.html_text import lines_of

    return lines_of(raw)


def text_of(data: bytes, *, name: str = "the note", pages: Pages = pages_of_pdf, lines: Lines = lines_of_page) -> Text:
    """The text of a note of at most 5 MB, whichever of the four forms it has.

    data: the bytes as they were found. name: what an error calls it; its ending is a hint. pages, lines: open a PDF, a page.

    Raises BadNote where it is too large, is empty, is no text, or is a PDF without text or one that cannot be opened.
    """
    if len(data) > MOST_BYTES:
        raise BadNote(f"{name} has {len(data):,} bytes; a note of more than {MOST_BYTES:,} is not read. Give the note alone.")
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    if PDF_SIGN in data[:1024]:
        return _finished("\n\n".join(pages(data, name)), "pdf", digest, name)
    raw = _decoded(data, name)
    if _form(raw, name) == "html":
        return _finished(lines(raw), "html", digest, name, is_clean=True)
    raw = unquoted(raw)
    form = _form(raw, name)
    return _finished(lines(raw) if form == "html" else raw, form, digest, name, is_clean=form == "html")


def _finished(raw: str, form: Form, digest: str, name: str, *, is_clean: bool = False) -> Text:
    plain = cleaned(raw)
    marks: tuple[str, ...] = ()
    if len(plain) > MOST_CHARACTERS:
        marks = (f"Only the first {MOST_CHARACTERS:,} of its {len(plain):,} characters were read.",)
        plain = plain[:MOST_CHARACTERS]
    plain = plain if is_clean else rejoined(single_spaced(plain))
    count = plain.count("\n") + 1
    if count > MOST_LINES:
        marks += (f"Only the first {MOST_LINES:,} of its {count:,} lines were read.",)
    if form in ("markdown", "text") and not is_clean:
        plain = without_markup(plain, is_markdown=form == "markdown")
    plain, starts = settled(on_one_line(with_tabs(plain)))
    if not plain.strip():
        raise BadNote(f"{name} holds no text; give the note as text, Markdown, HTML or a PDF with text in it.")
    return Text(plain=plain, blocks=blocks_of(plain), form=form, digest=digest, remarks=marks, starts=starts)


def cleaned(raw: str) -> str:
    """One kind of line end, of blank and of arrow, nothing that is not seen."""
    in_commas = _THIN.sub(lambda m: m[1] + re.sub(r"\D", ",", m[2]), _LINE_ENDS.sub("\n", raw))
    return _UNSEEN.sub("", _BLANKS.sub(" ", in_commas)).translate(_ARROWS)


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if data.count(0) > MOST_NULS * len(data):
        raise BadNote(
            f"{name} is no text ({data.count(0):,} of its {len(data):,} bytes are zero); give text, Markdown, HTML or PDF."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _form(raw: str, name: str) -> Form:
    ending = name.rpartition(".")[2].lower()
    start = raw[:20_000].lstrip("\ufeff")
    if ending in ("html", "htm", "xhtml") or _HTML_START.match(start) or len(_HTML_ENDS.findall(start)) >= 3:
        return "html"
    if ending in ("md", "markdown") or _MARKDOWN.search(start):
        return "markdown"
    return "text"
