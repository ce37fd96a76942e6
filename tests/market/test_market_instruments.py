"""The contract table of the exchange, and how a user adds to it."""

from __future__ import annotations

import tomllib

import pytest

from levelhead.domain.errors import BadInstrument
from levelhead.market.instruments import feeds_of, find_instrument, known_symbols, micro_of

CONTRACTS = [  # symbol, point value, tick, tick value, micro: CME contract specifications
    ("RTY", 50, 0.10, 5.00, "M2K"),
    ("M2K", 5, 0.10, 0.50, None),
    ("ES", 50, 0.25, 12.50, "MES"),
    ("MES", 5, 0.25, 1.25, None),
    ("NQ", 20, 0.25, 5.00, "MNQ"),
    ("MNQ", 2, 0.25, 0.50, None),
    ("YM", 5, 1, 5.00, "MYM"),
    ("MYM", 0.50, 1, 0.50, None),
]
BONDS = [  # thirty-seconds, and halves, quarters and eighths of them
    ("ZB", 1000, 1 / 32, 31.25, 5),
    ("ZN", 1000, 1 / 64, 15.625, 6),
    ("ZF", 1000, 1 / 128, 7.8125, 7),
    ("ZT", 2000, 1 / 256, 7.8125, 8),
]
INDICES = {"IXIC", "SPX", "RUT", "NDX", "DJI", "VIX"}
RATES = {"DGS3MO", "DGS2", "DGS10", "DGS30", "DFF"}


@pytest.mark.parametrize(("symbol", "point", "tick", "tick_value", "micro"), CONTRACTS)
def test_a_contract_of_the_table(symbol, point, tick, tick_value, micro):
    found = find_instrument(symbol)
    assert (found.point_value, found.tick, found.micro, found.months, found.calendar) == (point, tick, micro, "HMUZ", "CME_EQUITY")
    assert found.tick * found.point_value == pytest.approx(tick_value)
    assert found.commission == (0.60 if micro is None else 2.50)
    assert found.on_grid(tick * 20_003) == pytest.approx(tick * 20_003)


@pytest.mark.parametrize(("symbol", "point", "tick", "tick_value", "decimals"), BONDS)
def test_a_bond_trades_in_thirty_seconds_and_its_decimals_show_them_whole(symbol, point, tick, tick_value, decimals):
    found = find_instrument(symbol)
    assert (found.point_value, found.tick, found.decimals, found.kind) == (point, tick, decimals, "future")
    assert found.tick * found.point_value == tick_value
    assert found.months == ""  # its last day is no third Friday
    assert f"{found.on_grid(110 + 16.5 / 32):.{decimals}f}".rstrip("0") == {"ZB": "110.5"}.get(symbol, "110.515625")
    assert float(f"{117 + 17 / 32:.{decimals}f}") == found.on_grid(117.53)  # 117'17


def test_the_micro_of_a_contract():
    assert micro_of(find_instrument("RTY")).symbol == "M2K"
    assert micro_of(find_instrument("M2K")) is None
    assert micro_of(find_instrument("SPX")) is None


@pytest.mark.parametrize("symbol", sorted(INDICES))
def test_an_index_has_no_contract(symbol):
    found = find_instrument(symbol)
    assert (found.kind, found.calendar, found.point_value, found.tick, found.decimals) == ("index", "XNYS", None, None, 2)


def test_any_other_symbol_is_unknown_and_case_does_not_matter():
    assert find_instrument("rty") == find_instrument("RTY")
    assert (find_instrument("BRK.B").symbol, find_instrument("BRK.B").kind, find_instrument("BRK.B").tick) == (
        "BRK.B",
        "unknown",
        None,
    )
    assert set(known_symbols()) == {symbol for symbol, *_ in CONTRACTS} | INDICES | RATES | {"CL"} | {bond[0] for bond in BONDS}


def test_only_crude_oil_and_interest_rates_may_be_negative():
    assert {symbol for symbol in known_symbols() if find_instrument(symbol).may_be_negative} == RATES | {"CL"}


def test_each_source_spells_a_symbol_its_own_way_and_the_first_is_the_default():
    assert dict(feeds_of("ES")) == {"yahoo": "ES=F", "stooq": "es.f"}
    assert [feeds_of(symbol)["yahoo"] for symbol in ("IXIC", "SPX", "rut", "VIX")] == ["^IXIC", "^GSPC", "^RUT", "^VIX"]
    assert next(iter(feeds_of("DGS10"))) == "fred"
    assert feeds_of("AAPL") == {}
    assert all(feeds_of(symbol) for symbol in known_symbols())


def test_a_user_spells_a_symbol_for_a_source_of_their_own():
    extra = tomllib.loads('[GC]\nkind = "future"\nfeeds = { mine = "XAU", yahoo = "GC=F" }\n[RTY]\nkind = "future"\ntick = 0.2\n')
    assert list(feeds_of("gc", extra=extra)) == ["mine", "yahoo"]
    assert find_instrument("GC", extra=extra).kind == "future"
    assert feeds_of("RTY", extra=extra)["yahoo"] == "RTY=F", "what a description leaves out stays"


def test_a_new_instrument_is_a_few_lines_and_comes_before_ours():
    extra = tomllib.loads("""
        [GC]
        name = "Gold futures"
        kind = "future"
        tick = 0.1
        decimals = 1
        point_value = 100
        [RTY]
        kind = "future"
        tick = 0.2
    """)
    gold = find_instrument("gc", extra=extra)
    assert (gold.symbol, gold.name, gold.short_name, gold.tick, gold.point_value) == (
        "GC",
        "Gold futures",
        "Gold futures",
        0.1,
        100,
    )
    assert find_instrument("RTY", extra=extra).tick == 0.2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("ticksize = 0.1", r"^GC: unknown key 'ticksize'; an instrument may have name, short_name, kind, tick"),
        ("tick = 0", r"^GC: tick 0\.0 is not a positive number"),
        ("tick = 'small'", r"^GC: tick = 'small' is not a number\.$"),
        ("decimals = 1.5", r"^GC: decimals = 1\.5 is not a whole number from 0 to 10"),
        ("may_be_negative = 1", r"^GC: may_be_negative = 1 is neither true nor false"),
        ("name = 5", r"^GC: name = 5 is not text"),
        ("kind = 'metal'", r"^GC: kind = 'metal' is unknown; give one of future, index"),
        ("feeds = 'GC=F'", r"^GC: feeds = 'GC=F' is no table of symbols; write feeds = \{ yahoo"),
        ("feeds = { yahoo = 5 }", r"^GC: feeds = \{'yahoo': 5\} is no table of symbols"),
        ("calendar = 'COMEX'", r"^GC: calendar = 'COMEX' is unknown; give one of XNYS, CME_EQUITY"),
        ("months = 'ABC'", r"^GC: months 'ABC' holds a letter that is no expiry month"),
    ],
)
def test_a_description_that_cannot_be_is_refused_in_one_sentence(line, sentence):
    with pytest.raises(BadInstrument, match=sentence):
        find_instrument("GC", extra=tomllib.loads(f"[GC]\n{line}\n"))


def test_a_description_that_is_no_table_is_refused():
    with pytest.raises(BadInstrument, match=r"^GC: 5 is no description"):
        find_instrument("GC", extra={"GC": 5})
    with pytest.raises(BadInstrument, match=r"needs a symbol"):
        find_instrument("  ")
