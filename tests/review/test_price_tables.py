"""Tables that step from price to price: beside the price of each row what stands there and how often it was reached."""

import pytest
from small_notes import agrees

from levelhead.review.read import read_note
from levelhead.review.source import text_of

STEPS = (
    ("2,456.1", "Nov 12 high"),
    ("2,410.5", "gap top"),
    ("2,366.0", ""),
    ("2,331.6", "prior day's low"),
    ("2,292.0", "August breakout"),
)
LEVELS = (
    "L resistance extreme 2456.1|L resistance gap 2410.5|L resistance level 2366|L support extreme 2331.6|L support level 2292|"
    "I last 2353.7"
)


def note(head, row):
    rows = [row.format(price=price, what=what, share=3 * at + 4) for at, (price, what) in enumerate(STEPS)]
    return "Mini Russell last 2,353.7\n\n" + "\n".join([*head, *rows]) + "\n"


TABLES = {
    "a hit rate between price and name": note(
        ["| Price | Hit rate | What is there |", "|---|---|---|"], "| {price} | {share}% | {what} |"
    ),
    "odds of a touch behind": note(["| Price | Point | Prob. of touch |", "|---|---|---|"], "| {price} | {what} | {share}% |"),
    "the session of a reference before": note([], "| RTH ref | {price} | {what} |"),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_rows_that_step_from_price_to_price_are_levels_whatever_stands_between(table):
    assert agrees((table, LEVELS)) is True


def test_a_table_of_averages_stays_one_of_values():
    rows = "".join(f"| {n}-day | {price} | up |\n" for n, price in ((10, 2410), (20, 2400), (50, 2380), (100, 2330), (200, 2250)))
    values = "|".join(f"I sma_{n} {price}" for n, price in ((10, 2410), (20, 2400), (50, 2380), (100, 2330), (200, 2250)))
    assert agrees((f"RTY\n\n| Average | Price | Slope |\n|---|---|---|\n{rows}", values)) is True


def test_closes_day_by_day_are_no_levels():
    rows = "".join(f"| {day} June | {price} |\n" for day, price in ((2, 2310), (3, 2322), (4, 2335), (5, 2347), (6, 2358)))
    note = read_note(text_of(f"RTY\n\n| Date | Close |\n|---|---|\n{rows}".encode()))
    assert not note.levels


LINES = {
    "a share in brackets behind each price": (
        "ES last 6,737.\n\n6,812 (12%) weekly high\n6,790 (24%)\n6,765 (45%)\n6,715 (48%)\n6,655 (11%)\n",
        "L resistance extreme 6812|L resistance level 6790|L resistance level 6765|L support level 6715|L support level 6655|"
        "I last 6737",
    ),
    "the name of each point before its price": (
        "ES last 6,737.\n\nWeekly high 6,812\nOpen gap 6,790\nMonday's high 6,765\nOvernight low 6,715\nOctober low 6,655\n",
        "L resistance extreme 6812|L resistance gap 6790|L resistance extreme 6765|L support extreme 6715|L support extreme 6655|"
        "I last 6737",
    ),
}


@pytest.mark.parametrize("note", LINES.values(), ids=LINES)
def test_lines_that_step_from_price_to_price_are_levels(note):
    assert agrees(note) is True


def test_values_that_happen_to_step_are_none():
    note = "RTY\n\n52-week high 2,566\n20-day average 2,440\n50-day average 2,431\n200-day average 2,214\n52-week low 1,699\n"
    assert not read_note(text_of(note.encode())).levels
