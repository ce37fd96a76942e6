"""The lines of a PDF, columns kept apart by blanks as they stand on the page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence

from levelhead.domain.errors import BadNote

MOST_PAGES = 60
MOST_CHARACTERS = 1_000_000
# What a damaged file makes the reader raise beside its own errors.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_COLUMNS = re.compile(r"(?<=\S) {3,}(?=\S)")

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it finds odd in a file would go to stderr


def pages_of(data: bytes, name: str) -> Sequence[str]:
    """The text of each of at most 60 pages; what stands in columns is separated by tabs.

    Raises BadNote where it is locked, damaged, made of pictures, or would unpack to more than a note can be. It may take long
    over a file made to do so: who opens a stranger's file gives this a process of its own, with a limit.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadNote(f"{name} is locked with a password; give the note as text.")
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise BadNote(f"{name} has {count:,} pages; a note has at most {MOST_PAGES}. Give the pages of the note alone.")
        found, size = [], 0
        for page in reader.pages:
            words = _page(page.extract_text(extraction_mode="layout"))
            size += len(words)
            if size > MOST_CHARACTERS:
                raise BadNote(f"{name} holds more than {MOST_CHARACTERS:,} characters; that is no note. Give the note alone.")
            found.append(words)
    except BadNote:
        raise
    except (PyPdfError, *_FAULTS) as error:
        raise BadNote(
            f"{name} cannot be opened as a PDF ({type(error).__name__}: {str(error)[:120]}); give the note as text."
        ) from None
    if not any(words.strip() for words in found):
        raise BadNote(f"{name} holds no text, only pictures of it; give the note as text.")
    return found


def _page(words: str) -> str:
    """Lines of a page without the margin; a gap of three blanks or more is a column's."""
    lines = [_COLUMNS.sub("\t", line.rstrip()) for line in words.split("\n")]
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines)
