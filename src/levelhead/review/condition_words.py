"""The words of a condition and of what follows from it."""

from __future__ import annotations

import re

from levelhead.review.alternatives import by_first_letter

LEADS = (
    r"(?:\s(?:the|a|an|its|our|that|this|key|old|prior|index|pair|price|market|metal|future|points|line|level|mark|area|"
    r"zone|support|resistance|at|of|around|near|about|trend ?line|neckline|channel|average|moving|low|high|lows|highs|shelf|"
    r"pivot|barrier|"
    r"handle|round|number|figure|floor|ceiling|swing|monthly|prior|previous|last|recent|yesterday['’]s|week['’]s|month['’]s|"
    r"year['’]s|triple|"
    r"double|top|bottom|flag|wedge|triangle|cloud|gap|day|\d{2,3}-day|[se]ma|"
    r"\w+ly)){0,5}\s?[$€£~≈]?\s?"
)
ABOVE = re.compile(
    r"(?:\b(?:above|abv|over|beyond|past|north of|through|exceeds?|beats?|betters?|conquers?|scal(?:e|es|ing)|recover(?:s|ing|"
    r"y of)?|surmount(?:s|ing)?|overcom(?:e|es|ing)|win(?:s|ning)? back|retain(?:s|ing)?|cross(?:es|ing)?|"
    r"tops?|vaults?|surpass(?:es|ing)?|clear(?:s|ing|ance of|ed)?|reclaim(?:s|"
    r"ing)?|regain(?:s|ing)?|"
    r"re-?tak(?:e|es|ing)|recaptur(?:e|es|ing)|tak(?:e|es|ing) out|hold(?:s|ing)?(?: of)?|defend(?:s|ing)?|break-?out (?:of|"
    r"above|from)|top(?:s|ping)|"
    r"acceptance (?:of|at))|>)" + LEADS + "$",
    re.I,
)
BELOW = re.compile(
    r"(?:\b(?:below|blw|failing|under|beneath|underneath|south of|los(?:e|es|ing|s of)|loos(?:e|es|ing)|"
    r"(?:unable|inability|not able) to (?:hold|clear|"
    r"reclaim|stay above)|(?:cannot|can['’]?t|not) (?:hold|clear|reclaim)|"
    r"(?:cannot|can['’]?t|could(?:n['’]?t| not)|do(?:es)?(?:n['’]t| not)|unable to|fails? to|failing to|"
    r"won['’]t)(?: \w+){0,4}? (?:at|above|over|through|past|"
    r"beyond|clear|reclaim|hold|regain|defend)|fail(?:s|ure)? (?:at|to hold|to clear|of|near|"
    r"below)|crack(?:s|ing)?|tak(?:e|es|ing) away|"
    r"breakdown (?:of|below|from|through)|giv(?:e|es|ing) up|slips? (?:through|below)|rejection (?:at|from|near)|"
    r"surrender(?:s|ing)?)|<)" + LEADS + "$",
    re.I,
)
EITHER = re.compile(
    r"\b(?:break(?:s|ing)?(?: of| through)?|flip(?:s|ping)?|breach(?:es)?(?: of)?|violation of|pierc(?:e|es|ing)|"
    r"through)" + LEADS + "$",
    re.I,
)
_ASIDE = (
    r"(?:\s(?:trigger|level|mark|area|line|zone|support|resistance|shelf|barrier|figure|handle|low|high|"
    r"pivot))?\s?(?:\([^)]{0,30}\)\s?)?"
)
_BE = r"(?:is|are|gets?|be|been|being|were to be|can be|could be|were) (?:\w+ly )?"
BEHIND_UP = re.compile(
    _ASIDE
    + rf"(?:{_BE}(?:cleared|reclaimed|regained|taken out|overcome|exceeded|recaptured|surpassed|topped|defended|bettered|beaten|"
    r"conquered|recovered|scaled|held|retaken|bid through)|clears?|holds?|(?:is|are|be)(?: not|n['’]t) (?:broken|lost|"
    r"violated|breached|undercut)|"
    r"stays? intact|remains? intact|survives?|continues to hold|can hold|keeps? holding)\b",
    re.I,
)
BEHIND_DOWN = re.compile(
    _ASIDE + rf"(?:{_BE}(?:lost|violated|undercut|given up|surrendered|forfeited|abandoned|overrun)|"
    rf"fails?|cracks?|caves?|"
    r"does(?:n['’]t| not) hold|caps|rejects?|drops out)\b",
    re.I,
)
BEHIND_EITHER = re.compile(
    _ASIDE
    + rf"(?:{_BE}(?:broken|breached|pierced|crossed|passed|hit|penetrated|taken|reached|touched|tripped|triggered|removed|through)|"
    r"breaks?(?! (?:out|higher|up))|goes(?! to)|snaps?|were to break|gives? way|gives? out|folds|yields|buckles|crumbles?)\b",
    re.I,
)
GIVES_WAY = re.compile(r"\s?(?:gives(?: way)?|breaks|goes|cracks|fails|snaps),\s(?:we|it|price|and|then|the)\b", re.I)
# 'does not close under', 'without a break of': what is denied holds the other way.
NOT_BELOW = re.compile(
    r"\b(?:not|n['’]t|no|never|without|avoids?|refuses? to|fails? to|unable to)\b(?:\s(?!but|and|only)[\w-]+){0,4}?\s"
    r"(?:below|under|beneath|underneath|south of|los(?:e|es|ing)|undercut|violate[sd]?|give up)" + LEADS + "$",
    re.I,
)
UNLESS = re.compile(r"\bunless\b[^.;]{0,60}$", re.I)
GOES = re.compile(
    r"(?:→|->|=>|➔|➜|⇒|\b(?:targets?|targeting|to|toward|towards|upto|into|until|opens?(?: up)?|opening|exposes?|exposing|for|"
    r"objective|aims?(?: at| for)?|"
    r"eyes?|eyeing|beckons|gets?(?: us| you)?|dreams? of|thinks? of|talks? (?:of|about)|look(?:s|ing)?(?: for| at| to)?|"
    r"expect(?:s|ed)?|invites?|allows?(?: for)?|"
    r"brings?(?: in)?|sets? up|"
    r"points?(?: at)?|reveals?|"
    r"unlocks?|signals?|implies|means|see(?:s|ing)?|puts?|threatens?|risks?|triggers?|suggests?|tests?|re-?tests?|"
    r"next(?: stop| is| up)?|then|keeps|leaves|gives?|giving|delivers?|sends?|sending|takes?|taking|drags?|dragging|"
    r"carr(?:y|ies)|lifts?|lifting|"
    r"pulls?|pushes|drives?|drops?|leads?|leading|extends?|makes?|calls? for|warrants?|argues? for|activates?|exten(?:d|sion)|"
    r"completes?|"
    r"(?:the |our |its )?(?:alternative|scenario|route|road|path|trap ?door|prize|station|runway|landing (?:spot|zone|place)|"
    r"air pocket|vacuum|blue sky|"
    r"home|pay-?off|reward|port of call|attraction|focus|projection|pull|reaction low|reaction high)|first|initially|"
    r"where (?:we|it|price)|"
    r"reach(?:es)?|hits?|we get|i want|magnet|draw|destination|at least|down|up|back|count down))\b"
    r"(?:\s(?:a|an|the|its|our|about|around|near|at|to|is|for|of|least|\w+ing|next|\w+ move|retest|test|rally|run|slide|"
    r"drop|rise|fall|push|leg|"
    r"return|path|door|way|window|room|space|focus|support|resistance|target|stop|level|area|zone|objective|magnet|up|down|"
    r"back|further|downside|upside|"
    r"first|deeper|quick|extension|pivot|high|low|hole|gap|toward|towards|into)){0,6}\s?[$€£~≈]?\s?$|(?:→|->|=>|➔|➜|"
    r"⇒)\s?[$€£~≈]?\s?$",
    re.I,
)
SIGHT = re.compile(
    r"\s?(?:\([^)]{0,30}\)\s?)?(?:(?:comes?|is|are|swings?|moves?|gets?|would be|will be|should be|becomes?)\s(?:then |"
    r"back |likely |the |our |a |where )*(?:in(?:to)? "
    r"(?:the )?(?:view|play|focus|sights?|range|reach|frame|picture|game|question|consideration|contention|equation|spotlight|"
    r"crosshairs|mix|conversation|discussion|cards)|next|the next (?:address|stage|station|candidate|waypoint|stop|line|mark|"
    r"port of call)|called for|up for grabs|draw|target|objective|magnet|goal|destination|"
    r"on the cards|on the table|exposed|"
    r"tested|tried|to be (?:tried|tested|reckoned with|expected)|reached|a run|doable|possible|likely|due|ours)|gets a (?:run|"
    r"test|look|visit)|beckons|looms|awaits|follows|"
    r"(?:is )?next\b|(?:back |firmly |still |then |also )*(?:in(?:to)? (?:the )?(?:sights?|view|play|game|focus|picture|frame|"
    r"crosshairs|range|reach)|on deck|"
    r"on (?:the|our|my) (?:table|cards|menu|radar|agenda|horizon|map)|alive|within (?:reach|range|sight)|to follow|"
    r"would follow|up next|will be (?:tried|tested|seen)|can be had|"
    r"enters? (?:the )?(?:picture|game|fray|frame|equation|discussion|scene|view|field)|as (?:the |our |its |a |an )?(?:next |"
    r"first |likely |initial |obvious |logical |measured )?(?:stations?|targets?|stops?|"
    r"objectives?|goals?|"
    r"destinations?|magnets?|ports? of call|prizes?)|(?:is|are|becomes?|remains?) (?:the |our |a )?(?:next |first |likely |"
    r"obvious |logical )"
    r"(?:station|target|stop|objective|goal|magnet)|comes? (?:up|on)\b|opens? up|"
    r"(?:will|would|should|could|may|might|can) (?:then |also |likely |quickly |soon )?be (?:challenged|targeted|attacked|"
    r"approached|revisited|re-?tested|probed|threatened|filled|exposed|vulnerable|at risk|in danger|on)\b|"
    r"(?:as |being |, )?(?:the|its|our|their|an?) (?:\w+[- ]){0,2}(?:targets?|objectives?|goals?|destinations?|draw|magnet|"
    r"prize|aim)\b(?!\s?(?:[:=]|is|are|at|of|would|lies|remains|becomes))))(?!\sas\s(?:\w+\s){0,2}?(?:support|resistance)\b)",
    re.I,
)
ELSE = re.compile(
    r"\b(?:otherwise|or else|else|failing (?:that|which|this)|if not|if it does(?:n['’]t| not)|if that fails|if they do not)\b",
    re.I,
)
PAST = re.compile(
    r"\b"
    + by_first_letter(
        r"led|sent|pushed|triggered|opened|fell|rose|rallied|broke|dropped|was|were|had|took|came|gave|ended|closed|"
        r"settled|hit|reached|"
        r"touched|bounced|reversed|slid|climbed|jumped|ran|went|turned|followed|brought|saw|failed|held|traded|yesterday|"
        r"last (?:week|month|year|time|night)|ago"
    )
    + r"\b",
    re.I,
)
MODAL = re.compile(
    r"\b"
    + by_first_letter(
        r"would|could|should|may|might|will|can|if|unless|once|until|while|as long as|so long as|expect|look(?:s|ing)? for|"
        r"targets?|opens?|exposes?|"
        r"['’]ll|risk|likely|is|are|next|invites?|brings?|points?"
    )
    + r"\b|→|->|=>|:",
    re.I,
)
WHILE = re.compile(r"\b(?:while|as long as|so long as|if|once|unless|until)\b", re.I)
SMALL = re.compile(
    r"[\s,;:/&$€£~≈()–—-]*(?:(?:and|then|or|to|followed by|even|possibly|maybe|later|next)\s?){0,3}[\s$€£~≈(]*", re.I
)
AND_IT_IS = re.compile(
    r"[^.;!?\d]{0,24}\b(?:and|then|so) (?:it['’]?s|it is|that['’]?s|we(?:['’]re| are| see| get| go(?: to)?)?|you (?:get|"
    r"have|see)|next (?:is|comes)|i (?:think|see|want|expect)|"
    r"price (?:is|goes) (?:at|to))\s?[$€£~≈]?\s?|\s?,?\s?(?:it['’]?s|its|thats|it is|that['’]?s|we['’]re at)\s?[$€£~≈]?\s?",
    re.I,
)
COLON = re.compile(
    r"[^.;!?\d]{0,24}[:=,]\s?(?:then |we get |it is |that is |to |first |initially |next |it['’]s |that['’]s |"
    r"we go )?[$€£~≈]?\s?$|\s[–—-]\s[$€£~≈]?$"
)
PRONOUN = re.compile(
    r"\b(?:rejection|failure|acceptance|break|close|move|hold)s? (?:there|here|of it|above it|below it|above there|below there)\b|"
    r"\b(?:if|once|should|when|unless)\b|^\W*(?:yes|no)\b[^.;]{0,40}(?:→|->|=>|:)|"
    r"\b(?:below|above|under|over|beyond|through|beneath|losing|clearing) (?:it|that|this|there|which|here|the same|(?:the|"
    r"that|this) (?:level|mark|price|line|point|zone|latter|former))\b|"
    r"\b(?:hold(?:s|ing)?|lose(?:s)?|clear(?:s)?|reclaim(?:s)?|crack(?:s)?) (?:it|that|this)\b|"
    r"^\W*(?:falls|fails|breaks|holds|clears|stays) (?:it|this|that)\b",
    re.I,
)
OF_IT = re.compile(
    r"\b(?:(?P<up>hold(?:s|ing)?|clear(?:s|ing)?|reclaim(?:s|ing)?|recover(?:s|ing)|(?:back |stay(?:s|ing)? |close )?(?:above|"
    r"over)|stay(?:s|"
    r"ing)? above)|"
    r"(?P<down>los(?:e|es|ing)|(?:back |close )?(?:below|under|beneath)|crack(?:s|ing)?|fail(?:s|ing)? at|rejection(?: at)?|"
    r"failure(?: at)?))\s(?:(?:that|this|the) (?:level|mark|price|line|point|zone|latter|former)|the same|"
    r"it|that|there|this)\b",
    re.I,
)
TARGET_IS = re.compile(r"\s(?:is|=|at|would be|becomes|will be|being)\s[$€£~≈]?\s?")
TARGET = re.compile(r"\b(?:targets?|objectives?|goals?|projections?)\b", re.I)
IF_SO = re.compile(
    r"^\W*(?:(?:if|should|once|when|in the event|in case|on an?|were)\b[^.;\d]{2,60}[,:](?:\s?[\w’' -]{2,30}[:=])?|(?:yes|no|"
    r"else|otherwise)\b[^.;\d]{0,50}"
    r"(?:[,:]|→|->|=>))\s?(?:then |it['’]s |we get )?[$€£~≈]?\s?$",
    re.I,
)
IS_LEVEL = re.compile(
    r"\b(?:supports?|resistances?|defen[cs]e|floors?|ceilings?|supply|demand|hurdles?|barriers?|trouble|sellers|"
    r"buyers)\s(?:\w+\s){0,2}?(?:is|are|"
    r"at|lies|sits|comes|stands|waits|"
    r"near|around|of)\s(?:at |in at |around |near |only |then |next )?(?:the )?[$€£~≈]?\s?$",
    re.I,
)
LEVELS = re.compile(
    r"\b" + by_first_letter(r"supports?|resistances?|defen[cs]e|floors?|ceilings?|supply|demand|levels?|hurdles?|res|sup") + r"\b",
    re.I,
)
# how a list of levels goes on
AT = re.compile(r",?\s(?:(?:again|then|next|also|later|after that)\s)?(?:at|near|around|in)\s[~≈]?(?:US)?[$€£]?(?:$)", re.I)
