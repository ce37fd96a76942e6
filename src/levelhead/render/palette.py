"""The colours of picture and page: one name, two values, so that light and dark say the same thing.

Blue is up and orange is down: a pair that people who confuse red and green keep apart, and that differs in brightness in print.
Every light value is used for one name only, since a drawn picture is turned into one that follows the reader's setting by
exchanging its values for names (`named`).
"""

from __future__ import annotations

import re

LIGHT = {
    "paper": "#fdfcf9",
    "card": "#f6f3ec",
    "ink": "#1c1b19",
    "muted": "#625d54",
    "line": "#d8d2c5",
    "grid": "#ebe7de",
    "up": "#1a5ea6",
    "down": "#b24a07",
    "up-pale": "#cfe0f1",
    "down-pale": "#f8d9c1",
    "flat-pale": "#e3dfd5",
    "zone": "#efe9dc",
    "zone-key": "#e2d8c2",
    "fan-80": "#e4e2ee",
    "fan-50": "#cbc8de",
    "sma-50": "#7d3c98",
    "sma-100": "#4b7350",
    "sma-200": "#7a5c1e",
    "signal": "#6c6761",
    "trend": "#3d4a57",
    "pattern": "#a3255f",
}

DARK = {
    "paper": "#15171a",
    "card": "#1e2125",
    "ink": "#e9e6df",
    "muted": "#a8a49b",
    "line": "#3b3f45",
    "grid": "#25292e",
    "up": "#74aeea",
    "down": "#f19a52",
    "up-pale": "#1f3d5c",
    "down-pale": "#5a3415",
    "flat-pale": "#34373c",
    "zone": "#26292c",
    "zone-key": "#38362e",
    "fan-80": "#2b2a3c",
    "fan-50": "#413f5c",
    "sma-50": "#c793de",
    "sma-100": "#8fbd95",
    "sma-200": "#d3b368",
    "signal": "#a39e95",
    "trend": "#b7c2cc",
    "pattern": "#f08fb4",
}

# What is set in text or drawn as a thin line must stand out from these grounds by 4.5 to 1.
TEXT = ("ink", "muted", "up", "down", "sma-50", "sma-100", "sma-200", "signal", "trend", "pattern")
GROUNDS = ("paper", "card")

_names = {value: name for name, value in LIGHT.items()}
_tag = re.compile(r"<[^>]*>")
_value = re.compile("|".join(_names))


def css(colours: dict[str, str]) -> str:
    """Declarations of CSS variables, '--up:#1a5ea6;...'."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def named(drawing: str) -> str:
    """`drawing`, an SVG, with each light value in its tags exchanged for its CSS variable."""
    return _tag.sub(lambda tag: _value.sub(lambda found: f"var(--{_names[found[0]]})", tag[0]), drawing)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21. WCAG 2.2, relative luminance of sRGB."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
