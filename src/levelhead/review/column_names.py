"""What the columns of a note's tables are called."""

from __future__ import annotations

import re

LONGEST_NAME = 28
# What columns of such tables are called; a heading that none of them names may stand beside one that does.
COLUMN_NAMES = re.compile(
    r"\b(?:levels?|types?|prices?|zones?|notes?|comment(?:s|ary)?|descriptions?|scenarios?|(?:estimated )?probabilit(?:y|ies)|odds|"
    r"chance|bias|time ?frames?|horizon|reason(?:s|ing)?|entry|stop(?:[- ]loss)?|targets?|significance|indicators?|values?|"
    r"readings?|signals?|supports?|resistances?|triggers?|outlook|direction|role|setup|strength|status|area|key|action|"
    r"invalidation|instrument|"
    r"symbol|market|name|risk|r:r|range|trend|pivots?|points?|weight|likelihood|case|path|why|where|details?|periods?|simple|exponential)\b",
    re.I,
)
_HEADING_CELL = re.compile(
    r"(?:(?:key|price|estimated|our|how|where|what|technical|current|the|est\.) )?(?:levels?|types?|prices?|zones?|notes?|"
    r"comment(?:s|ary)?|descriptions?|scenarios?|probabilit(?:y|ies)|prob\.?|odds|chances?|"
    r"likely|likelihood|weight|bias|time ?frames?|horizon|term|reason(?:s|ing)?|rationale|entry|stop(?:[- ]loss)?|"
    r"targets?(?: \d)?|significance|indicators?|values?|readings?|signals?|triggers?|outlook|direction|"
    r"role|set-?up|status|area|path|case|view|outcome|side|to|why(?: it matters)?|what|where|details?|remarks?|context|meaning|"
    r"instrument|market|symbol|interpretation|action|trade|risk|r:r|basis|source)"
    r"(?: \(%\))?",
    re.I,
)


def is_heading_cell(text: str) -> bool:
    """Whether a line is the name of a column and nothing more."""
    return len(text) <= LONGEST_NAME and bool(_HEADING_CELL.fullmatch(text.strip(" :")))
