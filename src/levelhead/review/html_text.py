"""HTML as lines: one for each paragraph, heading, list item and table row; what is not shown is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from levelhead.domain.errors import BadNote
from levelhead.review.html_boxes import UNSEEN, boxed_rows, defined_rows, is_hidden

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LINES = """
p div section article main header footer aside ul ol dl dt dd blockquote pre figure figcaption table thead tbody tfoot caption
address hr body html details summary center
"""
LINES = frozenset(_LINES.split())
# Tags that need no end, or end by themselves when the next begins.
_OPEN_ENDED_TAGS = """
p li td th tr dt dd option br hr img input meta link area base col embed source track wbr thead tbody tfoot
"""
_OPEN_ENDED = frozenset(_OPEN_ENDED_TAGS.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]*))?""")
MOST_DEPTH = 1_500
MOST_NODES = 150_000
MOST_ATTRIBUTES = 1_000  # of one element: the library compares each with all before it
MOST_ATTRIBUTES_IN_ALL = 300_000
_LOOKS = 5
_BOXES = frozenset({"span", "label", "time", "data", "output"})
_SPACE = re.compile(r"\s+")


def lines_of(raw: str) -> str:
    """The lines a reader sees, headings marked with '#', items with '- ' and table rows with '|', as Markdown has them.

    A document is walked without recursion, so that none can be too deep. Raises BadNote where it has more than 150,000 elements,
    more than 1,500 of them inside each other, or more than 1,000 attributes on one: what costs more than any page is worth is
    refused before it is opened.
    """
    from selectolax.lexbor import LexborHTMLParser

    if raw.count("<") > 2 * MOST_NODES:
        raise _too_many()
    _check_tags(raw)
    parser = LexborHTMLParser(raw)
    title = parser.css_first("title")
    root = parser.body or parser.root
    written = _Lines()
    if title is not None and parser.css_first("h1") is None:
        written.line(_SPACE.sub(" ", title.text()).strip(), mark="# ")
    if root is not None:
        _walk(root, written)
    return written.text()


def _check_tags(raw: str) -> None:
    """Raises BadNote where elements are nested deeper, or carry more attributes, than any page's: both cost their square.

    What only looks like a tag, in a script say, is counted too; none of it is read more than a few times in all.
    """
    depth = attributes = looked_at = 0
    for tag in _TAG.finditer(raw):
        if not tag[1]:
            count, end = _attributes(raw, tag.end())
            attributes += count
            looked_at += end - tag.end()
            if attributes > MOST_ATTRIBUTES_IN_ALL or looked_at > _LOOKS * len(raw):
                raise BadNote(f"The page has more than {MOST_ATTRIBUTES_IN_ALL:,} attributes; give the note as text.")
        if tag[2].lower() in _OPEN_ENDED:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > MOST_DEPTH:
            raise BadNote(f"The page opens more than {MOST_DEPTH:,} elements inside each other; give the note as text.")


def _attributes(raw: str, at: int) -> tuple[int, int]:
    """How many attributes the tag has whose name ends before `at`, and where the last ends. Raises BadNote where too many."""
    count = 0
    while found := _ATTRIBUTE.match(raw, at):
        at, count = found.end(), count + 1
        if count > MOST_ATTRIBUTES:
            raise BadNote(f"An element of the page has more than {MOST_ATTRIBUTES:,} attributes; give the note as text.")
    return count, at


def _too_many() -> BadNote:
    return BadNote(f"The page has more than {MOST_NODES:,} elements; that is no note. Give the note alone, as text.")


def _walk(root: LexborNode, written: _Lines) -> None:
    """Depth first over the nodes; a node is left by the number put on the stack when it was entered."""
    stack: list[tuple[LexborNode | None, str]] = [(root, "")]
    seen = 0
    while stack:
        seen += 1
        if seen > 2 * MOST_NODES:
            raise _too_many()
        node, leaving = stack.pop()
        if node is None:
            written.row(leaving) if leaving.startswith("|") else written.leave(leaving)
            continue
        tag = node.tag or ""
        if tag == "-text":
            written.words(node.text_content or "")
        elif tag in UNSEEN or tag.startswith(("-", "!")) or is_hidden(node):
            pass
        else:
            tag = "div" if (tag == "tr" and _is_frame(node)) or (tag in ("td", "th") and not written.is_in_row) else tag
            written.enter(tag)
            stack.append((None, tag))
            stack += reversed(_inside(node, tag, is_in_row=written.is_in_row))


_FRAMED = frozenset({"p", "ul", "ol", "table", "br", *HEADINGS})


def _is_frame(row: LexborNode) -> bool:
    """Whether a row is one cell that holds paragraphs: what lays out a mail, and no row of a table."""
    cells = [child for child in row.iter() if child.tag in ("td", "th")]
    return len(cells) == 1 and any(child.tag in _FRAMED for child in cells[0].iter())


def _inside(node: LexborNode, tag: str, *, is_in_row: bool) -> list[tuple[LexborNode | None, str]]:
    """What stands in an element, in order: its children, or the lines of the rows that some of them are."""
    children = list(node.iter(include_text=True))
    rows = {} if is_in_row else defined_rows(children) if tag == "dl" else boxed_rows(children)
    found: list[tuple[LexborNode | None, str]] = []
    for at, child in enumerate(children):
        if at not in rows:
            found.append((child, ""))
        elif cells := rows[at]:
            found.append((None, "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"))
    return found


class _Lines:
    """Lines as they are written; words wait until something ends their line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._mark = ""
        self._depth = 0
        self._row: list[str] | None = None
        self._is_head = False
        self._tables = 0
        self._is_behind_box = False
        self._kept = 0

    def words(self, words: str) -> None:
        self._words.append(words)
        self._is_behind_box = False

    def enter(self, tag: str) -> None:
        if tag in _BOXES and self._is_behind_box:
            self._words.append(" ")  # two boxes side by side, which the page's style keeps apart
        if tag == "br":
            self._end() if self._row is None else self._words.append(" ")
        elif tag in HEADINGS and self._row is None:
            self._end()
            self._lines.append("")
            self._mark = "#" * HEADINGS[tag] + " "
        elif tag == "li" and self._row is None:
            self._end()
            self._mark = "  " * max(self._depth - 1, 0) + "- "
        elif tag in ("ul", "ol"):
            self._end()
            self._depth += 1
        elif tag == "tr":
            self._end()
            self._row, self._is_head = [], False
        elif tag in ("td", "th"):
            self._words.clear()
            self._is_head = tag == "th"  # a row that only begins with a heading is none: 'Spot | 3,381.60'
        elif tag == "table":
            self._end()
            self._lines.append("")
            self._row = None
        elif tag in LINES:
            self._end()
            self._kept += tag == "pre"

    def leave(self, tag: str) -> None:
        self._is_behind_box = tag in _BOXES
        if tag in ("td", "th") and self._row is not None:
            self._row.append(self._said().replace("|", "/"))
        elif tag == "tr":
            self._end_row()
        elif tag in ("ul", "ol"):
            self._end()
            self._depth -= 1
        elif tag == "table":
            self._end()
            self._lines.append("")
        elif tag in LINES or tag in HEADINGS or tag == "li":
            self._end()
            self._kept -= tag == "pre" and self._kept > 0
            if tag in HEADINGS or tag in ("p", "pre"):
                self._lines.append("")

    @property
    def is_in_row(self) -> bool:
        """Whether a row of a table is being written."""
        return self._row is not None

    def row(self, line: str) -> None:
        """A row that is whole already."""
        self._end()
        self._lines.append(line)

    def line(self, words: str, mark: str = "") -> None:
        if words:
            self._lines += ["", mark + words, ""]

    def text(self) -> str:
        self._end()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip() + "\n"

    def _said(self) -> str:
        said = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        return said

    def _end(self) -> None:
        if self._row is not None:
            self._words.append(" ")
            return
        if self._kept:  # its lines and blanks are as they were typed
            self._lines += [line.rstrip() for line in "".join(self._words).strip("\n").split("\n")]
            self._words.clear()
            return
        said = self._said()
        if said:
            self._lines.append(self._mark + said)
            self._mark = ""

    def _end_row(self) -> None:
        row, self._row = self._row, None
        self._words.clear()
        if not row or not any(row):
            return
        if len(row) == 1:
            self._lines.append(row[0])
            return
        self._lines.append("| " + " | ".join(row) + " |")
        if self._is_head:
            self._lines.append("|" + "---|" * len(row))
