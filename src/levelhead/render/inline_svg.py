"""A drawing library's SVG file made into an element of a page: small, without ids of its own, in the page's type.

Only tags are rewritten. What stands between them is for the reader, and a price must not be taken for a coordinate.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<[^>]*>")
_LEFT_OUT = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->|<style type=\"text/css\">.*?</style>", re.DOTALL)
_REFERENCE = re.compile(r"(url\(|href=\")#([\w-]+)")
_ID = re.compile(r" id=\"([\w-]+)\"")
_TYPE = re.compile(r"font: (bold )?(?:\d+ )?([\d.]+)px [^;\"]*|font-family: [^;\"]*;?| *transform=\"rotate\(-0 [^\"]*\"")
_LONG = re.compile(r"-?\d+\.\d{2,}")
_ROOT = re.compile(r"<svg [^>]*?viewBox=\"([^\"]*)\"[^>]*>")
_ALONE = re.compile(r"<g>(<text[^>]*>[^<]*</text>|<path[^>]*/>)</g>")


def inlined(file: str, prefix: str) -> str:
    """The <svg> element of `file`: ids kept, under `prefix`, where something refers to them; family and size left to the page;
    coordinates to a tenth of a unit. A group whose id is 'halo' becomes one of that class.
    """
    svg = _LEFT_OUT.sub("", file[file.index("<svg") : file.rindex("</svg>") + len("</svg>")])
    used = {found[2] for tag in _TAG.findall(svg) for found in _REFERENCE.finditer(tag)}
    svg = _TAG.sub(lambda tag: _rewritten(tag[0], prefix, used), svg)
    svg = _ROOT.sub(r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="\1">', svg, count=1)
    return _ALONE.sub(r"\1", re.sub(r">\s+<", "><", svg))


def _rewritten(tag: str, prefix: str, used: set[str]) -> str:
    tag = tag.replace('<g id="halo">', '<g class="halo">')
    tag = _ID.sub(lambda found: f' id="{prefix}-{found[1]}"' if found[1] in used else "", tag)
    tag = _REFERENCE.sub(rf"\1#{prefix}-\2", tag)
    tag = _LONG.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), _TYPE.sub(_type, tag))
    return re.sub(r"\s+", " ", tag)


def _type(found: re.Match[str]) -> str:
    weight = "font-weight: bold; " if found[1] else ""
    return f"{weight}font-size: {found[2]}px" if found[2] else ""
