"""The words by which a clause is known for a condition: its openers, heads, and what takes up what was said before."""

from __future__ import annotations

import re
from typing import Literal

from levelhead.review import condition_words

Way = Literal["up", "down", "either"]


def one_of(*forms: str) -> str:
    """The forms as one alternation."""
    return "(?:" + "|".join(forms) + ")"


EDGE = re.compile(
    r"[,;:?!](?=\s|$)|\.\s|\s[–—-]{1,2}\s|—|→|->|=>|⇒|➔|➜|\(|\)|\||"
    r"\s(?:and|but)(?=\s(?:if|once|unless|until|with (?:it|that|this)|as long as|so long as|should (?:it|that|this))\s)|"
    r"\s(?:and|but)(?=\s(?:an? |any )?(?:daily |weekly |hourly )?(?:close|break|move|drop|push)\s)",
    re.I,
)
_WHO = one_of("it", "we", "they", "price", "that", "this", "bulls", "bears", "buyers", "sellers", r"the \w+")
_IT = one_of(
    "it", "that", "this", "there", "here", "which",
    "the (?:level|latter|former|line|mark|zone|hinge|area|same|figure|shelf|range|band|gap|high|low)",
)  # fmt: skip
_SIDE = one_of("above", "below", "over", "under")
OPENER = re.compile(
    r"\b"
    + one_of(
        "if",
        "once",
        "when(?:ever)?",
        "unless",
        "until",
        "provided",
        "providing",
        "assuming",
        "suppose",
        "whether",
        "in (?:case|the event)",
        "(?:as|so) long as",
        f"only (?:when|if|on|{_SIDE})",
        rf"while(?= (?:{_WHO} )?(?:\w+ )?(?:{_SIDE}|holding))",
        rf"should(?= (?:{_WHO}|(?-i:[A-Z$€£\d])))",
        r"(?:(?<=^)|(?<=[.;:] ))should(?= \w+ \w)",
        f"were(?= {_WHO} )",
        "say(?= we)",
        r"while(?= [^,;.]{2,40} (?:holds?|lasts?|survives?|remains? (?:open|unfilled|intact))[, ])",
        rf"while(?= [^,;.]{{2,40}} (?:capped|intact|contained|kept|under|below|above|over)(?: by| beneath| below)? {_IT},)",
    )
    + r"\b",
    re.I,
)
# 'needs X out of the way to have a shot at Y': what it is needed for
PURPOSE = re.compile(r"(?![^.;]{0,12}\bto hold\b)[^.;]{0,60}?\b(?:to|for|before|if|and then|then)\b", re.I)
# 'needs a close above X for Y' is a condition where it says how X is crossed
NEEDS = re.compile(
    r"\b"
    + one_of(
        "needs?",
        "must",
        "ha(?:s|ve) to",
        "requires?",
        "(?:would|will|it) takes?",
        "wants? to see",
        "needing",
        "got to",
        "gotta",
        "necessary",
        "waiting for",
        "(?:would|['’]d|might|will) (?:want|need|like)",
    )
    + r"\b",
    re.I,
)
_ACT = one_of(
    "break(?:out|down|ing)?", "clos(?:e|ing)", "mov(?:e|ing)", "drop(?:ping)?", "fall(?:ing)?", "ris(?:e|ing)", "push(?:ing)?",
    "return", "trad(?:e|ing)", "hold(?:ing)?", "los(?:s|e|ing)", "fail(?:ure|ing)?", "accept(?:ance)?", "reject(?:ion)?",
    "dip(?:s|ping)?", "rally", "settle(?:ment)?", "print", "reclaim(?:ing)?", "slip(?:ping)?", "slid(?:e|ing)", "climb(?:ing)?",
    "clear(?:ing|ance)?", "sweep", "probe", "spike", "pop", "crack", "flush", "pierc(?:e|ing)", "get(?:ting)?", "go(?:ing)?",
    "come", "coming", "run", "turn", "violation", "breach", "stay(?:ing)?", "remain(?:ing)?", "defend(?:ing)?", "back", "bounce",
    "recovery", "recover(?:ing)?", "(?:re)?tak(?:e|ing)", "regain(?:ing)?", "trip", "thrust", "follow-?through", "extension",
    "weakness", "strength", "value", "price", "any(?:thing|where)", "every(?:thing|where)", "daily", "weekly", "hourly",
    "sustained", "decisive",
)  # fmt: skip
_LEAD = (
    r"(?:\W*+"
    + one_of(
        "and",
        "but",
        "or",
        "so",
        "then",
        "while",
        "whereas",
        "only",
        "however",
        "conversely",
        "alternatively",
        "equally",
        "likewise",
        "also",
        "still",
        "yet",
        "now",
        "otherwise",
        "meanwhile",
        "instead",
        "today",
        "near-?term",
        "(?:up|down)side",
        "on the (?:other|flip) (?:hand|side)",
        "on the (?:up|down)side",
        r"for (?:now|me|us|bulls|bears|the \w+)",
    )
    + r"\W++){0,3}\W*+"  # what is taken is not given back: a word begins behind it
)
LEAD = re.compile(_LEAD, re.I)
_ADJECTIVE = one_of(
    "an?", "any", "another", "the", "no", "chart", "candle", "session", "bar", "some", "every", "further", "clean", "clear",
    "firm", "outright", "fresh", "new",
    r"\w+ed", r"\w+ve", r"\w+al", r"\w+ly", r"\w+[- ]day", r"\w+[- ]hour", "end[- ]of[- ]day", r"\d\w*",
)  # fmt: skip
HEAD = re.compile(rf"{_LEAD}(?:{_ADJECTIVE}[\s-]+){{0,5}}(?:{_ACT}[\s-]+){{0,3}}", re.I)
_NOT = r"(?:n['’]t|not| not)"
_DO = "(?:does|do|did|is|are|can|ca|wo)"
_REFERS_OPPOSITE = one_of(
    "otherwise", "or else", "else", "instead(?! of)", "failing (?:that|this|which|it|to)", "if not",
    rf"(?P<verb>(?:if )?{_WHO}(?: just| still)? ?{_DO}{_NOT}(?: \w+)?)",
    r"without (?:that|it|this|such \w+)", "(?:short|absent|barring) (?:of )?(?:that|it|this)",
)  # fmt: skip
_GOES_ON = r"(?=\s(?:would|could|should|will|may|might|can|and|opens?|targets?|exposes?|brings?|sends?|puts?|paves|allows?)\b)"
_MOVE = rf"(?:{_ADJECTIVE}[\s-]+){{0,5}}{_ACT}[\s-]+"
_FAILS = r"(?=\s(?:would|could|should|will|may|might|can|opens?|targets?|exposes?|brings?|sends?|puts?|means|and|leads)\b)"
_BY_NAME = (
    "(?:the|this|that|said)(?: \\w+ed)? "
    "(?:support|resistance|level|line|shelf|floor|ceiling|average|latter|same|zone|area|barrier|mark|"
    "hurdle|cap|band|handle|threshold|figure)"
)
_REFERS_DOWN = one_of(
    rf"{_MOVE}(?:below|lower|south|down|under|underneath|beneath){_GOES_ON}",
    rf"{_MOVE}(?:below|under|underneath|beneath|south of|back under|back below) (?:{_IT}|{_BY_NAME})",
    rf"(?:a |any |another )?(?:failure|rejection){_FAILS}",
    r"(?:if (?:it|they|we|bulls|buyers) )?can(?:['’]?t|not) (?:get|climb|move|push) (?:back )?(?:over|above|thr(?:ough|u)|past)"
    rf"(?: {_IT})?(?=\s?[:=,→-])",
    r"(?:(?:as|so) long as|while|if|once) (?:[\w'’]+ ){1,3}below(?=[,:])",
    one_of(
        "los(?:e|es|ing)", "giv(?:e|es|ing) up", "below", "under", "beneath", "south of", "crack(?:s|ing)?", "fail(?:s|ing)? at",
        "reject(?:ed|s|ion)(?: at)?", "failure(?: at)?", r"(?:an? |any |the )?(?:\w+ )?(?:failure|inability) to \w+",
    ) + f" {_IT}",
    "give (?:it|that|this) up", "fail(?:s|ure|ing)? (?:here|there)", "it (?:fails|breaks down|cracks|goes|gives(?: way)?)",
    "if (?:it|that|this) (?:fails|cracks|goes|gives(?: way)?|is lost)", "if (?:lost|violated|rejected)", "no (?:hold|bounce)",
)  # fmt: skip
_REFERS_UP = one_of(
    rf"{_MOVE}(?:above|higher|north|up|over){_GOES_ON}",
    rf"{_MOVE}(?:above|over|north of|past|back above|back over) (?:{_IT}|{_BY_NAME})",
    r"(?:(?:as|so) long as|while|if|once) (?:[\w'’]+ ){1,3}above(?=[,:])",
    one_of(
        "hold(?:s|ing)?", "clear(?:s|ing)?", "reclaim(?:s|ing)?", "above", "over", "regain(?:s|ing)?", "north of",
        "get(?:ting)?(?: back)? above",
    ) + f" {_IT}",
    "it (?:holds|clears)", "if (?:it|that|this) (?:holds|clears)", "if (?:held|reclaimed|cleared|defended)", "get(?:ting)? going",
)  # fmt: skip
_ARROW = "(?:→|->|=>|⇒|➔|➜)"
_REFERS_EITHER = one_of(
    rf"(?:holds?|lose|loss|fails?|breaks?|reject(?:ion)?|accept(?:ance)?|clear)(?=\s?(?:{_ARROW}|[:=?]))",
    rf"(?:above|below|over|under|up|down|higher|lower|yes|no)(?=\s?(?:{_ARROW}|=))",
    f"(?:break(?:s|ing)?|thr(?:ough|u)|beyond|past|outside(?: of)?|get|take) {_IT}",
    "only then",
    rf"(?:an? |any |such an? )(?:[\w-]+ )?(?:break(?:out|down)?|breach){_GOES_ON}",
    rf"{_MOVE}(?:there|(?:of|through|beyond|past) (?:{_IT}|{_BY_NAME}))",
    rf"(?:if|once|when|should) {_BY_NAME} (?:breaks?|goes|fails?|gives(?: way)?|cracks?|yields?|falls|is (?:lost|broken|taken out|"
    r"cleared|breached))",
    r"with (?:it|that|this|them|those) (?:capped|holding|intact|broken|gone|lost|cleared|out of the way|in place|behind us|"
    r"capping)",
    rf"(?:as long as|so long as|while|until|unless) {_IT}(?: is| are|['’]s| has| gets?)?(?: not| never|n['’]t)? (?:been )?(?:now |"
    r"finally )?(?:cleared|broken|taken out|breached|lost|overcome|reclaimed|exceeded|regained|removed|violated|capped|capping)",
    "if (?:so|broken|breached|they get (?:that|it)|it (?:does|breaks|gives)|that (?:happens|breaks))",
    rf"(?:if|once|when|should) (?:{_IT}|they|these)(?: is|['’]s| are|['’]re| gets?| were| be)? (?:now |finally |ever )?"
    "(?:broken|breached|taken out|taken|exceeded|crossed|removed|hit|reached|gone|overcome|tested|filled|beaten|run)",
    "it breaks", "in (?:which|that|this) case", "once (?:through|broken|done)",
)  # fmt: skip
REFERS = re.compile(
    rf"{_LEAD}(?:(?P<not>{_REFERS_OPPOSITE})|(?P<down>{_REFERS_DOWN})|(?P<up>{_REFERS_UP})|{_REFERS_EITHER})\b", re.I
)
# 'a weekly close above the January high would bring ...': how a level is crossed that is named, not given
NAMED_LEVEL = re.compile(
    rf"{_LEAD}(?:{_ADJECTIVE}[\s-]+){{0,5}}(?:{_ACT}[\s-]+){{1,3}}"
    r"(?:(?P<up>above|over|past|beyond|north of)|(?P<down>below|under|beneath|south of)|through|of|at|outside(?: of)?)"
    r"\s(?:the|its|this|that|last|our|either|yesterday['’]s|\w+['’]s|\w+[- ]day)\s[^,;:.]{2,60}?(?=\b"
    + one_of(
        "would", "could", "should", "will", "may", "might", "can", "opens?", "targets?", "brings?", "sends?", "exposes?", "puts?",
        "paves", "signals?", "confirms?", "completes?",
    )
    + r"\b)",
    re.I,
)  # fmt: skip
# what holds may be above the market or below it
HOLDS = re.compile(
    r"\s(?:\([^)]{0,30}\)\s)?(?:\w+\s)?(?:holds?|caps|rejects?|survives?|"
    r"(?:stays?|remains?|is|are) (?:intact|unbroken|in place)|"
    r"(?:is|are|be) (?:held|respected|defended|(?:not|never) \w+)|isn['’]t \w+|continues to (?:hold|cap)|"
    r"keeps? (?:holding|capping))\b",
    re.I,
)
CLOSED = re.compile(r"[,:?–—→>-]\s*$")
CLOSES = re.compile(r"(?: \w+){0,2}\s?(?:[,;:?!(|]|[–—-]{1,2}|→|->|=>|⇒|➔|➜|\.)\s*|(?: \w+){0,2} and\b.*", re.I)
PLACE = re.compile(r"\b(?:below|above|under|over|beneath|north of|south of|beyond|past|outside)\b", re.I)
ONLY_PLACE = re.compile(_LEAD + PLACE.pattern, re.I)
ONLY_SIGN = re.compile(r"\s*[<>≤≥=]+\s*[$€£]?")
NO = re.compile(r"\b(?:no|not|without)\b", re.I)
# '25,700 gone, ...', '410 must be overcome for ...'
ABSOLUTE = re.compile(
    r"\s(?:once |now |finally |safely )?"
    + one_of(
        "gone",
        "lost",
        "broken",
        "breached",
        "cleared",
        "reclaimed",
        "taken out",
        "violated",
        "out of the way",
        "behind us",
        "overcome",
        "exceeded",
        "regained",
        "in the bag",
        "conquered",
    )
    + r"(?:\s?[,:;–—-]|\sand\b|\sbefore\b)|\s(?:must|needs? to|ha(?:s|ve) to|is (?:needed|required)|would (?:have|need) to)\b",
    re.I,
)
AHEAD: tuple[tuple[Way, re.Pattern[str]], ...] = (
    ("up", condition_words.NOT_BELOW),
    ("down", condition_words.BELOW),
    ("up", condition_words.ABOVE),
    ("either", condition_words.EITHER),
    ("up", re.compile(r"(?:≥|>=)\s?[$€£]?$")),
    ("down", re.compile(r"(?:≤|<=)\s?[$€£]?$")),
)
BEHIND: tuple[tuple[Way, re.Pattern[str]], ...] = (
    ("up", condition_words.BEHIND_UP),
    ("down", condition_words.BEHIND_DOWN),
    ("either", condition_words.BEHIND_EITHER),
)
LEVEL = one_of(
    "supports?", "resistances?", "resi?s", "supps?", "defen[cs]es?", "floors?", "ceilings?", "supply", "demand", "hurdles?",
    "barriers?", "pivots?",
)  # fmt: skip
_KIND = one_of(
    "the", "a", "an", "our", "key", "next", "first", "only", "last", "remaining", "strong", "major",
    "minor", "interim", "initial", "good", "some", "more",
    "immediate", "near-?term", "critical", "new", "very next", "nearest", "seen as", "final",
)  # fmt: skip
_IS_A = one_of("as", "is", "are", "being", "remains?", "becomes?", "acts? as", "turns?(?: into)?", "offers?", "provides?", "marks?")
# what calls the price before it a level
LABELLED = re.compile(
    rf"^(?:\s?\([^)]{{0,24}}\)|"
    rf",\s[^,.;:\d]{{3,32}}(?:\d{{4}}[^,.;:\d]{{0,20}})?,)?\s?(?:{_IS_A} )?(?:{_KIND}[ -]){{0,4}}(?:{LEVEL}|stop)\b|"
    r"^\s?(?:caps?|protects?|guards?|holds|held)\b|"
    r"^\s(?:will|should|would|does|may|might|could)(?: (?:do|too|also|as well|hold))?\s?(?:[.,;]|$)",
    re.I,
)
