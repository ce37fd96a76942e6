"""Names of columns that were run together: 'TypePriceNote', 'fieldvalue', '#PathOdds', each way to part them and what it costs."""

from __future__ import annotations

import re

from levelhead.review.column_names import is_heading_cell
from levelhead.review.dashboards import names_value

MOST_COLUMNS = 10
NEVER = 99.0
_MORE_NAMES = re.compile(
    r"lvl|series|source|rank|lo|hi|low|high|p|region|touches|field|state|number|nature|metric|measure|marker|get in|wrong at|"
    r"take profit|weight|odds|where|estimate|destination|type|s/r|base rate|our odds|final odds|model [a-c]|gauge|now|week ago|"
    r"range ?/ ?(?:target|tgt)|direction|tp ?[1-4]|pair|last|ticker|contract|settle|chg|average|slope|moving average|turning point|"
    r"key turning point|no\.?|#|tests?|tag|from|to|prob\.?|case|path|how likely|where to|supp?(?:ort)?s?\.? ?[1-4]?|"
    r"res(?:istance)?s?\.? ?[1-4]?|[rs][1-4]|pp?|pivot|day|event",
    re.I,
)
LONGEST_HEAD = 110


def headings(line: str) -> dict[int, tuple[float, tuple[tuple[int, int], ...]]]:
    """For each number of columns, the cheapest way to read a line as so many names of columns, and where they lie."""
    text = line.rstrip()
    if not text or len(text) > LONGEST_HEAD or text.endswith((".", ":", ";")) or re.search(r"\d[,.]\d", text):
        return {}
    bounds = [at for at in range(1, len(text)) if not text[at].isspace() and not text[at - 1].isspace()]
    camel = {0, len(text), *(at for at in bounds if _is_camel(text[at - 1], text[at]))}
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {(0, 0): (0.0, ())}
    for at in (0, *bounds):
        for count in range(MOST_COLUMNS + 1):
            if (here := best.get((at, count))) is None:
                continue
            for end in (*(b for b in bounds if at < b <= at + 32), len(text)):
                name = text[at:end]
                if len(name) > 32:
                    continue
                known = _MORE_NAMES.fullmatch(name) or is_heading_cell(name) or names_value(name)
                if not (known or (at in camel and end in camel)) or (len(name) == 1 and text[end : end + 1].islower()):
                    continue
                inner = sum(at < b < end for b in camel)
                is_whole = at in camel and end in camel
                own = 0.02 + 0.06 * (len(name) == 1) + 0.04 * (not is_whole) if known else 0.5 + 0.4 * inner
                cost = here[0] + own
                if cost < best.get((end, count + 1), (NEVER, ()))[0]:
                    best[(end, count + 1)] = (cost, (*here[1], (at, end)))
    return {n: best[(len(text), n)] for n in range(1, MOST_COLUMNS + 1) if (len(text), n) in best}


def _is_camel(a: str, b: str) -> bool:
    return (b.isupper() and (a.islower() or a.isdigit() or a in ").%#")) or (a in "#)" and b.isalpha())
