"""Pullbacks, consolidations, breaks, averages reclaimed and lost, in sentences: each is said only on the days on which it is so."""

from __future__ import annotations

from levelhead.desk.draft import Draft
from levelhead.desk.summary import joined

COUNTED = 5  # closes beyond an average that are worth counting; later ones are no news
LEAST_PULLBACK = 2.0  # ATR; what is less is told by the price alone
MOST_WIDE = 10.0  # ATR: where volatility has dried up since, price keeps to a range that tells little
LEAST_FALL = 6.0  # ATR: of a smaller fall nobody asks how much of it is regained
LEAST_REGAINED = 10.0  # per cent of it: less is where it ended
_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_ARTICLES = {"shallow": "a shallow", "orderly": "an orderly", "deep": "a deep", "impulsive": "an impulsive"}


def course_words(draft: Draft) -> str:
    """The pullback, the consolidation and the last break, as far as there is one; '' where there is none."""
    return " ".join(part for part in (_pullback(draft), _consolidation(draft), _breakout(draft)) if part)


def acceptance_words(draft: Draft, averages: tuple[int, ...]) -> str:
    """The averages beyond which price has closed for five closes or fewer, with how many; '' where there is none."""
    known = [n for n in averages if f"sma_{n}.closes" in draft and draft.number(f"sma_{n}.closes") <= COUNTED]
    changed = _changed(draft, known)
    told = [f"Price has {joined(changed)}."] if changed else []
    for side, verb, then in (("above", "reclaim", "lost"), ("below", "lose", "reclaimed")):
        first = [n for n in known if _is_first(draft, n, side, then)]
        if first:
            listed = joined([f"the {n}-day" for n in first])
            told.append(
                f"The last close was the first {side} {listed}; a second would {verb} {'it' if len(first) == 1 else 'them'}."
            )
    return " ".join(told)


def _changed(draft: Draft, known: list[int]) -> list[str]:
    """The averages reclaimed or lost by the closes that are counted; those of the same close together."""
    found: dict[tuple[str, int], list[int]] = {}
    for n in known:
        accepted, closes = draft.facts[f"sma_{n}.accepted"], draft.facts[f"sma_{n}.closes"]
        if accepted.value in ("reclaimed", "lost") and closes.windows[0].first == accepted.date:
            found.setdefault((str(accepted.value), int(draft.number(f"sma_{n}.closes"))), []).append(n)
    told = []
    for (verb, count), averages in found.items():
        beyond = f"{'above' if verb == 'reclaimed' else 'below'} {'it' if len(averages) == 1 else 'them'}"
        closes_in_a_row = f"the {_ORDINALS[count]} close in a row {beyond}, the first on {{sma_{averages[0]}.accepted@date|day}}"
        told.append(f"{verb} {joined([f'the {n}-day' for n in averages])} ({closes_in_a_row})")
    return told


def _is_first(draft: Draft, n: int, side: str, accepted: str) -> bool:
    """Whether the last close is one alone on that side of the average, against where price was accepted."""
    where = draft.word(f"sma_{n}.accepted")
    against = where in (accepted, "below" if side == "above" else "above")
    return draft.number(f"sma_{n}.closes") == 1 and against and draft.word(f"sma_{n}.side") == side


def recovery_words(draft: Draft) -> str:
    """How much of the last year's fall is regained; '' where it was small, or where price makes new lows or has come back."""
    if "drawdown.depth_pct" not in draft or draft.number("drawdown.depth_atr") < LEAST_FALL:
        return ""
    if draft.number("drawdown.sessions") == 0 or not LEAST_REGAINED <= draft.number("drawdown.regained_pct") < 100:
        return ""
    return (
        "Price has regained {drawdown.regained_pct} of the fall to {drawdown.low} ({drawdown.low@date}), {drawdown.depth_pct} deep."
    )


def _pullback(draft: Draft) -> str:
    if "pullback.depth_pct" not in draft or draft.number("pullback.depth_atr") < LEAST_PULLBACK:
        return ""
    word, down = draft.word("pullback"), draft.word("pullback.side") == "down"
    began = f"Price has been {'correcting' if down else 'rebounding'} since {{pullback@date}}"
    way = "below the high of {pullback.start}" if down else "above the low of {pullback.start}"
    leg = f"of the leg {'up' if down else 'down'} from {{pullback.leg}} ({{pullback.leg@date}})"
    pace = "{pullback.speed|2} a session against {pullback.leg_speed|2} on that leg"
    kind = f"{_ARTICLES[word]} {'pullback' if down else 'rebound'}"
    return f"{began}, as far as {{pullback.end}}: {{pullback.depth_pct}} {way} and {{pullback.share_pct}} {leg}, at {pace}; {kind}."


def _consolidation(draft: Draft) -> str:
    word = draft.word("consolidation")
    if not word or draft.number("consolidation.width_atr") > MOST_WIDE:
        return ""
    edges = "{consolidation.low} to {consolidation.high}"
    age = "{consolidation.sessions} sessions and {consolidation.width_atr} wide"
    if word != "holding":
        way = "upwards" if word.endswith("up") else "downwards"
        told = f"The range of {edges} since {{consolidation@date}}, {age}, was left {way} on {{consolidation.left@date|day}}"
        return f"{told} by one close so far." if draft.word("consolidation.left.status") == "first close" else f"{told}."
    told = f"Price keeps to the range of {edges} since {{consolidation@date}}, {age}"
    if draft.word("consolidation.left.status") != "failed":
        return f"{told}."
    way = draft.word("consolidation.left")
    return f"{told}; the break {way} on {{consolidation.left@date|day}} failed on {{consolidation.left.status@date|day}}."


def _breakout(draft: Draft) -> str:
    if "breakout" not in draft or _is_of_the_range(draft):
        return ""
    up, status = draft.word("breakout") == "up", draft.word("breakout.status")
    side, swing = ("above", "high") if up else ("below", "low")
    level = f"the swing {swing} of {{breakout.level}} ({{breakout.level@date}})"
    if status == "failed":
        return f"The break {side} {level} on {{breakout@date|day}} failed on {{breakout.status@date|day}}."
    told = f"Price broke {side} {level} on {{breakout@date|day}}"
    if status == "first close":
        return f"{told}; a second close there would be acceptance."
    if status == "retested":
        return f"{told}; its retest on {{breakout.status@date|day}} succeeded."
    return f"{told}: {{breakout.closes}} closes in a row {side} it."


def _is_of_the_range(draft: Draft) -> bool:
    """Whether the consolidation's sentence has said it."""
    left = draft.facts.get("consolidation.left")
    return left is not None and left.date == draft.facts["breakout"].date and left.value == draft.facts["breakout"].value
