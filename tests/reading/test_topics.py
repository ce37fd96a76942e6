"""Facts are found topic by topic, when somebody asks for one of them."""

from __future__ import annotations

import pytest
from reading_bars import walk

from levelhead.domain.errors import LevelheadError
from levelhead.reading.facts import number
from levelhead.reading.read import read
from levelhead.reading.topics import Facts, Topic

NO_CHART = None  # these topics look at none


def price(value):
    return number(value, "price", "a price", "p", inputs={"p": value})


def counting(asked, name, heads, facts, sentences=()):
    def find(chart, before):
        asked.append(name)
        return dict(facts), sentences

    return Topic(heads, find)


def test_a_topic_is_asked_when_one_of_its_names_is_and_then_once():
    asked = []
    facts = Facts(
        NO_CHART,
        (
            counting(asked, "first", ("a",), {"a": price(1.0)}),
            counting(asked, "second", ("b_",), {"b_1": price(2.0), "b_2.high": price(3.0)}),
        ),
    )
    assert asked == []
    assert facts["b_2.high"].value == 3.0
    assert facts["b_1"].value == 2.0
    assert "b_9" not in facts
    assert asked == ["second"]
    assert list(facts) == ["a", "b_1", "b_2.high"]
    assert len(facts) == 3
    assert asked == ["second", "first"]


def test_two_topics_may_share_a_beginning_and_the_first_is_asked_first():
    asked = []
    facts = Facts(
        NO_CHART,
        (counting(asked, "first", ("a",), {"a.x": price(1.0)}), counting(asked, "second", ("a",), {"a.y": price(2.0)})),
    )
    assert facts["a.x"].value == 1.0
    assert asked == ["first"]
    assert facts["a.y"].value == 2.0
    assert asked == ["first", "second"]


def test_a_topic_sees_the_facts_before_it_and_no_others():
    seen = {}

    def find(chart, before):
        seen.update({name: name in before for name in ("a", "b", "c")})
        return {"b": price(before["a"].value + 1)}, ()

    asked = []
    facts = Facts(
        NO_CHART,
        (
            counting(asked, "first", ("a",), {"a": price(1.0)}),
            Topic(("b",), find),
            counting(asked, "third", ("c",), {"c": price(9.0)}),
        ),
    )
    assert facts["b"].value == 2.0
    assert seen == {"a": True, "b": False, "c": False}
    assert asked == ["first"]


def test_what_no_topic_announces_would_never_be_found_and_is_an_error():
    facts = Facts(NO_CHART, (Topic(("a",), lambda chart, before: ({"b.c": price(1.0)}, ())),))
    with pytest.raises(LevelheadError, match=r"The fact b\.c begins like none of its topic's \(a\); add 'b' to the heads"):
        list(facts)


def test_where_a_name_belongs_is_looked_up_once_and_not_on_every_day(monkeypatch):
    topics = (Topic(("a", "b_"), lambda chart, before: ({"a.x": price(1.0), "b_1": price(2.0)}, ())),)
    assert list(Facts(NO_CHART, topics)) == ["a.x", "b_1"]
    assert Facts(NO_CHART, topics)["a.x"].value == 1.0
    monkeypatch.setattr(Topic, "has", None)  # whoever asked now would fail
    later = Facts(NO_CHART, topics)
    assert list(later) == ["a.x", "b_1"]
    assert later["a.x"].value == 1.0


def test_a_name_may_belong_to_one_topic_today_and_to_another_tomorrow():
    days = iter(([{"a.x": price(1.0)}, {}], [{}, {"a.x": price(2.0)}], [{"a.x": price(3.0)}, {}]))
    today = []
    topics = (Topic(("a",), lambda chart, before: (today[0], ())), Topic(("a",), lambda chart, before: (today[1], ())))
    for value, facts in zip((1.0, 2.0, 3.0), days, strict=True):
        today[:] = facts
        assert Facts(NO_CHART, topics)["a.x"].value == value


def test_sentences_come_in_the_order_of_the_topics():
    facts = Facts(NO_CHART, (counting([], "first", ("a",), {}, ("One.",)), counting([], "second", ("b",), {}, ("Two.", "Three."))))
    assert facts.not_yet_known == ("One.", "Two.", "Three.")


def test_a_fact_is_the_same_whether_it_is_asked_for_alone_or_with_all():
    bars, peers = walk(700), {"PEER": walk(700, seed=4, symbol="PEER")}
    every = dict(read(bars, peers=peers).facts)
    assert len(every) > 200
    for name in list(every)[::13]:
        assert read(bars, peers=peers).facts[name] == every[name]


def test_no_two_topics_of_a_reading_have_a_fact_of_one_name():
    facts = read(walk(700), peers={"PEER": walk(700, seed=4, symbol="PEER")}).facts
    assert len(list(facts)) == len(set(facts)) == len(facts)
