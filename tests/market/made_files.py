"""Files of three known bars in every dialect, and files of made days: what the tests of the readers are written with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

THREE = [dt.date(2025, 3, 12), dt.date(2025, 3, 13), dt.date(2025, 3, 14)]
OURS = """date,open,high,low,close,volume
2025-03-12,2010.0,2030.5,2001.1,2017.2,100
2025-03-13,2016.0,2019.0,1984.4,1990.0,0
2025-03-14,1991.0,2044.9,1990.5,2043.1,300
"""


def written(tmp_path: Path, text: str | bytes, name: str = "rty.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


PRICES = ["2010.0,2030.5,2001.1,2017.2", "2016.0,2019.0,1984.4,1990.0", "1991.0,2044.9,1990.5,2043.1"]
DIALECTS = {
    "ours": OURS,
    "a byte-order mark": "\ufeff" + OURS,
    "Windows line ends": OURS.replace("\n", "\r\n"),
    "no line end after the last row": OURS.rstrip("\n"),
    "blank lines": OURS.replace("\n", "\n\n"),
    "semicolons": OURS.replace(",", ";"),
    "tabs": OURS.replace(",", "\t"),
    "quoted": "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in OURS.splitlines()),
    "TradingView, dates": "time,open,high,low,close,RSI,Volume MA\n"
    + "".join(f"{d},{p},55.1,\n" for d, p in zip(THREE, PRICES, strict=True)),
    # the electronic session of 13 March begins on the 12th at 17:00 Chicago, 22:00 UTC
    "TradingView, ISO times of the evening before": "time,open,high,low,close\n"
    + "".join(f"{d - dt.timedelta(1)}T22:00:00Z,{p}\n" for d, p in zip(THREE, PRICES, strict=True)),
    "TradingView, ISO times with a zone": "time,open,high,low,close\n"
    + "".join(f"{d - dt.timedelta(1)}T17:00:00-05:00,{p}\n" for d, p in zip(THREE, PRICES, strict=True)),
    "TradingView, ISO times by day": "time,open,high,low,close\n"
    + "".join(f"{d}T09:30:00-04:00,{p}\n" for d, p in zip(THREE, PRICES, strict=True)),
    # 1741737600 = 2025-03-12 00:00 UTC: 20,159 days of 86,400 seconds
    "TradingView, Unix seconds": "time,open,high,low,close\n"
    + "".join(f"{1741737600 + 86400 * i},{p}\n" for i, p in enumerate(PRICES)),
    "TradingView, Unix seconds of the evening before": "time,open,high,low,close\n"
    + "".join(f"{1741737600 + 86400 * i - 7200},{p}\n" for i, p in enumerate(PRICES)),
    "Yahoo": "Date,Open,High,Low,Close,Adj Close,Volume\n"
    + "".join(f"{d},{p},1.5,0\n" for d, p in zip(THREE, PRICES, strict=True)),
    "yfinance, three lines": "Price,Close,High,Low,Open,Volume\nTicker,RTY=F,RTY=F,RTY=F,RTY=F,RTY=F\nDate,,,,,\n"
    "2025-03-12,2017.2,2030.5,2001.1,2010.0,1\n2025-03-13,1990.0,2019.0,1984.4,2016.0,2\n2025-03-14,2043.1,2044.9,1990.5,1991.0,3\n",
    "yfinance, two lines": "Price,Close,High,Low,Open,Volume\nDate,,,,,\n"
    "2025-03-12,2017.2,2030.5,2001.1,2010.0,1\n2025-03-13,1990.0,2019.0,1984.4,2016.0,2\n2025-03-14,2043.1,2044.9,1990.5,1991.0,3\n",
    "yfinance, stamps": "Date,Open,High,Low,Close\n"
    + "".join(f"{d} 00:00:00-04:00,{p}\n" for d, p in zip(THREE, PRICES, strict=True)),
    "Stooq": "Date,Open,High,Low,Close,Volume\n" + "".join(f"{d},{p},7\n" for d, p in zip(THREE, PRICES, strict=True)),
    "Stooq, in angle brackets": "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
    + "".join(f"RTY.F,D,{d:%Y%m%d},000000,{p},7,0\n" for d, p in zip(THREE, PRICES, strict=True)),
    # 3/12/2025 alone may be two days; 3/13/2025 shows that months come first
    "saved by an American spreadsheet": "Date,Open,High,Low,Close\n"
    + "".join(f"{d.month}/{d.day}/{d.year},{p}\n" for d, p in zip(THREE, PRICES, strict=True)),
    "saved by a German spreadsheet": "Date;Open;High;Low;Close\n"
    + "".join(f"{d:%d.%m.%Y};{p.replace(',', ';')}\n" for d, p in zip(THREE, PRICES, strict=True)),
}


def daily(count: int, *, start: str = "2024-01-01") -> list[str]:
    days = np.datetime64(start) + np.arange(count)
    return [f"{day},{100 + i},{102 + i},{99 + i},{101 + i},5" for i, day in enumerate(days)]


def table(rows: list[str]) -> str:
    return "date,open,high,low,close,volume\n" + "\n".join(rows) + "\n"


def dated(row: str, date: str) -> str:
    return date + row[10:]
