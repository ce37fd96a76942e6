"""Values as programs write them out: names and numbers line by line, rows of a spreadsheet, strips of a dashboard."""

from __future__ import annotations

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def values(note: str) -> dict[str, float]:
    return {i.name: i.value.low for i in read_note(text_of(note.encode())).indicators if not i.name.startswith("pivot.")}


def test_names_and_numbers_parted_by_commas_need_no_heading() -> None:
    assert values("RSI_14,61.4\nSMA_20,178.25\nATR_14,3.10\nCLOSE,181.06") == {
        "rsi_14": 61.4,
        "sma_20": 178.25,
        "atr_14": 3.1,
        "last": 181.06,
    }


def test_a_comma_of_thousands_parts_no_cells() -> None:
    assert values("SMA 20,186\nSMA 50,199\nLAST 20,310").get("sma_20") != 186.0


def test_a_row_of_a_level_may_begin_with_its_name_and_its_average() -> None:
    assert values("S1,200dma,2204.6\nS2,50dma,2178.0\nR1,20dma,2252.4\nLAST,,2229.7") == {
        "sma_200": 2204.6,
        "sma_50": 2178.0,
        "sma_20": 2252.4,
        "last": 2229.7,
    }


def test_in_a_strip_of_values_the_index_is_its_price() -> None:
    assert values("Dashboard ▪ S&P cash\nindex 6,412 ▪ ATH 7,010 ▪ drawdown 8.5%\nRSI 38.2 ▪ HY spread 402 bp") == {
        "last": 6412.0,
        "all_time_high": 7010.0,
        "drawdown_pct": 8.5,
        "rsi_14": 38.2,
    }
