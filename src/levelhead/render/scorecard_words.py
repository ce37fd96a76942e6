"""A scorecard in sentences: what its figures mean, and where they mean nothing yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from levelhead.render.numbers import long_date, number

Row = Mapping[str, Any]
HOUSE = {"thousands": ",", "decimal": "."}
KINDS = {
    "scenario": "Scenario tables",
    "outlook": "Outlook, up, flat or down",
    "target": "Targets of scenarios",
    "claim": "Other claims",
    "setup": "Setups",
    "level": "Key levels",
    "bias": "Biases",
}
MEASURES = {"brier": "Brier", "log": "Log", "ranked": "Ranked"}
LIVE = "These notes were published before the first bar of their path opened."
REPLAYED = (
    "Replayed: these notes were written after the fact, on the bars of their day alone. Nobody could have acted on them, and "
    "whoever chose the method had seen those years. They are kept apart from live notes and are not a live record."
)
REFUSED = "The best plan of a note that found none worth taking: what refusing it was worth."
MOST_SAID = 10_000


def figure(value: float | None, places: int = 2, *, signed: bool = False) -> str:
    """A number, or a dash where there is none."""
    return "–" if value is None else number(value, places, house=HOUSE, signed=signed)


def share(value: float | None, places: int = 0, *, signed: bool = False) -> str:
    """A share in per cent, or a dash."""
    return "–" if value is None else number(100 * value, places, house=HOUSE, signed=signed) + "%"


def count(value: int, singular: str, plural: str = "") -> str:
    """'1 window', '1,204 windows'."""
    return f"{value:,} {singular if value == 1 else plural or singular + 's'}"


def interval(row: Row | None, show: Any = figure, **style: Any) -> str:
    """'1.2 (−0.4 to 2.8)'; without ends where there are too few windows; a dash where there is nothing."""
    if row is None:
        return "–"
    value = str(show(row["value"], **style))
    return value if row["low"] is None else f"{value} ({show(row['low'], **style)} to {show(row['high'], **style)})"


def group_name(group: Row) -> str:
    """What a row of a table stands for: an author, an instrument, a horizon, or all."""
    if group["sessions"]:
        return count(group["sessions"], "session")
    return group["author"] or group["symbol"] or "All"


def day(text: str) -> str:
    """'8 September 2025'."""
    return long_date(dt.date.fromisoformat(text))


def title(card: Row) -> str:
    """What the scorecard is of."""
    asked = card["asked"]
    named = [part for part in (asked["author"], asked["symbol"], KINDS.get(asked["kind"], "").lower()) if part]
    return "Scorecard" + (f" of {', '.join(named)}" if named else "")


def opening(book: Row) -> str:
    """How much there is in a book."""
    settled = sum(row["decided"] for row in book["tallies"])
    still = sum(row["open"] for row in book["tallies"])
    undecided = sum(row["undecided"] for row in book["tallies"])
    void = sum(row["void"] for row in book["tallies"])
    whom = book["authors"][0] if len(book["authors"]) == 1 else count(len(book["authors"]), "author")
    what = ", ".join(book["symbols"]) if len(book["symbols"]) <= 6 else count(len(book["symbols"]), "instrument")
    when = f"of {day(book['first'])}" if book["first"] == book["last"] else f"from {day(book['first'])} to {day(book['last'])}"
    return (
        f"{count(book['notes'], 'note')} of {what} by {whom}, {when}: "
        f"{count(settled, 'statement')} decided, {undecided:,} that bars cannot decide, {void:,} void, {still:,} still open."
    )


def brier_of(row: Row) -> Row:
    """The Brier measure of a forecast score."""
    return next(measure for measure in row["measures"] if measure["name"] == "brier")


def totals(rows: Sequence[Row]) -> list[Row]:
    """The rows that stand for all of their kind."""
    return [row for row in rows if not (row["group"]["author"] or row["group"]["symbol"] or row["group"]["sessions"])]


def nothing(card: Row) -> str:
    """What is said of a ledger, or of what was asked of it, that holds no note."""
    asked = card["asked"]
    if not (asked["author"] or asked["symbol"] or asked["kind"] or asked["since"]):
        return "The ledger holds no note yet; publish some, and settle them when their horizons have passed."
    of = [f"by {asked['author']}"] if asked["author"] else []
    of += [f"of {asked['symbol']}"] if asked["symbol"] else []
    of += [f"with {KINDS[asked['kind']].lower()}"] if asked["kind"] else []
    of += [f"since {day(asked['since'])}"] if asked["since"] else []
    return f"The ledger holds no note {' '.join(of)}; ask for less, or see with `levelhead scorecard` alone whose notes it holds."


def verdict(row: Row) -> str:
    """One sentence on a forecast score: whether it beats the base rate, and how many more windows would tell."""
    brier, kind = brier_of(row), KINDS[row["group"]["kind"]]
    behind = (
        f"{count(row['count'], 'statement')} on {count(row['days'], 'day')}, worth {count(row['windows'], 'independent window')}"
    )
    if brier["base"] is None:
        return f"{kind}: Brier {figure(brier['score'], 3)} from {behind}. No base rate was given, so no skill can be said."
    told = f"{kind}: Brier {figure(brier['score'], 3)} against {figure(brier['base'], 3)} of the base rate, skill "
    told += f"{interval(brier['skill'], share, places=1, signed=True)}, from {behind}."
    return f"{told} {conclusion(row, brier['skill'], 'the base rate', ('better than', 'worse than'))}"


def in_short(book: Row) -> list[tuple[str, str]]:
    """The record at a glance: a kind, and what it came to."""
    rows = []
    for row in totals(book["forecasts"]):
        skill = brier_of(row)["skill"]
        told = "" if skill is None else f"skill {interval(skill, share, places=1, signed=True)}. "
        rows.append((KINDS[row["group"]["kind"]], told + conclusion(row, skill, "the base rate", ("better than", "worse than"))))
    for row in book["expectancies"][:1]:
        mean = "none filled. " if row["worst"] is None else f"{interval(row['worst'], figure, places=2, signed=True)} R a trade. "
        rows.append((KINDS["setup"], mean + conclusion(row, row["worst"], "nought", ("above", "below"))))
    for row in book["biases"][:1]:
        size = "" if row["size"] is None else f"{interval(row['size'], figure, places=2, signed=True)} standard deviations. "
        rows.append((KINDS["bias"], size + conclusion(row, row["size"], "nought", ("above", "below"))))
    rows += [(KINDS["level"], f"{interval(row['held_share'], share)} of those tested held.") for row in book["levels"][:1]]
    return rows


def conclusion(row: Row, skill: Row | None, yardstick: str, words: tuple[str, str]) -> str:
    """Whether a figure is told from its yardstick; else how many more windows would be needed for one of its size."""
    if skill is None or skill["low"] is None:
        return f"That is too few to say whether it differs from {yardstick}."
    if row["is_told"]:
        return f"It is {words[0] if skill['value'] > 0 else words[1]} {yardstick} by more than chance explains."
    return f"It is not distinguishable from {yardstick}: {more(row)}."


def more(row: Row) -> str:
    """How many more independent windows a difference of this size would need."""
    if row["needed"] is None:
        return f"the difference is so small that {MOST_SAID:,} windows would not tell it from chance"
    left = row["needed"] - row["windows"]
    if left <= 0:
        return "the test does not tell them apart, though hardly more would"
    return f"about {count(left, 'more independent window', 'more independent windows')} would be needed to tell one of this size"


def expectancy_words(row: Row) -> str:
    """One sentence on what setups paid."""
    filled = row["settled"] - row["unfilled"]
    if row["worst"] is None:
        return f"{count(row['settled'], 'setup')} settled, none of them filled."
    mean = interval(row["worst"], figure, places=2, signed=True) + " R"
    if row["best"]["value"] != row["worst"]["value"]:
        best = interval(row["best"], figure, places=2, signed=True) + " R"
        mean = f"between {mean} and {best}, as bars that cannot be decided are read for the worse or the better,"
    hit = _hit(row)
    many = f"{count(row['settled'], 'setup')} settled, {filled:,} of them filled or perhaps filled"
    return f"{many}: {mean} a trade after costs; {hit}. " + conclusion(row, row["worst"], "nought", ("above", "below"))


def _hit(row: Row) -> str:
    """How many made money, and what a gain and a loss came to."""
    if row["loss"] is None:
        return f"all made money, {figure(row['win'], 2, signed=True)} R on average"
    if row["win"] is None:
        return f"none made money; they lost {figure(-row['loss'], 2)} R on average"
    gained = f"{share(row['won'])} made money, {figure(row['win'], 2, signed=True)} R on average"
    return f"{gained}, the others lost {figure(-row['loss'], 2)} R"


def bias_words(row: Row) -> str:
    """One sentence on biases."""
    sized = row["right"] + row["wrong"] + row["neither"]
    if row["size"] is None:
        return f"{count(sized + row['neutral'], 'bias', 'biases')} settled, none with a side."
    size, sign = interval(row["size"], figure, places=2, signed=True), interval(row["sign"], share)
    return (
        f"{count(sized, 'bias', 'biases')} with a side: the move they called, less the instrument's own drift, was {size} standard "
        f"deviations of the horizon for a full conviction; the sign was right in {sign} of those where the price moved. "
        + conclusion(row, row["size"], "nought", ("above", "below"))
    )


def level_words(row: Row) -> str:
    """One sentence on levels."""
    tested = row["held"] + row["broken"] + row["reclaimed"]
    return (
        f"Of {count(row['count'], 'level')}, {tested:,} were tested: {interval(row['held_share'], share)} of these held, "
        f"{row['broken']:,} were broken, and {row['reclaimed']:,} more were broken and reclaimed."
    )


def beside_words(row: Row) -> str:
    """One sentence on two authors."""
    first, second = row["authors"]
    behind = f"{count(row['days'], 'common day')}, worth {count(row['windows'], 'independent window')}"
    what = "Brier less the base rate's" if row["compared"] == "gain" else "Brier"
    scores = f"{first} {figure(row['score'][0], 3)}, {second} {figure(row['score'][1], 3)}"
    p = "" if row["p_value"] is None else f", Diebold-Mariano p {figure(row['p_value'], 2)}"
    told = f"{KINDS[row['kind']]} on {behind}: Brier of {scores}; {first} less {second}, {what}, "
    told += f"{interval(row['difference'], figure, places=3, signed=True)}{p}."
    if row["difference"]["low"] is None:
        return f"{told} That is too few to tell the two apart."
    if row["is_told"]:
        return f"{told} {first if row['difference']['value'] < 0 else second} is the better by more than chance explains."
    return f"{told} The two are not distinguishable: {more(row)}."


def unsaid_words(row: Row) -> str:
    """One sentence on statements without a probability: the share that came true, never without what was to be expected."""
    told = f"{KINDS[row['kind']]} without a probability: of {count(row['count'], 'statement')}, {row['decided']:,} decided, "
    told += f"{row['happened']:,} came true"
    if row["said"] is None or row["base"] is None or not row["decided"]:
        return f"{told}; nobody said beside them how likely they were."
    share, said, base = (figure(100 * x, 0) for x in (row["happened"] / row["decided"], row["said"], row["base"]))
    return f"{told} ({share}%); levelhead gave them {said}% on average, the base rate {base}%."


def drawn(rows: Sequence[Row]) -> list[Row]:
    """The diagrams that a page shows: of each kind as a whole, and of its authors; the others stand in the document."""
    return [row for row in rows if not (row["group"]["symbol"] or row["group"]["sessions"])]


def reliability_title(row: Row) -> str:
    """'Scenario tables: up', and whose where it is one author's."""
    return f"{KINDS[row['group']['kind']]}: {row['outcome']}" + (f", {row['group']['author']}" if row["group"]["author"] else "")


def reliability_words(row: Row) -> str:
    """One sentence on a reliability diagram."""
    whose = f" of {row['group']['author']}" if row["group"]["author"] else ""
    which = f"{KINDS[row['group']['kind']]}{whose}, '{row['outcome']}'"
    within = "within" if row["error"] <= row["bound"] else "beyond"
    return (
        f"{which}: calibration error {share(row['error'], 1)}, {within} the {share(row['bound'], 1)} that a perfectly calibrated "
        f"author stays below in 95 of 100 such records ({count(row['count'], 'statement')}, {count(row['windows'], 'window')})."
    )


def course_words(course: Row) -> str:
    """One sentence on a sum of skill over time."""
    last = course["points"][-1]
    told = f"After {day(last['day'])} the sum stands at {figure(last['low'], 2, signed=True)}"
    if last["chance"] is None:
        return f"{told}; there are too few windows to say how far chance alone would have carried it."
    inside = "within" if abs(last["low"]) <= last["chance"] else "beyond"
    return f"{told}, {inside} the {figure(last['chance'], 2)} that chance alone would not exceed nine times in ten."


def results_words(courses: Sequence[Row]) -> str:
    """One sentence on R over time."""
    told = []
    for course in courses:
        last = course["points"][-1]
        low, high = (figure(last[name], 1, signed=True) for name in ("low", "high"))
        whose = f"{course['group']['author']}: " if len(courses) > 1 else ""
        told.append(f"{whose}{low} R" if low == high else f"{whose}{low} to {high} R, by the worst and the best reading")
    return f"{'; '.join(told)}, by {day(max(course['points'][-1]['day'] for course in courses))}."


def forecast_rows(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """The cells of the table of scores; the intervals of the other two scores' skills stand in the document."""
    for row in rows:
        brier, others = brier_of(row), {measure["name"]: measure for measure in row["measures"]}
        yield (
            group_name(row["group"]),
            f"{row['count']:,}",
            f"{row['windows']:,}",
            figure(brier["score"], 3),
            figure(brier["base"], 3),
            interval(brier["skill"], share, places=1, signed=True),
            *(_skill(others.get(name)) for name in ("log", "ranked")),
            _needed(row),
        )


def _skill(measure: Row | None) -> str:
    return "–" if measure is None or measure["skill"] is None else share(measure["skill"]["value"], 1, signed=True)


def _needed(row: Row) -> str:
    """How many windows are missing: none where the skill is told from nought."""
    skill = brier_of(row)["skill"]
    if skill is None or skill["low"] is None:
        return "–"
    left = MOST_SAID if row["needed"] is None else max(row["needed"] - row["windows"], 1)
    return "none" if row["is_told"] else f"over {MOST_SAID:,}" if row["needed"] is None else f"{left:,}"


FORECAST_HEADS = ("", "Count", "Windows", "Brier", "Base", "Skill", "Log", "Ranked", "Windows more")
SETUP_HEADS = (
    "",
    "Settled",
    "Unfilled",
    "Target",
    "Stop",
    "Expired",
    "Undecided",
    "R worst",
    "R best",
    "Won",
    "Win",
    "Loss",
    "Dollars",
)
LEVEL_HEADS = ("", "Levels", "Untested", "Held", "Broken", "Reclaimed", "Undecided", "Held of tested")
BIAS_HEADS = ("", "Right", "Wrong", "Neither", "Neutral", "Right sign", "Size")


def setup_rows(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """The cells of the table of setups."""
    for row in rows:
        dollars = tuple(row[name] for name in ("dollars_low", "dollars_high"))
        ends = [figure(value, 0, signed=True) for value in dollars]
        yield (
            group_name(row["group"]),
            *(f"{row[name]:,}" for name in ("settled", "unfilled", "target", "stop", "expired", "undecided")),
            interval(row["worst"], figure, places=2, signed=True),
            figure(None if row["best"] is None else row["best"]["value"], 2, signed=True),
            share(row["won"]),
            figure(row["win"], 2, signed=True),
            figure(row["loss"], 2, signed=True),
            ends[0] if ends[0] == ends[1] else " to ".join(ends),
        )


def level_rows(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """The cells of the table of levels."""
    for row in rows:
        yield (
            row["side"].capitalize() or group_name(row["group"]),
            *(f"{row[name]:,}" for name in ("count", "untested", "held", "broken", "reclaimed", "undecided")),
            interval(row["held_share"], share),
        )


def bias_rows(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """The cells of the table of biases."""
    for row in rows:
        yield (
            group_name(row["group"]),
            *(f"{row[name]:,}" for name in ("right", "wrong", "neither", "neutral")),
            interval(row["sign"], share),
            interval(row["size"], figure, places=2, signed=True),
        )
