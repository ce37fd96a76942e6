"""Rows that a page makes of other elements than a table's: boxes of short boxes among their like, a term and its definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from levelhead.review.lexicon import bag_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

UNSEEN = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "video", "audio", "select",
    "button", "textarea", "nav", "form", "head", "title", "input", "datalist", "dialog",
)  # fmt: skip
FEWEST = 2
MOST_CELLS = 8
MOST_INSIDE = 12  # nodes looked at in a cell
LONGEST_LABEL = 60
LONGEST_CELL = 160
_ROWS = bag_of("div li section article a tr header footer span p")
_CELLS = bag_of("div span p b strong em i label small dt dd h3 h4 h5 h6 td data var output time mark code bdi")
_NUMBER = re.compile(
    r"\W{0,3}(?:[A-Z]{0,3}[$€£¥₹]?)\s?[+−-]?\d[\d,.'’/ –—-]*(?:\s?(?:%|k|K|m|M|x|s|pts?|points?|USD|EUR))?\+?\W{0,3}"
)


def is_hidden(node: LexborNode) -> bool:
    """Whether a reader does not see an element."""
    attributes = node.attributes
    if not attributes:
        return False
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style


def boxed_rows(children: Sequence[LexborNode]) -> dict[int, tuple[str, ...]]:
    """The cells of those children that are rows, by their place: at least two in succession, and half of them with a number."""
    out: dict[int, tuple[str, ...]] = {}
    run: list[tuple[int, tuple[str, ...]]] = []
    for at, child in enumerate(children):
        if (child.tag or "") == "-text" and not (child.text_content or "").strip():
            continue
        cells = _cells_of(child)
        if cells:
            run.append((at, cells))
        else:
            out |= _rows(run)
            run = []
    return out | _rows(run)


def defined_rows(children: Sequence[LexborNode]) -> dict[int, tuple[str, ...]]:
    """The rows of a list of definitions: a term with what stands right behind it, by the place of the term; at its own place
    each definition so used has no cells."""
    terms = [(at, c) for at, c in enumerate(children) if c.tag in ("dt", "dd")]
    pairs: list[tuple[int, tuple[str, ...]]] = []
    used: dict[int, tuple[str, ...]] = {}
    for (at, one), (behind, two) in pairwise(terms):
        if one.tag == "dt" and two.tag == "dd":
            label, value = _text(one), _text(two)
            if label and value and len(label) <= LONGEST_LABEL and len(value) <= LONGEST_CELL:
                pairs.append((at, (label, value)))
                used[behind] = ()
    return used | dict(pairs) if any(_NUMBER.match(cells[1]) for _, cells in pairs) else {}


def _rows(run: Sequence[tuple[int, tuple[str, ...]]]) -> dict[int, tuple[str, ...]]:
    numbered = sum(any(_NUMBER.fullmatch(c) for c in cells) for _, cells in run)
    return dict(run) if len(run) >= FEWEST and 2 * numbered >= len(run) else {}


def _cells_of(box: LexborNode) -> tuple[str, ...]:
    """The texts of the short boxes that are all a box holds, () where it holds anything else."""
    if (box.tag or "") not in _ROWS:
        return ()
    inside = list(islice(box.iter(include_text=True), 2 * MOST_CELLS + 2))
    boxes = [n for n in inside if (n.tag or "") != "-text" and not _is_unseen(n)]
    if any((n.tag or "") == "-text" and (n.text_content or "").strip(" \t\r\n:|·") for n in inside):
        return ()
    if (
        not FEWEST <= len(boxes) <= MOST_CELLS
        or len(inside) > 2 * MOST_CELLS + 1
        or not all((b.tag or "") in _CELLS for b in boxes)
    ):
        return ()
    texts = [_text(b) for b in boxes]
    if any(t is None for t in texts):
        return ()
    cells = tuple(t for t in texts if t is not None)
    is_short = len(cells[0]) <= LONGEST_LABEL and all(len(c) <= LONGEST_CELL for c in cells)
    return cells if is_short and sum(bool(c) for c in cells) >= FEWEST else ()


def _text(box: LexborNode) -> str | None:
    """The words of a box of a few nodes; None of a larger one."""
    words: list[str] = []
    left = [MOST_INSIDE]
    if not _gather(box, words, left):
        return None
    return re.sub(r"\s+", " ", "".join(words)).strip()


def _gather(box: LexborNode, words: list[str], left: list[int]) -> bool:
    for node in _inside(box):
        left[0] -= 1
        if left[0] < 0 or (node.tag or "") in ("ul", "ol", "table", "li", "br"):
            return False
        if (node.tag or "") == "-text":
            words.append(node.text_content or "")
        elif not _is_unseen(node):
            if (node.tag or "") in ("div", "p", "span") and words:
                words.append(" ")
            if not _gather(node, words, left):
                return False
    return True


def _is_unseen(node: LexborNode) -> bool:
    tag = node.tag or ""
    return tag in UNSEEN or tag.startswith(("-", "!")) or is_hidden(node)


def _inside(box: LexborNode) -> Iterator[LexborNode]:
    return islice(box.iter(include_text=True), MOST_INSIDE + 1)
