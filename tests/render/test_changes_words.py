"""What changed between two notes, in words; and where a note shows it."""

from __future__ import annotations

import datetime as dt

import made_note
import pytest
from made_documents import bar, level, made_document, plan

from levelhead.ledger.diff import changes, changes_document
from levelhead.render.changes import Changed, changes_sentences, changes_text
from levelhead.render.markdown import to_markdown
from levelhead.render.page import to_html
from levelhead.render.terminal import to_terminal
from levelhead.wire.document import to_document

FLAT = [bar(100.0)] * 4
CHANGED = Changed(since=dt.date(2025, 9, 1), sentences=("Support at {brace} <b>2,000.0</b> was broken.", "1. Price *fell*."))


def said(earlier, later):
    return changes_sentences(changes_document(changes(earlier, later)), later)


def test_the_first_sentence_is_of_the_price():
    later = made_document([*FLAT, bar(104.0), bar(104.5)], sigma=2.0)
    assert said(made_document(FLAT), later)[0] == (
        "MADE rose 4.5 points in 2 sessions, from 100.0 to 104.5; one session's volatility is forecast at 2.00%, after 1.00%."
    )


def test_the_roll_has_no_part_in_the_move():
    later = made_document([*FLAT, bar(110.0), bar(111.0)])
    roll = {"date": "2025-03-07", "from_contract": "A", "to_contract": "B", "gap": 10.0, "factor": 1.1}
    later["provenance"] |= {"frame": "as traded", "rolls": [roll | {"estimated": False, "method": "given"}]}
    first = said(made_document(FLAT), later)[0]
    assert first.startswith("MADE rose 1.0 points in 2 sessions, from 100.0 to 111.0, 10.0 of the difference being the roll's;")


def test_levels_are_named_by_what_they_were():
    old = level("r1", "resistance", 102.0, 103.0, role="line in the sand")
    later = made_document([*FLAT, bar(104.0), bar(104.0)], levels=[old | {"side": "support", "role": "reference"}])
    words = said(made_document(FLAT, levels=[old]), later)
    assert "Resistance at 102.0–103.0 (r1), the line in the sand then, was broken." in words


def test_the_largest_move_of_the_table_is_told_apart():
    later = made_document([*FLAT, bar(104.0), bar(104.0)], said=(0.5, 0.4, 0.1))
    (told,) = [s for s in said(made_document(FLAT), later) if s.startswith("The table now")]
    assert told.startswith(
        "The table now: up 50% after 30%, range 40% after 40%, down 10% after 30%. Up moved by +20 points: price +"
    )


def test_a_plan_says_what_became_of_it():
    buy = plan("1", "long limit 98 stop 95 target 104 fill within 5 exit within 15", entry=98.0, stop=95.0)
    earlier = made_document(FLAT, setups={"plans": [buy], "best": None})
    words = said(earlier, made_document([*FLAT, bar(99.0, low=97.0)], setups={"plans": []}))
    assert "The long at 98.0, stop 95.0, was filled on 7 March 2025 and is open." in words


def test_the_whole_of_it_stands_in_lines_of_the_width():
    later = made_document([*FLAT, bar(104.0), bar(104.0)], said=(0.5, 0.4, 0.1), levels=[level("r9", "resistance", 130.0, 131.0)])
    text = changes_text(changes_document(changes(made_document(FLAT), later)), later, 100)
    assert text.startswith("MADE: what changed from 6 March 2025 to 10 March 2025\n")
    assert max(map(len, text.splitlines())) <= 110
    assert "New resistance at 130.0–131.0" in text
    assert text.count("then and now: scenario,") == 3


@pytest.mark.parametrize("draw", [to_markdown, to_html, to_terminal])
def test_a_note_without_an_earlier_one_has_no_such_section(draw):
    assert "What changed" not in draw(to_document(made_note.made_note()))


def test_the_section_stands_in_markdown_escaped():
    text = to_markdown(to_document(made_note.made_note()), changed=CHANGED)
    assert "## What changed since 1 September 2025\n\n- Support at {brace} \\<b>2,000.0\\</b> was broken." in text
    assert "\\*fell\\*" in text


def test_the_section_stands_on_the_page_and_in_the_terminal():
    document = to_document(made_note.made_note())
    page = to_html(document, changed=CHANGED)
    assert "<li>Support at {brace} &lt;b&gt;2,000.0&lt;/b&gt; was broken.</li>" in page
    text = to_terminal(document, 80, changed=CHANGED)
    assert "What changed since 1 September 2025\n  Support at" in text
