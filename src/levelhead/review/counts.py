"""Numbers that are no prices: counts of things, sizes of moves, ratios, numbers of chapters and charts."""

from __future__ import annotations

import re

from levelhead.review.alternatives import by_first_letter

COUNT = re.compile(
    r"(?<![\w.,])(?:"
    r"#\d{1,4}|Q[1-4](?:\s?(?:19|20)\d{2})?\b|\d{1,3}(?:st|nd|rd|th)\b"
    r"|\d{1,2}(?:\.\d{1,2})?\s?(?::|to)\s?\d{1,2}(?:\.\d{1,2})?(?=\s?(?:R\b|RR|R:R|reward|risk|risk/reward|ratio))"
    r"|\d(?:\.\d{1,2})?:\d(?:\.\d{1,2})?(?!\d)|\d(?:\.\d{1,2})?R\b"
    r"|\d{1,6}(?:[.,]\d{1,3})?(?:\s?(?:-|–|to)\s?\d{1,6}(?:[.,]\d{1,3})?)?[\s-]?"
    + by_first_letter(
        r"points?|pts?|ticks?|pips?|bps|bp|"
        r"basis points|handles|dollars|cents|crores?|lakhs?|contracts?|lots?|shares|"
        r"times|touches|tests|x\b|candles?|bars?|stocks|traders|subscribers|members|readers|followers|million|billion|trillion|bn|"
        r"minutes?|mins?|hours?|hrs?|h\b|hr\b|min\b|more\b|others?\b|members|upvotes|views|"
        r"calls\b(?! for\b)|"
        r"puts\b(?! [$€£~≈]{0,2}\d| (?:us|it|the|an?|in|into|focus|price|pressure|bulls|bears|that|this|another|our|its)\b)|"
        r"barrels|tonnes|ounces|"
        r"crores?|lakhs?|per\s?cent of|standard deviations?|sigma|ATRs?|yrs?|years?|timeframe|chart|firms|companies|blocks|people|"
        r"jobs|homes|"
        r"households|wells|rigs|bushels|acres|bales|tons|respondents|economists|analysts|investors|countries|pages|words|votes|seats|"
        r"megawatts|gigawatts|MW|GW|GWh|kilometres|kilometers|miles|cars|vehicles|units|customers|employees|workers|stores|vessels|"
        r"cargoes|ships|patients|observations|cases|occurrences|episodes|instances|signals|constituents|components|"
        r"names\b"
    )
    + r"(?!\w)"
    r"|\d{1,3}\s(?:[a-z]+ )?trades\b(?! (?:first|before|next|at|through|above|below|by|on|in|again)\b)"
    r"|"
    + by_first_letter(
        r"wave|phase|step|part|chapter|page|figure|fig\.|chart|day|week|no\.|item|scenario|case|option|plan|setup|trade|idea|"
        r"lesson|tip|volume|issue|vol\."
    )
    + r"\s\d{1,2}\b(?![,.]\d|\d|\s?%|[-–])"
    r"|"
    + by_first_letter(
        r"volumes?|vol\.?|open interest|OI|turnover|float|market cap|mcap|mkt cap|P/E|PE ratio|circulation|(?:at|until|before|"
        r"by) block|flight|"
        r"(?:study|sample|poll|survey|panel) of|population|headcount|room|suite|page|P\.?O\.? box|ticket|invoice|strike count"
    )
    + r"\s?"
    r"(?:(?:was|is|of|at|:|=|about|around|near|over)\s?){0,2}\d[\d,.]*\d(?:\s?[kKMB](?:n|ln)?)?(?![\w%])"
    r"|\d{1,3}[- ](?:days?|weeks?|months?|sessions?|periods?|bars?|hours?|years?|quarters?)[- ](?:change|return|rate|window|cycle|"
    r"look-?back|yield|bill|note|bond|bills|auction|volume|turnover|streak|losing|winning|correlation|holding)"
    r"|\d{1,3}[- ]day(?=[- ](?:highs?|lows?|range)\b)|\d{1,4} (?:up|down|green|red|winning|losing|positive|negative|gaining|rising|"
    r"falling|higher|lower) (?:years?|months?|weeks?|days?|sessions?|closes|candles|bars|quarters?|times)(?:\sand \d{1,4} \w+)?"
    r"|"
    + by_first_letter(r"strength|rating|score|grade|conviction|confidence|rank|quality|importance|stars?")
    + r"\s?[:=]?\s?\d{1,2}\s?(?:/|of|"
    r"out of)\s?\d{1,2}"
    r"(?!\d|[.,]\d)"
    r")",
    re.I,
)
