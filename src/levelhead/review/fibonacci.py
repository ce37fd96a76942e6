"""How the trade names a retracement or an extension: '61.8% fib', 'the 0.786 retracement', '38.2% of the rally'."""

from __future__ import annotations

import re

FIB = re.compile(
    r"(?<![\w.,])(?:23\.6|38\.2|61\.8|78\.6)\s?%(?=:?\s[$€£]?\d[\d,.]{2})|"
    r"(?<![\w.,])[01]\.\d{2,3}\s?[-–/]\s?[01]\.\d{2,3}(?=\s?\)|\s(?:zone|pocket|area|fib|retrace))|"
    r"(?<![\w.,])(?:\d{2,3}(?:\.\d)?\s?%|[01]\.(?:236|382|5|"
    r"50|500|618|65|705|786|886|272|414)|[124]\.(?:618|272|236|414|764))(?=\s?(?:\(?fib|"
    r"retrac?|exten|ext\b|exp\b|expans|proj|level\b|golden|of the|pullback of))",
    re.I,
)
FIB_OF = re.compile(  # '61.8% of this year's rise'
    r"(?<![\w.,])(?:23\.6|38\.2|61\.8|76\.4|78\.6|88\.6)\s?%(?=\s?of\b|,?\s(?:back|correction|give-?back))|"
    r"(?<![\w.,])50\s?%(?=\sof\s(?:[\w’'-]+\s){1,4}?(?:rise|fall|rally|decline|advance|move|leg|drop|swing|wave|sell-?off|climb|"
    r"slide|run|gain|upswing|downswing|correction|rebound|recovery)\b)",
    re.I,
)
FIB_AFTER = re.compile(
    r"\b(?:fib(?:onacci)?|retracement|extension)(?:\s(?:at|of|level))?\s(?P<n>\d{2,3}(?:\.\d)?\s?%|"
    r"(?:0?\.(?:236|382|50?0?|618|65|705|764|786|886)|[12]\.(?:272|414|618|0{1,3}))(?!\d))",
    re.I,
)
SPEAKS_OF_FIB = re.compile(r"\b(?:fib|retrac)", re.I)
RATIOS = frozenset({23.6, 38.2, 50.0, 61.8, 76.4, 78.6, 88.6, 127.2, 161.8})  # per cent
