"""Momentum, volatility and relative strength in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from levelhead.desk.draft import Draft
from levelhead.domain.note import Section

_ZONES = {
    "oversold": "oversold",
    "overbought": "overbought",
    "bullish half": "in the upper half of its scale",
    "bearish half": "in the lower half of its scale",
}


def momentum_section(draft: Draft) -> Section | None:
    """RSI with its signal line, and MACD."""
    told = [p for p in (_rsi(draft), _macd(draft)) if p]
    return Section(name="momentum", title="Momentum", paragraphs=(" ".join(told),)) if told else None


def volatility_section(draft: Draft) -> Section | None:
    """What a normal day is worth, past and forecast."""
    told = []
    if "atr_14" in draft:
        told.append("The average true range of the last fourteen sessions is {atr_14|abs} points, {atr_14.pct} of price.")
    if "sigma" in draft:
        told.append(
            "The forecast puts one standard deviation of the next session at {sigma|abs} points ({sigma_pct}), "
            "and of the scenario horizon at {sigma_horizon|abs} points ({sigma_horizon_pct})."
        )
    return Section(name="volatility", title="Volatility", paragraphs=(" ".join(told),)) if told else None


def relative_section(draft: Draft, peers: Sequence[str], subject: str) -> Section | None:
    """One sentence for each peer: lead or lag, the ratio and its average."""
    told = [t for t in (_peer(draft, peer, subject) for peer in peers) if t]
    return Section(name="relative", title="Relative strength", paragraphs=tuple(told)) if told else None


def _rsi(draft: Draft) -> str:
    if "rsi_14" not in draft:
        return ""
    told = f"RSI(14) reads {{rsi_14}}, {_ZONES.get(draft.word('rsi_14.zone'), draft.word('rsi_14.zone'))}"
    direction = draft.word("rsi_14.direction")
    if direction and "rsi_14.before" in draft:
        moves = {
            "rising": "up from {rsi_14.before}",
            "falling": "down from {rsi_14.before}",
            "flat": "little changed from {rsi_14.before}",
        }
        told += f" and {moves.get(direction, direction)} five sessions ago"
    told += "."
    if "rsi_14.signal" in draft and "rsi_14.cross" in draft:
        side = draft.word("rsi_14.cross")
        since = ", where it has been since {rsi_14.cross@date}" if draft.facts["rsi_14.cross"].date else ""
        told += f" It is {side} its signal line at {{rsi_14.signal}}{since}."
    return told


def _macd(draft: Draft) -> str:
    if "macd" not in draft or "macd.side" not in draft:
        return ""
    side = draft.word("macd.side")
    zero = "above" if draft.number("macd") > 0 else "below"
    since = " since {macd.side@date}" if draft.facts["macd.side"].date else ""
    return (
        f"MACD has been {side} its signal line{since} and is {zero} zero, at {{macd}}."
        if since
        else f"MACD is {side} its signal line and {zero} zero, at {{macd}}."
    )


def _than(draft: Draft, name: str) -> str:
    return "better" if draft.number(name) >= 0 else "worse"


def _peer(draft: Draft, peer: str, subject: str) -> str:
    own = f"relative.{peer}"
    if f"{own}.standing" not in draft:
        return ""
    standing = draft.word(f"{own}.standing")
    verb = {
        "leads": f"leads {peer}",
        "lags": f"lags {peer}",
        "keeps pace": f"keeps pace with {peer}",
        "mixed": f"is mixed against {peer}",
    }[standing]
    spans = " and ".join(
        f"{{{own}.return_{n}|abs|plain}} percentage points {_than(draft, f'{own}.return_{n}')} over {words} sessions"
        for n, words in ((20, "twenty"), (60, "sixty"))
        if f"{own}.return_{n}" in draft
    )
    told = f"{subject} {verb}: {spans}."
    if f"{own}.side" in draft:
        slope = {"up": "rising", "down": "falling", "flat": "flat"}.get(draft.word(f"{own}.slope"), "")
        side = draft.word(f"{own}.side")
        told += f" The ratio of the two stands {side} its {slope} 50-day average ({{{own}.ratio}} against {{{own}.ratio_sma_50}})."
    return told
