"""The note as Markdown: order, completeness, and strings that stay strings."""

import copy
import dataclasses
import re

import made_note
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.errors import BadNote
from levelhead.domain.note import HYPOTHETICAL
from levelhead.render.literals import literal_digits
from levelhead.render.markdown import escape, prose, to_markdown
from levelhead.render.words import known, literal
from levelhead.wire.document import to_document

DOCUMENT = to_document(made_note.made_note())
PAGE = to_markdown(DOCUMENT)
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[`*\[\]<|$]")


def changed(**parts):
    return {**copy.deepcopy(DOCUMENT), **parts}


def test_the_page_goes_from_glance_to_proof():
    order = [
        "# Russell 2000 (RTY): technical note for 8 September 2025",
        "Monday 8 September 2025, daily bars",
        "**Trend up, momentum firm: 45% for",
        "*Before the open.*",
        "**Primary trend:**",
        "](chart.png)",
        "## Key levels",
        "### Resistance",
        "### Support",
        "## Averages",
        "## Monthly pivots",
        "## Scenarios",
        "**What would decide it.**",
        "## Setups",
        "## Outlook",
        "## Trend and structure",
        "## Momentum",
        "## Takeaway",
        "## Provenance",
        "This note is for information",
    ]
    assert [PAGE.index(part) for part in order] == sorted(PAGE.index(part) for part in order)
    assert len([line for line in PAGE.splitlines() if line.startswith("> **")]) == 5


def test_the_masthead_says_price_change_and_standing():
    last, change = DOCUMENT["facts"]["last"]["value"], DOCUMENT["facts"]["change"]["value"]
    assert (round(last, 1), round(change, 1)) == (1457.7, -29.6)
    assert "Last **1,457.7, −29.6 points (−2.0%)**, as of the close of Monday 8 September" in PAGE
    assert "**E-mini Russell 2000 (RTYU5)** · Monday 8 September 2025, daily bars · replayed" in PAGE


def test_a_price_taken_during_the_session_says_so():
    document = changed()
    document["provenance"]["provisional"] = {"price": 1457.7, "at": "10:30 New York", "range_as_given": False}
    assert (
        "taken at 10:30 New York, session of Monday 8 September not closed; the bar's range may be later than the note"
        in to_markdown(document)
    )


def test_every_level_and_every_scenario_stands_in_a_table_row():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    assert "| 1,647.1–1,657.1 | extension | +189.4 | +5.8 | 3 | round number 2,500 |" in rows
    assert "| 1,251.8–1,261.8 | structural | −195.9 | −6.0 | 3 | 200-day average |" in rows
    assert "| Higher: 1,553.1 trades first | 45% | 41% | A trade at 1,553.1 before one at 1,368.7. | 1,553.1–1,657.1 |" in rows
    assert "| Stop | 1,401.1 | 1.2 ATR | – |" in rows
    assert "| Second target | 1,553.1 | +2.91 R | 20% before the stop |" in rows
    assert "| Short term, 10 sessions | Cautiously bullish | 44% / 20% / 36% |" in PAGE


def test_what_the_scenarios_rest_on_is_said_in_plain_sentences():
    assert "The horizon is 12 sessions and ends on 24 September 2025." in PAGE
    assert "Before rounding the table reads 42.7%, 33.1% and 24.2%, with a simulation error of at most 0.5% each." in PAGE
    assert "The base rates come from 1,900 earlier start days of RTY, worth 158 windows that do not overlap." in PAGE
    assert "On 0.2% of the paths one bar reached both prices; these are left out." in PAGE


def test_what_a_plan_is_worth_stands_beside_what_the_past_returned():
    said = "Expected +0.08 R to +0.13 R a trade after costs, all out at the first target (simulation error 0.01 R);"
    assert f"{said} the two ends differ because daily bars do not show how 1% of the filled paths end." in PAGE
    assert "returned +0.03 R to +0.07 R over 900 filled cases, worth 60 windows that do not overlap." in PAGE
    # the sizing sentence names the micro itself, so only the full contract is added
    assert "One contract risks $1,955 in RTY, costs included. One M2K risks $196." in PAGE


def with_plans(count):
    """The note with its one plan repeated under the names 1, 2, 3."""
    document = changed()
    plan = document["setups"]["plans"][0]
    document["setups"]["plans"] = [{**copy.deepcopy(plan), "name": str(i)} for i in range(1, count + 1)]
    own = {name: value for name, value in document["estimates"].items() if name.startswith("setup.1.")}
    for i in range(2, count + 1):
        document["estimates"] |= {name.replace("setup.1.", f"setup.{i}."): value for name, value in own.items()}
    return document


def test_the_hypothetical_sentence_stands_once_under_scenarios_plans_and_outlook():
    for plans in (1, 3):
        page = to_markdown(with_plans(plans))
        parts = re.split(r"^## ", page, flags=re.MULTILINE)
        holding = {part.splitlines()[0]: part.count(HYPOTHETICAL) for part in parts if HYPOTHETICAL in part}
        assert holding == {"Scenarios": 1, "Setups": 1, "Outlook": 1}
        setups = next(part for part in parts if part.startswith("Setups"))
        assert setups.count("| Stop |") == plans
        assert setups.rstrip().endswith(f"*{HYPOTHETICAL}*")
    assert HYPOTHETICAL in to_markdown(to_document(made_note.made_note(with_setups=False))).partition("## Setups")[2]
    assert HYPOTHETICAL not in to_markdown(to_document(made_note.made_note("live")))


def test_averages_stand_in_a_table_with_their_distances():
    # 200-day: sum over its own closes / 200 against a last price of 1,457.7; ATR(14) is 32.4
    rows = [line for line in PAGE.splitlines() if re.match(r"\| \d+-day \|", line)]
    assert [row.split(" |")[0] for row in rows] == ["| 20-day", "| 50-day", "| 100-day", "| 200-day"]
    average = DOCUMENT["facts"]["sma_50"]["value"]
    points = average - 1457.7
    assert rows[1] == f"| 50-day | {average:,.1f} | below | up | +{points:.1f} | +{points / 14.577:.1f}% | +{points / 32.4:.1f} |"


def test_an_average_that_is_not_known_has_no_row_and_an_unknown_part_is_a_dash():
    document = changed()
    del document["facts"]["sma_200"]
    del document["facts"]["sma_20.slope"]
    page = to_markdown({**document, "sections": [], "summary": []})
    assert "| 200-day |" not in page
    assert re.search(r"\| 20-day \| [\d,.]+ \| below \| – \|", page)


def test_pivots_stand_in_a_table_that_says_from_which_month():
    assert "| For | R3 | R2 | R1 | P | S1 | S2 | S3 |" in PAGE
    assert "| September 2025 | 1,770.0 | 1,710.0 | 1,620.0 | 1,560.0 | 1,470.0 | 1,410.0 | 1,320.0 |" in PAGE
    basis = "for September 2025 from the high 1,650.0, low 1,500.0 and close 1,530.0 of August 2025."
    assert f"Traditional pivots, {basis}" in PAGE


def test_on_a_months_last_session_the_next_months_pivots_stand_beneath():
    document = changed(as_of="2025-08-29")
    for name in ("p", "r1", "r2", "r3", "s1", "s2", "s3"):
        own = document["facts"][f"pivot_month_traditional.{name}"]
        document["facts"][f"pivot_month_next_traditional.{name}"] = {**own, "value": own["value"] + 7}
    page = to_markdown(document)
    assert "| August 2025 | 1,770.0 |" in page
    assert "| The next month | 1,777.0 | 1,717.0 | 1,627.0 | 1,567.0 |" in page


def test_weekly_pivots_are_called_weekly():
    document = changed()
    for name in ("p", "r1", "r2", "r3", "s1", "s2", "s3"):
        fact = document["facts"].pop(f"pivot_month_traditional.{name}")
        document["facts"][f"pivot_week_traditional.{name}"] = fact
    for part in ("high", "low", "close"):
        document["facts"][f"prior_week.{part}"] = document["facts"].pop(f"prior_month.{part}")
    page = to_markdown(document)
    assert "## Weekly pivots" in page
    assert "| This week | 1,770.0 |" in page
    assert "for this week from the high 1,650.0, low 1,500.0 and close 1,530.0 of the week to 29 August 2025." in page


def test_two_ends_that_print_alike_are_one_and_need_no_reason():
    document = changed()
    for name, value in (("expected_low", 0.118), ("expected_high", 0.121), ("base_low", 0.05), ("base_high", 0.0501)):
        document["estimates"][f"setup.1.{name}"]["value"] = value
    page = to_markdown(document)
    assert "Expected +0.12 R a trade after costs, all out at the first target (simulation error 0.01 R). At the same" in page
    assert "own past returned +0.05 R over 900 filled cases" in page
    assert "the two ends differ" not in page


def test_without_a_known_contract_the_expected_r_is_before_costs():
    document = changed()
    document["setups"]["plans"][0] |= {"sizing": [], "sizing_words": "No contract is known for this instrument."}
    page = to_markdown(document)
    assert "a trade before costs, all out at the first target" in page
    assert "after costs" not in page


def test_where_nothing_pays_the_note_says_so_and_names_the_best_tried():
    page = to_markdown(to_document(made_note.made_note(with_setups=False)))
    assert "Nothing on the map pays after costs: the best plan tried is expected to return +0.08 R." in page
    assert "The best of the 8 plans tried, for the record: buy the pullback to the 20-day average. Buy limit 1,440.0" in page
    assert "(+0.99 R, 47% before the stop) and 1,553.1 (+2.91 R, 20% before the stop)" in page


def test_what_is_missing_is_left_out_and_what_is_not_known_is_named():
    note = dataclasses.replace(
        made_note.made_note(),
        scenarios=None,
        setups=None,
        outlook=(),
        headline="Too short a history to price anything.",
        provenance=dataclasses.replace(
            made_note.made_note().provenance,
            model="",
            seed="",
            not_yet_known=("The 200-day average needs 200 bars; the history has 100.",),
        ),
    )
    page = to_markdown(to_document(note))
    assert literal_digits(to_document(note)) == []
    for heading in ("## Scenarios", "## Setups", "## Outlook", HYPOTHETICAL, "Forecast:", "Seed"):
        assert heading not in page
    assert "## Not yet known\n\n- The 200-day average needs 200 bars; the history has 100." in page


def test_a_scenario_without_a_base_rate_shows_a_dash():
    document = changed()
    for name in ("up", "range", "down"):
        del document["estimates"][f"scenario.{name}.base"]
        document["estimates"][f"scenario.{name}.probability"] |= {"base_rate": None, "base_count": 0, "windows": 0}
    for scenario in document["scenarios"]["scenarios"]:
        scenario["comment"] = ""
    page = to_markdown(document)
    assert "| 45% | – |" in page
    assert "base rates come from" not in page
    assert not known("scenario.up.base", document)


def test_a_zone_of_one_price_prints_one_price():
    document = changed()
    document["facts"]["level.r1.low"]["value"] = document["facts"]["level.r1.high"]["value"] = 1480.0
    assert "| 1,480.0 | immediate |" in to_markdown(document)


def test_the_house_prints_its_own_separators_everywhere():
    document = changed(house={**DOCUMENT["house"], "thousands": ".", "decimal": ","})
    page = to_markdown(document)
    assert "Last **1.457,7, −29,6 points (−2,0%)**" in page
    assert "| 1.553,1–1.563,1 | bias-defining | +95,4 | +2,9 |" in page
    assert "round number 2.500" in page
    assert "2,500" not in page


def test_the_same_note_gives_the_same_page():
    assert to_markdown(to_document(made_note.made_note())) == PAGE
    assert PAGE.endswith("\n")
    assert not re.search(r"\b(nan|inf|None|null)\b", PAGE)
    assert not re.search(r"\{[a-z_/]", PAGE)


def test_a_reference_to_nothing_stops_the_page():
    with pytest.raises(BadNote, match=r"\{sma_51\} names no fact"):
        to_markdown(changed(headline="At {sma_51}."))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_stops_the_page(value):
    document = changed()
    document["facts"]["last"]["value"] = value
    with pytest.raises(BadNote, match=r"\{last\} cannot be printed: the number (nan|inf) is not finite"):
        to_markdown(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rty_tv.csv", "rty_tv.csv"),  # inside a word an underscore means nothing
        ("_x_ **b** `c`", r"\_x\_ \*\*b\*\* \`c\`"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("a | b", r"a \| b"),
        ("[x](http://y)", r"\[x\](http://y)"),
        ("S&P 500", "S&P 500"),
        ("&lt;b&gt; &#60;", r"\&lt;b\&gt; \&#60;"),
        ("two\nlines\r\nand\u2028more\x00", "two lines and more"),
        ("~~gone~~ $x$ \\", r"\~\~gone\~\~ \$x\$ \\"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("> quote", r"\> quote"),
        ("=====", r"\====="),
    ],
)
def test_strings_of_the_user_stay_strings(text, expected):
    assert prose(literal(text)) == expected


def test_a_number_at_the_start_of_a_sentence_does_not_begin_a_list():
    assert prose("{scenario.sessions}. And so on") == "{scenario.sessions}\\. And so on"


NASTY = st.text(alphabet=st.sampled_from("|\n\r`*_[]<>#&$~\\{}!-+=1. aZ\u2028\x00\x1b"), max_size=30)


@given(desk=NASTY, author=NASTY, feed=NASTY, label=NASTY, disclaimer=NASTY)
def test_no_string_of_the_user_changes_the_structure_of_the_page(desk, author, feed, label, disclaimer):
    document = changed()
    document["house"] |= {"desk": f"D{desk}", "author": author, "disclaimer": f"D{disclaimer}"}
    document["provenance"]["feed"] = feed
    document["levels"][0]["label"] = label
    document["summary"][0]["label"] = label.replace("{", "").replace("}", "")
    page = to_markdown(document)
    skeleton = [re.match(r"#+ |\| |> |- |---|", line)[0] for line in page.split("\n")]
    assert skeleton == [re.match(r"#+ |\| |> |- |---|", line)[0] for line in PAGE.split("\n")]
    for line in page.split("\n"):
        if line.startswith("| "):
            cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
            assert cells in (5, 6, 7, 8, 9)
        assert not re.search(r"(?<!\\)(?:\\\\)*<", line)


@given(NASTY)
def test_an_escaped_run_holds_nothing_that_acts(text):
    escaped = escape(text)
    assert not UNESCAPED.search(escaped)
    assert "\n" not in escaped
    assert "\r" not in escaped


def tokens(page):
    """What a CommonMark reader with tables makes of the page: block and inline kinds, in order, runs of text joined."""
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found = []
    for token in parser.parse(page):
        found.append(token.type)
        found += [child.type for child in token.children or () if child.type not in ("text", "text_special", "softbreak")]
    return found


@given(desk=NASTY, author=NASTY, feed=NASTY, label=NASTY, disclaimer=NASTY)
def test_a_reader_of_markdown_finds_the_same_structure_whatever_the_strings(desk, author, feed, label, disclaimer):
    document = changed()
    document["house"] |= {"desk": f"D{desk}", "author": author, "disclaimer": f"D{disclaimer}D"}
    document["provenance"]["feed"] = feed
    document["levels"][0]["label"] = label
    document["summary"][0]["label"] = label.replace("{", "").replace("}", "") + "x"
    assert tokens(to_markdown(document)) == tokens(PAGE)
