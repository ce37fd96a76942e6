"""How the trade names an oscillator and its length: 'RSI(14)', '14-day RSI', 'RSI over 14 days', 'ATR, 14:', 'MACD 12/26/9'."""

from __future__ import annotations

import re

from levelhead.review.spelled_numbers import SPELLED_NUMBER, spelled_number

_LENGTH = rf"(?:\d{{1,3}}|{SPELLED_NUMBER})"
_UNIT = r"(?:days?|daily|d|weeks?|periods?|per\.?|sessions?|bars?|hours?|candles?)"
OSCILLATOR = re.compile(
    r"(?<!\w)(?P<osc>(?:Wilder[’']?s\s)?relative[\s-]strength[\s-](?:index|gauge|indicator|oscillator|reading)(?:\s?\(RSI\))?|"
    r"relative[\s-]strength(?=\s?[:=]?\s{0,3}\d{1,2}(?:\.\d+)?\s?%?(?![\d,.]))|(?<=\d-day )relative[\s-]strength(?=\W*$)|"
    r"strength index|RSI|"
    r"average true range(?:\s?\(ATR\))?|ATR|ADX|CCI|MFI|MACD|stochastics?|VWAP|momentum indicator|"
    r"Bollinger(?: bands?)?|Williams ?%R)(?:"
    rf"[\s-]?[(\[{{]\s?(?:last\s)?(?P<args>{_LENGTH}(?:\s?[,/-]\s?\d{{1,3}}){{0,3}})(?:[\s-]?{_UNIT})?(?:,\s?(?:daily|day|d1|weekly|"
    rf"monthly|hourly|w1|1w|\d{{1,3}}\s?(?:h|hours?|min|m)|h[1248]|close|closing|wilder|smoothed)){{0,2}}\s?[)\]}}]"
    r"|,?\s(?:set (?:to|at|on|over) |(?:measured |taken |calculated |computed |based )?(?:over |of |on |for ))"
    rf"(?:the (?:last |past )?|a )?(?P<over>{_LENGTH})[\s-]{_UNIT}(?![\w])"
    rf"|,?\sset (?:to|at) (?P<set>{_LENGTH})(?![\w.])"
    rf"|,\s(?P<comma>[12]?\d|{SPELLED_NUMBER})(?:[\s-]{_UNIT}(?=\s?[:=);,]|\s(?:is|at|reads|stands)\b|\s?$)|(?=\s?[:=]|"
    rf"\)\s?[:=]?\s?[$€£]?\d))"
    r"|,\s(?P<usual>7|9|14|21)(?=\))"
    rf"|\s(?P<unit>\d{{1,3}})[\s-]?{_UNIT}(?![\w])"
    r"|\s?(?P<three>\d{1,2}\s?[/,-]\s?\d{1,2}\s?[/,-]\s?\d{1,2})(?![\d.]*\d)"
    r"|[- ]?(?P<bare>\d{1,2})(?![\d.,%]|\s?%|[-–]\d)"
    r")?(?:(?<=\))|(?!\w))",
    re.I,
)
_BEFORE = re.compile(rf"(?<![\w.])(?P<n>{_LENGTH})[- ](?:day|period|bar|week|session|d)[- ](?:Wilder |daily )?$", re.I)
_VALUED = re.compile(
    r"[\"”’']?\s?\)?\s?(?:[:=|(@→➔➜]|is|at|of|reads?|stands?|near|around|now|remains|shows?|prints?|"
    r"[a-z]+\s){0,6}\s?[-−+]?[$€£]?\d",
    re.I,
)
LONGEST_LENGTH = 30  # an RSI of more days is hardly printed
_LENGTH_ALONE = ("7", "9", "14", "21")  # the label of a row
_WITH_LENGTH = ("rsi", "atr", "adx", "mfi", "cci")
_NAMES = (("strength", "rsi"), ("true range", "atr"), ("stochastic", "stochastic"), ("bollinger", "bollinger"))


def oscillator_name(text: str, found: re.Match[str]) -> tuple[str, int, int]:
    """'rsi_14' of 'RSI (14)' or '14-day RSI', and where its words begin and end: of 'RSI 61' before its value."""
    stem = found["osc"].lower()
    name = next((called for part, called in _NAMES if part in stem), stem)
    begin, end, bare = found.start(), found.end(), found["bare"] or ""
    is_alone = bare in _LENGTH_ALONE and text[end:].strip(" ):") == ""
    if bare and not is_alone and (not _VALUED.match(text[end : end + 40]) or (name == "rsi" and int(bare) > LONGEST_LENGTH)):
        bare, end = "", found.end("osc")
    length = next((found[group] for group in ("args", "over", "set", "comma", "usual", "unit") if found[group]), "") or bare
    if found["args"] and name == "rsi" and _first(length) > LONGEST_LENGTH and not _VALUED.match(text[end : end + 40]):
        length, end = "", found.end("osc")  # 'the RSI (58) is turning up'
    if not length and (before := _BEFORE.search(text[max(0, found.start() - 32) : found.start()])):
        length, begin = before["n"], found.start() - len(before.group())
    if name not in _WITH_LENGTH:
        return name, begin, end
    return f"{name}_{_first(length) or 14}", begin, end


def _first(words: str) -> int:
    return spelled_number(words if words[:1].isalpha() else words.split(",")[0].split("/")[0].split("-")[0].strip())
