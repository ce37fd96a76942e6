"""A stranger's PDF or page is opened in a process of its own: it may take so much memory and time, and no more.

What such a file costs to open cannot be told from its size, and the libraries that open it cannot be stopped from within. The
process that opens it has limits of its own; where it meets one the file is refused, and nothing else suffers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levelhead.domain.errors import BadNote

if TYPE_CHECKING:
    from levelhead.review.text import Text

MEMORY = 1_000_000_000  # bytes
PROCESSOR = 4  # seconds
PATIENCE = 4.5  # seconds until it is stopped, whatever it does
_CHILD = "from levelhead.doors.apart import serve; serve()"


def read_text(data: bytes, *, name: str = "the note") -> Text:
    """The text of a note of at most 5 MB, as `review.source.text_of` gives it, what is not plain text opened apart.

    Raises BadNote where it is none, or costs more than 1 GB or 4 s to open.
    """
    from levelhead.review.source import text_of

    return text_of(
        data,
        name=name,
        pages=lambda pdf, title: _opened("pdf", pdf, title),
        lines=lambda raw: "".join(_opened("html", raw.encode("utf-8", "surrogatepass"), name)),
    )


def note_bytes(place: str) -> tuple[bytes, str]:
    """The bytes of a file, or of stdin as '-', and what to call it. More than a note can have is not read. Raises BadNote."""
    from levelhead.review.source import MOST_BYTES

    if place == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1), "stdin"
    path = Path(place)
    try:
        if path.is_dir():
            raise BadNote(f"{place} is a folder; give the note itself: text, Markdown, HTML or PDF.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BadNote(f"{place} has {size:,} bytes; a note of more than {MOST_BYTES:,} is not read. Give the note alone.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1), path.name
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise BadNote(f"{place} cannot be read ({why}); give a file with the note, or - for stdin.") from None


def _opened(form: str, data: bytes, name: str) -> Sequence[str]:
    """What the process apart made of the file. Raises BadNote with its sentence, or with why it had to be stopped."""
    what = "PDF" if form == "pdf" else "page"
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD, form, name],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        raise BadNote(f"{name} takes longer than {PATIENCE:g} s to open as a {what}; give the note as text.") from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise BadNote(
            f"{name} takes more than {MEMORY // 1_000_000_000} GB or {PROCESSOR} s to open as a {what}; give the note as text."
        ) from None
    if "refused" in answer:
        raise BadNote(str(answer["refused"]))
    return [str(part) for part in answer["parts"]]


def serve() -> None:
    """In the process apart: the file from stdin, what it holds to stdout, under the limits."""
    _limit()
    form, name = sys.argv[1:3]
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"parts": _parts(form, data, name)}
    except BadNote as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))


def _parts(form: str, data: bytes, name: str) -> list[str]:
    if form == "pdf":
        from levelhead.review.pdf_text import pages_of

        return list(pages_of(data, name))
    from levelhead.review.html_text import lines_of

    return [lines_of(data.decode("utf-8", "surrogatepass"))]


def _limit() -> None:
    """Bounds memory and processor time of this process; a system that knows no such limits has the patience of the other alone."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(limit)
        bound = value if most == resource.RLIM_INFINITY else min(value, most)
        try:
            resource.setrlimit(limit, (bound, bound))
        except (OSError, ValueError):
            continue
