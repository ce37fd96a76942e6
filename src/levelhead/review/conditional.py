"""What a note says of the future, on a condition or with a 'not' is not what its words alone would say of the bars."""

from __future__ import annotations

import re

from levelhead.review.evidence import Evidence
from levelhead.review.said import Indicator, ReadStatement

_REACH = 64  # characters
_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|\n|\|")
_BEFORE = re.compile(
    r"\b(?:if|unless|until|once|when|as long as|so long as|should|could|would|may|might|must|needs?|will|wait(?:ing)? for|"
    r"risk to the thesis|acceptance(?: back)?|failure|(?:a|any|clean|decisive|sustained|clear|firm|daily|weekly)\s"
    r"(?:move|break|breakdown|breakout|close|drop|push|reclaim|trade))\b",
    re.I,
)
_AFTER = re.compile(r"^[^.;!?\n]{0,40}\b(?:could|would|may|might|will|if|should|setup|needs?)\b", re.I)
_DENIED = re.compile(
    r"(?:\b(?:not|no longer|never|neither|without|yet to|fail(?:s|ed)? to|rather than|no sign of)|n['’]t)\s(?:\w+\s)?$", re.I
)
_NEW = re.compile(r"\b(?:new|fresh|another)\s(?:ATHs?|all[- ]time|records?|52[- ]week)", re.I)


def is_conditional(evidence: Evidence, said: ReadStatement) -> bool:
    """Whether the clause around a statement makes it one of 'if', 'could', 'a close below', 'as long as'."""
    plain = evidence.note.text.plain
    before = _CLAUSE.split(plain[max(0, said.span.start - _REACH) : said.span.start])[-1]
    return bool(_BEFORE.search(before) or _AFTER.match(plain[said.span.end : said.span.end + _REACH]))


def is_denied(evidence: Evidence, said: ReadStatement) -> bool:
    """Whether the words are denied: 'has not held', 'is no longer oversold'; 'no lower lows' is a kind of its own."""
    before = evidence.note.text.plain[max(0, said.span.start - _REACH) : said.span.start]
    return not said.kind.startswith("no ") and bool(_DENIED.search(before))


def is_yet_to_come(evidence: Evidence, said: Indicator) -> bool:
    """'Breakout to new ATH (2,500–2,550)': a high that the note expects, not the one there is."""
    plain = evidence.note.text.plain
    return bool(_NEW.search(plain[max(0, said.span.start - 8) : said.span.end]))
