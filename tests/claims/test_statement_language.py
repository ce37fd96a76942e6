"""Events and logic as text: what is read, how it is written back, what is answered to what makes no sense."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import events, made, places, plans, splits, statements, trees

from levelhead.claims.form import Form, Market, WrittenPlan, form_text, longest, resolve
from levelhead.claims.objections import check_standing
from levelhead.claims.outcomes import outcomes_of, prices_of, sessions_of
from levelhead.claims.parse import parse_claim, parse_form
from levelhead.claims.rule import rule_of
from levelhead.claims.text import claim_text
from levelhead.domain.claim import And, CloseAt, Given, Not, Or, Split, Touch
from levelhead.domain.claim_tree import measures_of, simplest
from levelhead.domain.errors import BadClaim
from levelhead.domain.event import Closes, Compare, Distance, Event, Extreme, Measure, Named, Reach, Stay
from levelhead.domain.instrument import Instrument
from levelhead.domain.quoting import Quoting

RTY = Instrument(symbol="RTY", name="E-mini Russell 2000", short_name="Russell", kind="future", tick=0.1, decimals=1)
SMA_50 = Measure(name="sma", bars=50)


def above(price, count=1):
    return Closes(side="above", price=price, count=count)


A, B = Touch(price=2455.0, sessions=5), CloseAt(side="below", price=2350.0, sessions=9)
C = Event(steps=(above(2400.0, 2),), horizon=7)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("trade through 2455 within 5 sessions", Event(steps=(Reach(price=2455.0, through=True),), horizon=5)),
        ("touch sma_50 within 5 sessions", Event(steps=(Reach(price=SMA_50),), horizon=5)),
        ("close above 2400 within 7 sessions", Event(steps=(above(2400.0),), horizon=7)),
        ("2 closes above 2400 within 7 sessions", C),
        ("2 closes above ema_20 at 7 sessions", Event(steps=(above(Measure(name="ema", bars=20), 2),), horizon=7, is_at=True)),
        ("stay in 2350..2420 within 12 sessions", Event(steps=(Stay(low=2350.0, high=2420.0),), horizon=12)),
        ("stay in 2350..2420 by close within 1 session", Event(steps=(Stay(low=2350.0, high=2420.0, by_close=True),), horizon=1)),
        (
            "rsi_14 crosses above 30 within 5 sessions",
            Event(steps=(Compare(left=Measure(name="rsi", bars=14), relation="crosses above", right=30.0),), horizon=5),
        ),
        (
            "close crosses below sma_50 within 5 sessions",
            Event(steps=(Compare(left=Measure(name="close"), relation="crosses below", right=SMA_50),), horizon=5),
        ),
        (
            "touch 2415 then 2 closes above sma_50 before touch 2350 within 12 sessions in back-adjusted",
            Event(steps=(Reach(price=2415.0), above(SMA_50, 2)), before=Reach(price=2350.0), horizon=12, frame="back-adjusted"),
        ),
        ("touch 2455 within 5 sessions in as traded", Event(steps=(Reach(price=2455.0),), horizon=5, frame="as traded")),
        ("not touch 2455 within 5 sessions", Not(claim=A)),
        (
            "touch 2455 within 5 sessions and close below 2350 at 9 sessions or 2 closes above 2400 within 7 sessions",
            Or(terms=(And(terms=(A, B)), C)),
        ),
        (
            "touch 2455 within 5 sessions and (close below 2350 at 9 sessions or 2 closes above 2400 within 7 sessions)",
            And(terms=(A, Or(terms=(B, C)))),
        ),
        ("not (touch 2455 within 5 sessions and close below 2350 at 9 sessions)", Not(claim=And(terms=(A, B)))),
        (
            "touch 2455 within 5 sessions or close below 2350 at 9 sessions given 2 closes above 2400 within 7 sessions",
            Given(claim=Or(terms=(A, B)), condition=C),
        ),
        ("first of sma_50 | 2350 within 12 sessions", Split(upper=SMA_50, lower=2350.0, sessions=12)),
    ],
)
def test_each_statement_has_one_text(text, claim):
    assert parse_claim(text) == claim
    assert claim_text(claim) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("NOT (touch 2,455 within 5 sessions)", "not touch 2455 within 5 sessions"),
        ("((touch 2455 within 5 sessions))", "touch 2455 within 5 sessions"),
        ("1 close above 2400 at 5 sessions", "close above 2400 at 5 sessions"),
        ("closes above 2400 within 5 sessions", "close above 2400 within 5 sessions"),
        ("stay in 2,350\u20132,420 within 5 sessions", "stay in 2350..2420 within 5 sessions"),
        ("SMA_50 crosses ABOVE sma_200 within 65 sessions", "sma_50 crosses above sma_200 within 65 sessions"),
        ("touch 2455 within 5 sessions in back adjusted", "touch 2455 within 5 sessions in back-adjusted"),
    ],
)
def test_other_ways_to_write_the_same(text, same):
    assert claim_text(parse_claim(text)) == same


LEVELS = {"pivot_month_traditional.s2": 2003.46, "high_52w": 2566.5}
MARKET = Market(
    last=2000.0,
    instrument=RTY,
    atr=40.0,
    sigma=25.0,
    level=LEVELS.get,
    extreme=lambda side, since: (2100.0 if side == "high" else 1900.0) if since >= dt.date(2025, 1, 1) else None,
    sessions_by=lambda day: (day - dt.date(2025, 3, 13)).days,
)


@pytest.mark.parametrize(
    ("written", "frozen"),
    [
        # 2000 x 1.015 = 2030; 2000 - 2 x 40 = 1920; the pivot on the tick grid; the 20th is seven days after the 13th
        ("touch +1.5% then close below -2 ATR within 9 sessions", "touch 2030 then close below 1920 within 9 sessions"),
        ("touch pivot_month_traditional.s2 within 5 sessions", "touch 2003.5 within 5 sessions"),
        ("close above HIGH_52W by 2025-03-20", "close above 2566.5 within 7 sessions"),
        ("stay in low since 2025-01-10..high since 2025-01-10 within 5 sessions", "stay in 1900..2100 within 5 sessions"),
        ("stay in -1 sigma..+1 sigma by close by 2025-03-14", "stay in 1975..2025 by close within 1 session"),
        ("close crosses above +1 ATR within 5 sessions", "close crosses above 2040 within 5 sessions"),
        ("touch sma_50 before touch -1 ATR within 5 sessions", "touch sma_50 before touch 1960 within 5 sessions"),
        ("first of sma_50 | -1 ATR within 5 sessions", "first of sma_50 | 1960 within 5 sessions"),
        # of a zone the edge that is met first, and of one to break out of the far edge
        (
            "long limit 1950..1960 stop 1900 target 2050..2070, 2100 fill within 5 exit within 15",
            "long limit 1960 stop 1900 target 2050, 2100 fill within 5 exit within 15",
        ),
        (
            "long stop 2010..2020 stop 1900 target 2050..2070 fill within 5 exit within 15",
            "long stop 2020 stop 1900 target 2050 fill within 5 exit within 15",
        ),
        (
            "short limit 2050..2070 stop 2100 target 1900..1920 fill within 5 exit within 15",
            "short limit 2050 stop 2100 target 1920 fill within 5 exit within 15",
        ),
    ],
)
def test_what_is_relative_is_frozen_when_the_claim_is_made(written, frozen):
    assert claim_text(parse_claim(written, market=MARKET)) == frozen


def test_a_date_says_how_long_a_claim_stands():
    form = parse_form("touch 2100 by 2025-03-20 or touch 1900 within 3 sessions")
    assert form.horizons == (dt.date(2025, 3, 20), 3)
    assert longest(form, MARKET) == 7
    with pytest.raises(BadClaim, match="'by 2025-03-20' needs bars to count sessions from"):
        longest(form)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("touch 2455 then within 5 sessions", "at character 17 expected 'touch', 'trade through', 'close', 'stay in', a measure"),
        ("touch 2455 before before", "at character 19 expected 'touch'"),
        ("trade 2455 within 5 sessions", "at character 7 expected 'through', but '2455' stands there"),
        ("stay 2350..2420 within 5 sessions", "at character 6 expected 'in', but '2350' stands there"),
        ("stay in 2350 within 5 sessions", "at character 14 expected '..' and the higher price, but 'within' stands there"),
        ("stay in 2420..2350 within 5 sessions", "at character 1: 'stay in 2420.0..2350.0': the first price must lie below"),
        ("2 touch 2455 within 5 sessions", "at character 3 expected 'closes', but 'touch' stands there"),
        ("2.5 closes above 2455 within 5 sessions", "at character 1 expected a whole number of closes, but '2.5'"),
        ("rsi_14 30 within 5 sessions", "at character 8 expected 'above', 'below', 'crosses above' or 'crosses below', but '30'"),
        ("rsi_14 above sma_50 within 5 sessions", "at character 1: rsi and sma are counted in different units"),
        ("rsi_14 above +2 ATR within 5 sessions", "rsi is no price; compare it with a number or with another rsi"),
        ("touch rsi_14 within 5 sessions", "at character 7: rsi is no price to reach; give a number, an average such as sma_50"),
        ("sma_50 above sma_50 within 5 sessions", "sma is compared with itself; name another measure"),
        ("sma_0 above 5 within 5 sessions", "at character 1: 'sma_0' is no measure; give sma 1 to 1000 bars"),
        ("rsi_1 above 5 within 5 sessions", "give rsi 2 to 1000 bars"),
        ("touch 2455 by Friday", "at character 15 expected a date such as 2026-03-20, but 'Friday' stands there"),
        ("touch 2455 by 2026-02-30", "at character 15 expected a date of the calendar, but '2026-02-30'"),
        ("touch high since March within 5 sessions", "at character 18 expected a date such as 2026-03-20, but 'March'"),
        ("touch 2455 within 5 sessions in dollars", "at character 33 expected 'as traded' or 'back-adjusted', but 'dollars'"),
        ("touch 2455 within 5 sessions and", "at character 33 expected 'touch', 'trade through'"),
        ("(touch 2455 within 5 sessions", "at character 30 expected 'and', 'or', 'given' or ')', but the text ends"),
        ("touch 2455 within 5 sessions)", "at character 29 expected the end of the claim, but ')' stands there"),
        ("not first of 2455 | 2350 within 5 sessions", "at character 5 expected 'touch'"),
        ("not first of 2455 | 2350 within 5 sessions", "'first of' and plans stand alone"),
        ("(" * 30 + "touch 2455 within 5 sessions", "expected fewer than 20 brackets"),
        ("not " * 30 + "touch 2455 within 5 sessions", "expected fewer than 20 brackets"),
        ("touch 2455 at 5 sessions", "'at N sessions' is for one close or one measure; write 'within N sessions'"),
        ("touch 2455 before touch 2455 within 5 sessions", "nothing happens before itself, so this can never be true"),
        ("touch 2455 then touch 2455 within 5 sessions", "reached twice with nothing in between"),
        ("stay in 1..2 then touch 3 within 5 sessions", "'stay in' lasts to the end of the window, so nothing can come 'then'"),
        ("touch 3 before stay in 1..2 within 5 sessions", "so it stands neither before nor after 'before'"),
        ("3 closes above 2455 within 2 sessions", "The steps need 3 closes, the window has 2; this can never be true"),
        ("close above 5 then 2 closes below 4 within 2 sessions", "The steps need 3 closes, the window has 2"),
        ("touch 2455 within 5 sessions and not touch 2455 within 5 sessions", "contradicts itself and can never be true"),
        ("touch 2455 within 5 sessions or not touch 2455 within 5 sessions", "it is always true and says nothing"),
        ("touch 2455 within 5 sessions given not touch 2455 within 5 sessions", "The claim denies its own condition"),
        ("close above 2400 within 0 sessions", "A horizon of 0 sessions is out of range; give 1 to 252"),
        ("close above 2400 within -5 sessions", "at character 25 expected a whole number of sessions, but '-' stands there"),
        ("close above 2400 within 500 sessions", "A horizon of 500 sessions is out of range"),
        ("close above 2400 by 2025-03-13", "2025-03-13 does not lie after the last bar, so no session is left; give a later date"),
        ("close above 2400 by 2027-03-13", "A horizon of 730 sessions is out of range"),
        ("touch high since 2024-01-01 within 5 sessions", "the level at character 7, 'high since 2024-01-01', is not known"),
        (
            "touch level.none within 5 sessions",
            "the level at character 7 is called 'level.none', and no price of that name is known",
        ),
        ("long limit sma_50 stop 1900 target 2100 fill within 5 exit within 5", "an order stands at a price, and sma_50 moves"),
        ("first of 2350 | 2455 within 12 sessions", "the first price must lie above the second; swap them"),
        ("touch 2455 within 5 sessions " + "or touch 2455 within 5 sessions " * 40, "characters is longer than 1000"),
    ],
)
def test_what_makes_no_sense_is_answered_with_its_place_and_what_to_write(text, answer):
    with pytest.raises(BadClaim) as refused:
        parse_claim(text, market=MARKET)
    assert answer in str(refused.value)


def test_a_level_needs_a_market():
    with pytest.raises(BadClaim, match="the level at character 7 needs bars to stand on"):
        parse_claim("touch high_52w within 5 sessions")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("first of 1990 | 1950 within 5 sessions", "the last price 2,000.0 has already reached 1,990.0; give an upper price above"),
        ("first of sma_50 | 1950 within 5 sessions", "has already reached sma_50 (1,980.0); give an upper price above"),
        ("touch 2000 within 5 sessions", "is that price already"),
        ("not trade through 2000 within 5 sessions", "the last price 2,000.0 is that of 'trade through 2000' already"),
        ("stay in 2010..2050 within 5 sessions", "lies outside 'stay in 2010..2050' already, which is therefore false"),
        (
            "touch 2100 before touch 2050 within 5 sessions",
            "cannot get to 'touch 2100' but by 'touch 2050', so this can never be true",
        ),
        ("touch 1900 before touch 1950 within 5 sessions", "cannot get to 'touch 1900' but by 'touch 1950'"),
        ("trade through 2100 before touch 2100 within 5 sessions", "cannot get to 'trade through 2100' but by 'touch 2100'"),
        ("touch 2100 before touch 2000 within 5 sessions", "has already reached 'touch 2000', so nothing comes before it"),
    ],
)
def test_what_the_last_price_settles_already_says_so(text, answer):
    with pytest.raises(BadClaim) as refused:
        check_standing(parse_claim(text), 2000.0, quoting=Quoting(1), value=lambda measure: 1980.0)
    assert answer in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "touch 2100 before touch 1950 within 5 sessions",
        "touch 2050 before touch 2100 within 5 sessions",
        "touch 2100 before trade through 2100 within 5 sessions",
        "stay in 2010..2050 by close within 5 sessions",
        "close above 1950 within 5 sessions",
        "touch 2050 then touch 2000 within 5 sessions",
        "long limit 2000 stop 1900 target 2100 fill within 5 exit within 5",
    ],
)
def test_what_is_still_open_has_no_objection(text):
    check_standing(parse_claim(text), 2000.0)


def test_what_a_statement_may_come_to():
    claim = parse_claim("touch 2455 within 5 sessions and close above sma_50 within 9 sessions given rsi_14 above 50 at 3 sessions")
    assert outcomes_of(claim) == ("true", "false", "void")
    assert outcomes_of(claim.claim) == ("true", "false")
    assert sessions_of(claim) == 9
    assert prices_of(claim) == (2455.0,)
    assert measures_of(claim) == [SMA_50, Measure(name="rsi", bars=14)]


def test_the_rule_names_what_is_in_the_claim():
    rule = rule_of(parse_claim("touch 2455 then 2 closes above sma_50 before touch 2350 within 5 sessions"))
    for part in ("is touched when", "A close on a price", "An average moves", "first done", "must come first", "cannot be decided"):
        assert part in rule
    assert "void" not in rule
    assert "void" in rule_of(parse_claim("touch 2455 within 5 sessions given close above 2400 at 5 sessions"))


@given(statements | made(splits()) | plans())
def test_every_claim_reads_back_as_itself_and_writes_back_as_its_text(claim):
    text = claim_text(claim)
    assert parse_claim(text) == claim
    assert claim_text(parse_claim(text)) == text


distances = st.builds(Distance, amount=st.integers(-400, 400).map(lambda n: n / 8), unit=st.sampled_from(["%", "ATR", "sigma"]))
names = st.sampled_from(["pivot_month_traditional.s2", "high_52w", "level.r1.low"])
dates = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
written = places | distances | st.builds(Named, name=names) | st.builds(Extreme, side=st.sampled_from(["high", "low"]), since=dates)


@st.composite
def written_plans(draw):
    zone = st.lists(distances | st.integers(1, 9).map(float), min_size=1, max_size=2).map(tuple)
    return WrittenPlan(
        side=draw(st.sampled_from(["long", "short"])),
        order=draw(st.sampled_from(["limit", "stop"])),
        entry=draw(zone),
        stop=draw(distances),
        targets=tuple(draw(st.lists(zone, min_size=1, max_size=3))),
        fill_within=draw(st.integers(1, 9)),
        exit_within=draw(st.integers(1, 9)),
    )


@st.composite
def dated(draw):
    event = draw(events(written))
    framed = draw(st.sampled_from(["", "as traded", "back-adjusted"]))
    horizon = event.horizon if event.is_at else draw(st.just(event.horizon) | dates)
    return Event(steps=event.steps, before=event.before, is_at=event.is_at, horizon=horizon, frame=framed)


@given(trees(dated()) | written_plans())
def test_every_form_reads_back_as_itself_before_anything_is_frozen(tree):
    text = form_text(Form(text="", tree=tree))
    assert parse_form(text).tree == tree
    assert form_text(parse_form(text)) == text


vocabulary = (
    "touch trade through close closes above below crosses stay in .. by within at sessions then before and or not given ( ) "
    "sma_50 rsi_14 open high low since 2025-01-01 2,455 2350 2 + - % ATR as traded back-adjusted first of | long limit pivot.s1"
)


@given(st.lists(st.sampled_from(vocabulary.split(" ")), max_size=16).map(" ".join))
def test_no_text_breaks_the_reader(text):
    try:
        claim = parse_claim(text, market=MARKET)
    except BadClaim:
        return
    assert parse_claim(claim_text(claim)) == claim


@given(statements)
def test_the_simplest_form_of_a_statement_has_the_same_text(statement):
    assert claim_text(simplest(statement)) == claim_text(statement)
    assert simplest(resolve(parse_form(claim_text(statement)))) == simplest(statement)
