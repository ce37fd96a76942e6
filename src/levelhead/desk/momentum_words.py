"""Momentum and relative strength in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from levelhead.desk.draft import Draft
from levelhead.domain.note import Section

REACH = 5.0  # ATR: no single close goes as far, but in a crash

_ZONES = {
    "oversold": "oversold",
    "overbought": "overbought",
    "bullish half": "in the upper half of its scale",
    "bearish half": "in the lower half of its scale",
}


def momentum_section(draft: Draft) -> Section | None:
    """RSI with its signal line, recovery and divergences; MACD; ADX; and the next closes that would change a signal."""
    oscillators = " ".join(part for part in (_rsi(draft), _recovery(draft), _macd(draft), *_divergences(draft)) if part)
    strength = " ".join(part for part in (_trending(draft), _flips(draft)) if part)
    told = tuple(part for part in (oscillators, strength) if part)
    return Section(name="momentum", title="Momentum", paragraphs=told) if told else None


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


def _recovery(draft: Draft) -> str:
    """The last stretch below 30, while it is remembered."""
    if draft.word("rsi_14.recovery") != "recovered" or "rsi_14.oversold_low" not in draft:
        return ""
    return "It has recovered since {rsi_14.recovery@date} from a low of {rsi_14.oversold_low} ({rsi_14.oversold_low@date})."


def _divergences(draft: Draft) -> list[str]:
    """Those that stand."""
    return [
        f"A {kind} {draft.word(name)} divergence between price and RSI(14) stands since the swing of {{{name}@date}}."
        for kind in ("regular", "hidden")
        if draft.word(f"{(name := f'divergence.{kind}')}.status") == "stands"
    ]


def _trending(draft: Draft) -> str:
    if "adx_14" not in draft:
        return ""
    side = {"up": "the upward indicator", "down": "the downward indicator"}.get(draft.word("di_14.side"), "")
    dated = bool(side) and draft.facts["di_14.side"].date is not None
    led = f"; {side} has led since {{di_14.side@date}}" if dated else f"; {side} leads" if side else ""
    return f"ADX(14) reads {{adx_14}}: {draft.word('adx_14.zone')}{led}."


def _flips(draft: Draft) -> str:
    """The next closes at which the nearest signals would change, each with its kind; none that no session reaches."""
    kinds = {"RSI": "RSI", "MACD": "MACD", "price": "price against an average", "the": "the averages against each other"}
    ways = [
        f"{side} {{flip.{side}}} ({kinds[draft.word(f'flip.{side}.of').split('(')[0].split()[0]]})"
        for side in ("above", "below")
        if f"flip.{side}" in draft and _is_within_reach(draft, f"flip.{side}")
    ]
    return f"A signal would change with the next close {' or '.join(ways)}." if ways else ""


def _is_within_reach(draft: Draft, flip: str) -> bool:
    return not draft.has_atr or abs(draft.number(flip) - draft.number("last")) <= REACH * draft.number("atr_14")


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
    return f"{told}{_together(draft, own, peer, subject)}"


def _together(draft: Draft, own: str, peer: str, subject: str) -> str:
    """An extreme of the ratio, how the two move together, and who goes first where that can be told."""
    extreme = draft.word(f"{own}.extreme")
    told = f" It is at its {extreme}." if extreme and extreme != "none" else ""
    if f"{own}.beta" not in draft:
        return told
    beta = f"{{{own}.beta|2}} ({{{own}.beta.low|2}} to {{{own}.beta.high|2}})"
    told += f" Its beta to {peer} is {beta} and the correlation {{{own}.correlation|2}}, from {{{own}.days}} daily changes"
    leader = {"first": subject, "second": peer}.get(draft.word(f"{own}.lead"))
    return f"{told}; {leader} has gone first by a day." if leader else f"{told}."
