"""Markdown without its marks, line for line, so that a table and a list keep the shape a reader sees."""

from __future__ import annotations

import re

# Each pattern is bounded: a line of a million stars is read as fast as any other.
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,2000}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,400}?\S|\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{0,400}[^\s*_])\1(?![\w*_])")
_CODE = re.compile(r"`{1,3}([^`\n]{1,400})`{1,3}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])")
_QUOTE = re.compile(r"(?m)^[ \t]{0,3}>[ \t]?")
_FENCE = re.compile(r"(?m)^[ \t]{0,3}(?:```|~~~)[^\n]{0,80}$")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>\n]{0,500})?/?>")
_MUCH = 5000


def without_markup(plain: str, *, is_markdown: bool) -> str:
    """The text as a person reads it: emphasis, links, quotes and tags taken off, headings and tables left.

    Text that is no Markdown loses emphasis in pairs of stars alone: an underscore or a star may be its own.
    """
    return "\n".join(_line(line, is_markdown) if len(line) <= _MUCH else line for line in _whole(plain, is_markdown).split("\n"))


def _whole(plain: str, is_markdown: bool) -> str:
    return _QUOTE.sub("", _FENCE.sub("", plain)) if is_markdown else plain


def _line(line: str, is_markdown: bool) -> str:
    if "**" in line or "__" in line:
        line = _STRONG.sub(r"\2", line)
    if not is_markdown:
        return line
    if "](" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub(r"\1", line))
    if "*" in line or "_" in line:
        line = _EMPHASIS.sub(r"\2", line)
    if "`" in line:
        line = _CODE.sub(r"\1", line)
    if "<" in line:
        line = _TAG.sub(" ", line)
    if "&" in line:
        from html import unescape

        line = _ENTITY.sub(lambda found: unescape(found.group()).replace("\n", " "), line)
    return _ESCAPE.sub(r"\1", line) if "\\" in line else line
