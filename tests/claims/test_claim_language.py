"""The claim language: what it says, how it is written back, and what it answers to what it cannot read."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.claims.form import Market, resolve
from levelhead.claims.parse import EXAMPLES, parse_claim, parse_form
from levelhead.claims.rule import rule_of
from levelhead.claims.text import claim_text, price_text
from levelhead.domain.claim import MAX_SESSIONS, CloseAt, Plan, Split, Touch
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Distance
from levelhead.domain.instrument import Instrument

RTY = Instrument(symbol="RTY", name="E-mini Russell 2000", short_name="Russell", kind="future", tick=0.1, decimals=1)
MARKET = Market(last=2000.0, instrument=RTY, atr=40.0, sigma=25.0)


def long_limit(**changes):
    plan = {
        "side": "long",
        "order": "limit",
        "entry": 2003.0,
        "stop": 1990.0,
        "targets": (2100.0, 2210.0),
        "fill_within": 5,
        "exit_within": 15,
    }
    return Plan(**{**plan, **changes})


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("first of 2455 | 2350 within 12 sessions", Split(upper=2455, lower=2350, sessions=12)),
        ("touch 2455 within 12 sessions", Touch(price=2455, sessions=12)),
        ("close above 2455.5 at 10 sessions", CloseAt(side="above", price=2455.5, sessions=10)),
        ("close below 2455.5 at 1 session", CloseAt(side="below", price=2455.5, sessions=1)),
        ("touch -37.63 within 3 sessions", Touch(price=-37.63, sessions=3)),
        ("long limit 2003 stop 1990 target 2100, 2210 fill within 5 exit within 15", long_limit()),
    ],
)
def test_each_claim_has_one_text(text, claim):
    assert parse_claim(text) == claim
    assert claim_text(claim) == text


# The trades that the five notes propose, each with the words of its note.
TRADES_OF_THE_NOTES = [
    (
        "001",
        "Buy near 2,003, stop below 1,990, target 2,100-2,210.",
        "long limit 2003 stop 1990 target 2100, 2210 fill within 5 exit within 15",
    ),
    (
        "001",
        "Short below 2,000, target 1,880, stop above 2,060.",
        "short stop 2000 stop 2060 target 1880 fill within 5 exit within 15",
    ),
    (
        "004",
        "- Entry: Buy breakout above 2,480\n- Target: 2,520–2,550\n- Stop: Below 2,430",
        "long stop 2480 stop 2430 target 2520, 2550 fill within 5 exit within 15",
    ),
    (
        "004",
        "- Entry: Long on retracement toward 2,300–2,320\n- Target: Retest of 2,470–2,480\n- Stop: Below 2,270 (50-day MA)",
        "long limit 2320 stop 2270 target 2470, 2480 fill within 5 exit within 15",
    ),
]


@pytest.mark.parametrize(("note", "words", "text"), TRADES_OF_THE_NOTES)
def test_the_trades_of_the_five_notes_can_be_said(note, words, text):
    claim = parse_claim(text)
    assert isinstance(claim, Plan)
    assert claim_text(claim) == text
    said = {float(n.replace(",", "")) for n in re.findall(r"\d,\d{3}", words)}
    assert {claim.entry, claim.stop, *claim.targets} <= said


@pytest.mark.parametrize(("note", "words", "text"), TRADES_OF_THE_NOTES)
def test_the_words_of_those_trades_stand_in_the_notes(note, words, text, shared):
    written = (shared / "seeds" / f"{note}.txt").read_text(encoding="utf-8")
    assert words in written.replace("\r\n", "\n")


def test_the_tables_of_the_notes_can_be_said():
    for upper, lower in ((2420, 2350), (2700, 2520), (2477, 2300)):
        claim = parse_claim(f"first of {upper:,} | {lower:,} within 12 sessions")
        assert claim == Split(upper=upper, lower=lower, sessions=12)


def test_case_spaces_and_grouped_thousands_do_not_matter():
    assert parse_claim("  FIRST of 2,455.5|2,350   Within 12 SESSIONS ") == Split(upper=2455.5, lower=2350, sessions=12)
    assert parse_claim("touch 1,234,567 within 1 sessions") == Touch(price=1234567, sessions=1)
    assert parse_claim("touch .5 within 1 session") == Touch(price=0.5, sessions=1)


def test_a_comma_between_targets_is_one_that_cannot_group_thousands():
    expected = long_limit()
    for targets in ("2,100, 2,210", "2100,2210", "2,100,2210", "2100 , 2,210"):
        text = f"long limit 2,003 stop 1,990 target {targets} fill within 5 sessions exit within 15 sessions"
        assert parse_claim(text) == expected


def test_relative_prices_freeze_on_the_tick_grid():
    # 2000 x 1.015 = 2030; 2000 - 2 x 40 = 1920; 2000 + 25 = 2025; 2000 + 0.01 x 40 = 2000.4
    assert parse_claim("first of +1.5% | -2 ATR within 12 sessions", market=MARKET) == Split(upper=2030, lower=1920, sessions=12)
    assert parse_claim("touch +1 sigma within 5 sessions", market=MARKET) == Touch(price=2025, sessions=5)
    assert parse_claim("touch +0.011 ATR within 5 sessions", market=MARKET) == Touch(price=2000.4, sessions=5)
    plan = parse_claim("short limit +1atr stop +2 ATR target -1 %, 1,900 fill within 5 exit within 15", market=MARKET)
    assert claim_text(plan) == "short limit 2040 stop 2080 target 1980, 1900 fill within 5 exit within 15"


def test_a_form_keeps_what_was_written_until_the_market_is_known():
    form = parse_form("touch \u22122 ATR within 5 sessions")
    assert form.prices == (Distance(amount=-2.0, unit="ATR"),)
    assert form.prices[0].at == 7
    assert form.is_relative
    assert resolve(form, MARKET) == Touch(price=1920, sessions=5)
    assert not parse_form("touch -2 within 5 sessions").is_relative


def refusal(text, **market):
    with pytest.raises(BadClaim) as refused:
        parse_claim(text, **market)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "",
            "'stay in', a measure such as sma_50, 'not' or '(', or 'first of', 'long' or 'short', but the text ends",
        ),
        ("touch 2455", "at character 11 expected 'within N sessions', 'at N sessions' or 'by DATE', but the text ends"),
        (
            "touch within 5 sessions",
            "at character 7 expected a price, such as 2455, +1.5%, -2 ATR, sma_50 or high since 2025-04-01, but",
        ),
        ("touch 2455 within sessions", "at character 19 expected a whole number of sessions, but 'sessions' stands there"),
        ("touch 2455 within 2.5 sessions", "at character 19 expected a whole number of sessions, but '2.5' stands there"),
        ("touch 2455 within 12 weeks", "at character 22 expected 'sessions', but 'weeks' stands there"),
        ("touch 2455 within 12 sessions or so", "at character 34 expected 'touch', 'trade through', 'close', 'stay in', a measure"),
        ("touch +5 within 12 sessions", "at character 10 expected %, ATR or sigma after a price that begins with +, but 'within'"),
        ("touch + within 12 sessions", "at character 9 expected a number, but 'within' stands there"),
        ("touch 2 ATR within 12 sessions", "at character 7 expected + or - before a price in ATR; write +2 ATR"),
        (
            "touch 1e5 within 12 sessions",
            "at character 8 expected 'within N sessions', 'at N sessions' or 'by DATE', but 'e5' stands there",
        ),
        ("touch $2455 within 12 sessions", "the character '$' at character 7 is not part of the claim language"),
        ("first of 2455 within 12 sessions", "at character 15 expected '|' and the lower price, but 'within' stands there"),
        ("first 2455 | 2350 within 12 sessions", "at character 7 expected 'of', but '2455' stands there"),
        ("close 2455 at 10 sessions", "at character 7 expected 'above', 'below' or 'crosses', but '2455' stands there"),
        (
            "close above 2455 10 sessions",
            "at character 18 expected 'within N sessions', 'at N sessions' or 'by DATE', but '10' stands",
        ),
        ("long 2003 stop 1990 target 2100", "at character 6 expected 'limit' or 'stop', but '2003' stands there"),
        ("long limit 2003 target 2100", "at character 17 expected 'stop', but 'target' stands there"),
        ("long limit 2003 stop 1990 fill within 5", "at character 27 expected 'target', but 'fill' stands there"),
        (
            "long limit 2003 stop 1990 target 2100",
            "at character 38 expected 'fill within N exit within M', but the text ends",
        ),
        ("long limit 2003 stop 1990 target 2100 fill within 5", "at character 52 expected 'exit', but the text ends"),
        ("touch " + "9" * 990 + " within 5 sessions", "characters is longer than 1000"),
        ("touch " + "9" * 350 + " within 5 sessions", "the number at character 7 is too large"),
        ("touch 2455 within 0 sessions", "A horizon of 0 sessions is out of range; give 1 to 252"),
        ("touch 2455 within 253 sessions", "A horizon of 253 sessions is out of range"),
        ("first of 2350 | 2455 within 12 sessions", "the first price must lie above the second; swap them"),
        ("long limit 2003 stop 2010 target 2100 fill within 5 exit within 15", "in that order of price"),
        ("long limit 2003 stop 1990 target 2100 fill within 15 exit within 5", "give the exit more sessions"),
        ("touch +2% within 5 sessions", "the relative price at character 7 needs bars to stand on"),
    ],
)
def test_what_cannot_be_read_is_answered_with_its_place_and_what_was_expected(text, answer):
    assert answer in refusal(text)


def test_a_refusal_shows_what_can_be_said():
    assert all(example in refusal("buy low sell high") for example in EXAMPLES)
    assert all(claim_text(parse_claim(example)) == example for example in EXAMPLES)


def test_a_relative_price_needs_what_it_is_measured_in():
    young = Market(last=2000.0, instrument=RTY)
    assert "needs ATR, which is not yet known from these bars" in refusal("touch +2 ATR within 5 sessions", market=young)
    assert "needs sigma, which is not yet known" in refusal("touch +2 sigma within 5 sessions", market=young)
    assert "comes to -400, which RTY cannot trade at" in refusal("touch -120% within 5 sessions", market=MARKET)


def test_a_price_that_is_not_finite_has_no_text():
    for price in (math.inf, math.nan):
        with pytest.raises(BadClaim, match="cannot be written as a claim; give a finite price"):
            claim_text(Touch(price=price, sessions=5))


def test_prices_are_written_without_exponent_or_needless_digits():
    texts = {2003.0: "2003", 1990.5: "1990.5", 1e22: "1" + "0" * 22, 1e-7: "0.0000001", -0.0: "0", 2400.0: "2400"}
    assert {price: price_text(price) for price in texts} == texts


# Up to 120 digits a price: a plan with two targets then stays within the longest text.
numbers = st.floats(min_value=-1e90, max_value=1e90, allow_nan=False).map(lambda x: 0.0 if abs(x) < 1e-60 else x)
sessions = st.integers(1, MAX_SESSIONS)


@st.composite
def claims(draw):
    kind = draw(st.sampled_from(["split", "touch", "close", "plan"]))
    if kind == "touch":
        return Touch(price=draw(numbers), sessions=draw(sessions))
    if kind == "close":
        return CloseAt(side=draw(st.sampled_from(["above", "below"])), price=draw(numbers), sessions=draw(sessions))
    if kind == "split":
        lower, upper = sorted(draw(st.sets(numbers, min_size=2, max_size=2)))
        return Split(upper=upper, lower=lower, sessions=draw(sessions))
    usual = st.integers(-(10**7), 10**7).map(lambda ticks: ticks / 64)
    ladder = sorted(draw(st.sets(usual, min_size=3, max_size=6)))
    side = draw(st.sampled_from(["long", "short"]))
    stop, entry, *targets = ladder if side == "long" else ladder[::-1]
    fill, exit_ = sorted((draw(sessions), draw(sessions)))
    return long_limit(
        side=side,
        order=draw(st.sampled_from(["limit", "stop"])),
        entry=entry,
        stop=stop,
        targets=tuple(targets),
        fill_within=fill,
        exit_within=exit_,
    )


@given(claims())
def test_every_claim_reads_back_as_itself_and_writes_back_as_its_text(claim):
    text = claim_text(claim)
    assert parse_claim(text) == claim
    assert claim_text(parse_claim(text)) == text


words = "first of touch close above below long short limit stop target fill exit within at sessions 12 2,455 2350 | , + - % ATR €"


@given(st.lists(st.sampled_from(words.split(" ")), max_size=12).map(" ".join) | st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    try:
        claim = parse_claim(text, market=MARKET)
    except BadClaim:
        return
    assert parse_claim(claim_text(claim)) == claim


def test_each_kind_of_claim_says_how_it_is_settled():
    rules = [rule_of(parse_claim(text)) for text in EXAMPLES]
    assert len(set(rules)) == 5
    assert "reaches both cannot be decided without finer bars" in rules[0]
    assert all("first bar that opens after the note was made" in rule for rule in rules)
