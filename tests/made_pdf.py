"""Small PDFs made by hand: objects, streams and the table that says where they begin, nothing more."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

Line = tuple[float, float, str]  # from the left, from the bottom, in points; the words
LINE_HEIGHT = 14


def lines(*words: str, left: float = 50, top: float = 760) -> list[Line]:
    """Words one under the other."""
    return [(left, top - LINE_HEIGHT * number, each) for number, each in enumerate(words)]


def made_pdf(*pages: Sequence[Line]) -> bytes:
    """A page for each sequence of lines, set in a typewriter's letters of 10 points, 6 points wide."""
    return _with_streams([_shown(page).encode("cp1252") for page in pages])


def picture_pdf() -> bytes:
    """A page with a grey square painted on it and not one letter."""
    return _with_streams([b"0.5 g 100 100 200 200 re f"])


def locked_pdf() -> bytes:
    """A page that wants a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(made_pdf(lines("Support 2,350")))))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def busy_pdf(megabytes: int) -> bytes:
    """A page whose few kilobytes unpack to so many megabytes of letters to be set."""
    return _with_streams([b"BT /F 10 Tf " + b"(a) Tj 1 0 Td " * (megabytes * 1_000_000 // 14) + b" ET"], packed=True)


def swelling_pdf(times: int = 3) -> bytes:
    """A page of zeros packed again and again, each time to a thousandth."""
    data = zlib.compress(b"\0" * 200_000_000, 9)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    filters = b"[" + b" /FlateDecode" * times + b"]"
    return _document([b"<< /Filter %s /Length %d >>\nstream\n%s\nendstream" % (filters, len(data), data)])


def _shown(page: Sequence[Line]) -> str:
    parts = [f"BT /F 10 Tf {left} {bottom} Td ({_escaped(words)}) Tj ET" for left, bottom, words in page]
    return "\n".join(parts)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _with_streams(contents: Sequence[bytes], *, packed: bool = False) -> bytes:
    streams = []
    for content in contents:
        data = zlib.compress(content) if packed else content
        packing = b"/Filter /FlateDecode " if packed else b""
        streams.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (packing, len(data), data))
    return _document(streams)


def _document(streams: Sequence[bytes]) -> bytes:
    """The catalogue is object 1, the pages 2, the letters 3; then a page and its stream by turns."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(streams)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>"
            % (5 + 2 * number)
        )
        objects.append(stream)
    written = io.BytesIO(b"")
    written.write(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        written.write(b"%010d 00000 n \n" % place)
    written.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return written.getvalue()
