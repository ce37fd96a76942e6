"""The takeaway says whether the table knows more than the past, and how much past that rests on."""

from types import SimpleNamespace

from levelhead.desk.draft import Draft
from levelhead.desk.summary import edge_words
from levelhead.domain.claim import Chance


def table(probabilities, rates, windows):
    chances = (
        Chance(probability=p, error=0.0, base_rate=b, base_count=12 * windows, windows=windows)
        for p, b in zip(probabilities, rates, strict=True)
    )
    return SimpleNamespace(
        scenarios=tuple(SimpleNamespace(name=n, chance=c) for n, c in zip(("up", "range", "down"), chances, strict=True))
    )


def test_a_table_on_a_short_past_is_not_told_from_its_base_rates():
    # as in tests/forecast/test_distinguish.py: 369 windows are needed, 120 are there
    draft = Draft({})
    said = edge_words(draft, table((0.45, 0.20, 0.35), (0.40, 0.25, 0.35), 120))
    assert said.startswith("The table is not distinguishable from its base rates, which {scenario.windows} independent windows")
    assert "about {scenario.windows_more} more would be needed" in said
    assert (draft.number("scenario.windows"), draft.number("scenario.windows_more")) == (120, 249)


def test_the_same_table_on_a_long_past_leans():
    draft = Draft({})
    said = edge_words(draft, table((0.46, 0.20, 0.34), (0.40, 0.25, 0.35), 2000))
    assert said.startswith("Against the base rates the table leans up")
    assert "scenario.windows" not in draft


def test_a_table_that_agrees_with_its_past_has_no_edge():
    said = edge_words(Draft({}), table((0.4, 0.25, 0.35), (0.4, 0.25, 0.35), 500))
    assert said.endswith("the two agree, and there is no edge in it today.")
