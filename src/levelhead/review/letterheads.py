"""The lines above a note that name the paper it is printed on: mail headers, publishers, departments, the title of a series."""

from __future__ import annotations

import re

_FIELD_OF_MAIL = re.compile(
    r"\W{0,4}(?:from|to|cc|bcc|subject|subj|re|fwd?|fw|sent|date|reply[- ]to|attn|attention|distribution|dist(?:ribution)?[- ]list|"
    r"list|mailing list|via)\s?:\s?\S",
    re.I,
)
_MAIL_ALONE = re.compile(r"\W{0,4}(?:from|cc|bcc|subject|subj|sent|reply[- ]to|attn|dist(?:ribution)?[- ]list)\s?:", re.I)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}\.", re.I)
_PAPER = re.compile(
    r"\b(?:memo(?:randum)?|letter|lettre|newsletter|bulletin|gazette|report|research|securities|card|sheet|desk|dept\.?|department|"
    r"bank|bankhaus|banque|banca|banco|capital|brokers?|brokerage|clearing|advisors?|advisers|advisory|commentary|"
    r"(?:noon|morning|midday|closing|opening|evening|market|daily|weekly|our|technical|some|few) "
    r"(?:comments?|notes?|remarks|calls?|views?)|"
    r"circular|dispatch|digest|diary|journal|almanac|chronicle|compass|partners|associates|holdings|group|institute|house|"
    r"ltd\.?|limited|inc\.?|llc|llp|plc|gmbh|a\.?s\.?|s\.a\.?|ag|asset management|wealth|investments?|investor|trust|"
    r"strategy|strategist|issue (?:no\.? ?|#)?\d+|vol\. ?\w+|no\. ?\d+|edition|episode|channel|podcast|transcript|"
    r"bot|robot|v\d+\.\d+)(?!\w)",
    re.I,
)
_OF_A_PLAN = re.compile(
    r"\W*(?:trade|trading|setup|set-up|plan|entry|buy|sell|long|short|scenarios?|supports?|resistances?|key levels?)\b", re.I
)


def is_mail_field(text: str) -> bool:
    """'Subject: Noon comments - crude': a line that says who writes, to whom, about what."""
    return bool(_MAIL_ALONE.match(text)) or (bool(_FIELD_OF_MAIL.match(text)) and bool(_ADDRESS.search(text)))


def is_letterhead(text: str) -> bool:
    """'Hanami Securities — FX strategy memo': a title that names a paper, not what stands under it."""
    return is_mail_field(text) or (bool(_PAPER.search(text)) and not _OF_A_PLAN.match(text))
