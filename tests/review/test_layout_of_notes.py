"""The blocks of a note in each layout that notes come in; every expectation is written by hand."""

import pytest

from levelhead.review.layout import blocks_of


def shown(plain):
    return [(b.kind, tuple(c.text for c in b.cells) if b.kind == "row" else b.text) for b in blocks_of(plain)]


def rows(plain):
    return [tuple(c.text for c in b.cells) for b in blocks_of(plain) if b.kind == "row"]


def headers(plain):
    return [b.is_header for b in blocks_of(plain) if b.kind == "row"]


LEVELS = [("Level", "Type"), ("2,477", "ATH Resistance"), ("2,384", "Immediate Support")]


@pytest.mark.parametrize(
    "table",
    [
        "| Level | Type |\n|---|---|\n| 2,477 | ATH Resistance |\n| 2,384 | Immediate Support |",
        "Level | Type\n---|---\n2,477 | ATH Resistance\n2,384 | Immediate Support",
        "Level|Type\n2,477|ATH Resistance\n2,384|Immediate Support",
        "+---+---+\n| Level | Type |\n+---+---+\n| 2,477 | ATH Resistance |\n| 2,384 | Immediate Support |\n+---+---+",
        "Level\tType\n2,477\tATH Resistance\n2,384\tImmediate Support",
        "Level      Type\n2,477      ATH Resistance\n2,384      Immediate Support",
        "Level | Type\n\n2,477 | ATH Resistance\n\n2,384 | Immediate Support",
    ],
    ids=["outer bars", "inner bars", "no rule", "drawn", "tabs", "wide blanks", "empty lines between"],
)
def test_a_table_is_the_same_rows_in_every_layout(table):
    assert rows(f"Key levels\n\n{table}\n\nText after it.") == LEVELS
    assert headers(table) == [True, False, False]


def test_the_rule_under_a_heading_that_closes_a_bar_only_at_the_end_is_a_rule():
    # as one of the seeds has it: 'Level | Type | Commentary |' over '---|---|---|'
    table = "Level | Type | Commentary |\n---|---|---|\n2,477 | ATH Resistance | Major breakout test |"
    assert rows(table) == [("Level", "Type", "Commentary"), ("2,477", "ATH Resistance", "Major breakout test")]
    assert headers(table) == [True, False]


def test_empty_cells_keep_their_place():
    assert rows("| Level | Type | Note |\n|---|---|---|\n| 2,477 | | high |\n| | Support | |") == [
        ("Level", "Type", "Note"),
        ("2,477", "", "high"),
        ("", "Support", ""),
    ]
    assert rows("Level\tType\tNote\n2,477\t\thigh") == [("Level", "Type", "Note"), ("2,477", "", "high")]


def test_one_cell_on_each_line_is_a_table():
    plain = """Key Levels to Watch:
Type
Price
Note
Resistance
2,050–2,070
Previous swing highs
Support
1,995
50-day MA support
The index reclaimed the average, closing above it for multiple sessions, a clear sign of a reversal of the trend."""
    assert rows(plain)[-3:] == [
        ("Type", "Price", "Note"),
        ("Resistance", "2,050–2,070", "Previous swing highs"),
        ("Support", "1,995", "50-day MA support"),
    ]


def test_two_tables_are_counted_apart():
    found = [
        b.table for b in blocks_of("Level | Type\n2,477 | high\n\nText between.\n\nLevel | Type\n2,384 | low") if b.kind == "row"
    ]
    assert found == [0, 0, 1, 1]


def test_a_sentence_with_a_bar_and_a_list_of_prices_are_no_words_lost():
    plain = "RTY | Russell 2000\nSupport 2,350, 2,310"
    assert "".join(b.text for b in blocks_of(plain)).count("2,3") == 2


def test_headings_paragraphs_and_lists_are_told_by_their_looks():
    plain = """Introduction
The Russell 2000 has attempted a shift. It targets the average.

### Levels
• Support: 2,350
  • deeper: 2,310
1. first
b) second
— third

Outlook
=======
***
Bullish above 2,415.
"""
    assert shown(plain) == [
        ("heading", "Introduction"),
        ("paragraph", "The Russell 2000 has attempted a shift. It targets the average."),
        ("heading", "Levels"),
        ("item", "Support: 2,350"),
        ("item", "deeper: 2,310"),
        ("item", "first"),
        ("item", "second"),
        ("item", "third"),
        ("heading", "Outlook"),
        ("rule", "***"),
        ("paragraph", "Bullish above 2,415."),
    ]
    levels = {b.text: b.level for b in blocks_of(plain)}
    assert (levels["Introduction"], levels["Levels"], levels["Outlook"]) == (0, 3, 1)
    assert (levels["Support: 2,350"], levels["deeper: 2,310"]) == (0, 1)


def test_lines_that_were_broken_at_a_width_are_one_paragraph_again():
    plain = """RTY is now attempting to recover after a sell-off from the highs made at the
end of October. The first level is the 50-day moving average, and then 2,567.
A new line that begins with a capital is a paragraph of its own."""
    assert [text for _, text in shown(plain)] == [
        "RTY is now attempting to recover after a sell-off from the highs made at the\n"
        "end of October. The first level is the 50-day moving average, and then 2,567.",
        "A new line that begins with a capital is a paragraph of its own.",
    ]


def test_a_price_with_a_minus_before_it_is_no_list():
    assert shown("-1.5% since Monday, a small fall.") == [("paragraph", "-1.5% since Monday, a small fall.")]


def test_no_more_than_forty_thousand_lines_are_looked_at():
    assert len(blocks_of("a\n" * 100_000)) == 40_000
