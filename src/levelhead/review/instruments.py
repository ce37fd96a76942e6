"""What a note is about: tickers and the names people write for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from levelhead.review.lexicon import bag_of

# symbol -> names, as people write them; the ticker itself stands in capital letters. A future and its index are two instruments.
_NAMES: dict[str, str] = {
    "RTY": "e-mini russell 2000 futures|e-mini russell 2000|russell 2000 futures|e-mini russell|russell futures|micro russell",
    "RUT": "russell 2000 index|russell 2000|russell|small cap index",
    "ES": "e-mini s&p 500 futures|e-mini s&p 500|e-mini s&p|emini s&p|s&p 500 e-mini|s&p 500 futures|s&p futures|spx futures|"
    "s&p e-mini|micro e-mini s&p 500|s&p 500 (es)",
    "SPX": "s&p 500 index|s&p 500|s&p500|s&p|spx500|us500|cash s&p|s&p cash",
    "NQ": "e-mini nasdaq-100 futures|e-mini nasdaq-100|e-mini nasdaq 100|e-mini nasdaq|nasdaq-100 futures|nasdaq 100 futures|"
    "nasdaq futures|micro nasdaq",
    "NDX": "nasdaq-100|nasdaq 100|nasdaq|nas100|us100|us tech 100",
    "IXIC": "nasdaq composite",
    "YM": "e-mini dow futures|e-mini dow|dow futures|dow jones futures",
    "DJI": "dow jones industrial average|dow jones|dow 30|dow|us30|wall street 30",
    "VIX": "vix|volatility index",
    "CL": "wti crude oil futures|crude oil futures|wti crude oil|wti crude|wti futures|crude futures|light sweet crude|wti|"
    "usoil|crude oil",
    "BZ": "brent crude oil|brent crude|brent futures|brent|ukoil",
    "NG": "natural gas futures|natural gas|henry hub|natgas|nat gas",
    "GC": "gold futures|comex gold",
    "XAUUSD": "xau/usd|xauusd|spot gold|gold",
    "SI": "silver futures|comex silver",
    "XAGUSD": "xag/usd|xagusd|spot silver|silver",
    "HG": "copper futures|comex copper|copper",
    "PL": "platinum futures|platinum",
    "PA": "palladium futures|palladium",
    "ZB": "30-year treasury bond futures|30-year t-bond|treasury bond futures|t-bond futures|30-year bond futures|us t-bond|"
    "t-bonds|treasury bonds|long bond|30-yr bond|30-year bond|30yr bond|us bonds",
    "ZN": "10-year treasury note futures|10-year t-note futures|10-year t-note|10-yr note|10yr note|10-yr t-note|tens|ten-year "
    "notes|10-year treasury note|10-year treasuries|10-year note futures|10-year notes|10-year note|"
    "t-note futures|"
    "ten-year note futures|ten-year note|us 10-year t-note|10y t-note",
    "ZF": "5-year t-note|5-year note futures|5-year note|five-year note",
    "ZT": "2-year t-note|2-year note futures|2-year note|two-year note",
    "FGBL": "euro-bund futures|bund futures|bund",
    "ZC": "corn futures|corn",
    "ZW": "wheat futures|wheat",
    "ZS": "soybean futures|soybeans",
    "6E": "euro fx futures|euro futures",
    "6J": "yen futures",
    "6B": "british pound futures",
    "EURUSD": "eur/usd|euro dollar|euro-dollar|eurusd",
    "GBPUSD": "gbp/usd|gbpusd|cable|sterling",
    "USDJPY": "usd/jpy|usdjpy|dollar-yen|dollar yen",
    "AUDUSD": "aud/usd|audusd|aussie",
    "USDCAD": "usd/cad|usdcad|loonie",
    "USDCHF": "usd/chf|usdchf",
    "NZDUSD": "nzd/usd|nzdusd|kiwi",
    "EURGBP": "eur/gbp|eurgbp",
    "EURJPY": "eur/jpy|eurjpy",
    "GBPJPY": "gbp/jpy|gbpjpy",
    "DX": "us dollar index|dollar index|dxy",
    "BTC": "btc/usd|btcusd|btc/usdt|btcusdt|bitcoin",
    "ETH": "eth/usd|ethusd|eth/usdt|ethusdt|ethereum|ether",
    "SOL": "sol/usd|solana",
    "XRPUSD": "xrp/usd|ripple|xrp",
    "DAX": "dax 40|dax futures|dax|ger40|germany 40",
    "FTSE": "ftse 100|ftse|uk100",
    "FESX": "euro stoxx 50|eurostoxx 50|stoxx 50|estx50",
    "STOXX": "stoxx europe 600|stoxx 600",
    "CAC": "cac 40|cac",
    "N225": "nikkei 225|nikkei|jp225|japan 225",
    "HSI": "hang seng index|hang seng",
    "NSEI": "nifty 50|nifty",
    "AXJO": "asx 200|australia 200",
    "SPY": "spdr s&p 500",
    "LE": "live cattle futures|live cattle",
    "GF": "feeder cattle futures|feeder cattle",
    "HE": "lean hog futures|lean hogs|live hogs",
    "HO": "heating oil futures|heating oil|ulsd",
    "RB": "rbob gasoline|rbob|gasoline futures|gasoline",
    "QS": "ice gasoil|gasoil",
    "TTF": "ttf gas|dutch ttf|ttf",
    "KC": "arabica coffee|coffee futures|arabica|coffee",
    "CC": "cocoa futures|cocoa",
    "SB": "raw sugar|sugar futures|sugar",
    "CT": "cotton futures|cotton",
    "OJ": "orange juice",
    "ZM": "soybean meal futures|soybean meal|soymeal|bean meal",
    "ZL": "soybean oil futures|soybean oil|soyoil|bean oil",
    "FCPO": "crude palm oil|palm oil",
    "RS": "canola futures|canola|rapeseed",
    "LBR": "lumber futures|lumber",
    "TIO": "iron ore",
    "ALI": "lme aluminium|aluminium|aluminum",
    "UX": "uranium",
    "ZN3": "lme zinc|zinc",
    "NI": "lme nickel|nickel",
    "FGBM": "euro-bobl|bobl futures|bobl",
    "FGBS": "euro-schatz|schatz futures|schatz",
    "FGBX": "buxl",
    "G": "long gilt futures|long gilt|gilt futures|gilts|gilt",
    "FBTP": "btp futures|btps|btp",
    "FOAT": "oat futures",
    "JGB": "jgb futures|jgbs|jgb",
    "SMI": "swiss market index|smi",
    "KOSPI": "kospi 200|kospi",
    "TSX": "s&p/tsx|tsx composite|tsx 60",
    "IBOV": "ibovespa|bovespa",
    "SENSEX": "bse sensex|sensex",
    "BANKNIFTY": "bank nifty|banknifty|nifty bank",
    "SSEC": "shanghai composite",
    "CSI300": "csi 300",
    "TWII": "taiex",
    "TOPIX": "topix",
    "IBEX": "ibex 35|ibex",
    "FTSEMIB": "ftse mib|mib 40",
    "AEX": "aex index|aex",
    "OMXS30": "omxs30|omx stockholm 30|omx 30",
    "STI": "straits times index",
    "MDAX": "mdax",
    "SOX": "phlx semiconductor|sox index",
    "MID": "s&p midcap 400|s&p 400",
    "ADA": "cardano",
    "DOGE": "dogecoin",
    "AVAX": "avalanche",
    "LINK": "chainlink",
    "LTC": "litecoin",
    "NFLX": "netflix",
    "PLTR": "palantir",
    "COIN": "coinbase",
    "INTC": "intel",
    "ASML": "asml",
    "JPM": "jpmorgan",
    "AAPL": "apple",
    "TSLA": "tesla",
    "NVDA": "nvidia",
    "MSFT": "microsoft",
    "AMZN": "amazon",
    "GOOGL": "alphabet",
    "META": "meta platforms",
}
TICKERS = bag_of(
    """
    RTY M2K RUT IWM ES MES SPX SPY NQ MNQ NDX QQQ YM MYM DJI DJIA DIA IXIC VIX VX CL MCL BZ NG GC MGC SI HG PL PA ZB
    UB ZN TN ZF ZT FGBL ZC ZW ZS HE LE KC SB CT CC 6E 6J 6B 6A 6C 6S DX DXY BTC ETH SOL MBT XAU XAG WTI GLD SLV USO
    TY FV TU RX TLT AAPL TSLA NVDA MSFT AMZN GOOGL META AMD NFLX DAX FDAX FESX HYG HSI N225 SOX
    STX600 SMH XLF XLE
    """
)
_SAME = {
    "DJIA": "DJI",
    "TY": "ZN",
    "FV": "ZF",
    "TU": "ZT",
    "RX": "FGBL",
    "XAU": "XAUUSD",
    "XAG": "XAGUSD",
    "WTI": "CL",
    "DXY": "DX",
    "FDAX": "DAX",
    "BTC": "BTCUSD",
    "ETH": "ETHUSD",
    "SOL": "SOLUSD",
}
FUTURE_OF = {"RUT": "RTY", "SPX": "ES", "NDX": "NQ", "DJI": "YM", "XAUUSD": "GC", "XAGUSD": "SI"}
BONDS = frozenset({"ZB", "ZN", "ZF", "ZT", "UB", "TN"})  # priced in thirty-seconds
GRAINS = frozenset({"ZC", "ZW", "ZS", "KE", "ZO"})  # priced in cents and eighths of one
INDICES = frozenset({"DAX", "FTSE", "FESX", "STOXX", "CAC", "N225", "HSI", "AXJO", "SPX", "ES", "NDX", "NQ", "DJI", "YM", "IXIC"})
MICRO_OF = {"M2K": "RTY", "MES": "ES", "MNQ": "NQ", "MYM": "YM", "MGC": "GC", "MCL": "CL"}
_BY_NAME = {name: symbol for symbol, names in _NAMES.items() for name in names.split("|") if name}


def _written(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"[ -]").replace(r"\-", r"[- ‑–]?")


def _by_first_letters() -> str:
    """All the names, parted by their first letter and then their second, so that at most places of a text none of them is tried.

    The longest first; those with a blank or a hyphen in second place, which may be left out, before the others.
    """
    # a set that minds case is looked at before the alternative is tried; one that ignores it is not
    groups: dict[str, dict[str, list[str]]] = {}
    for name in sorted(_BY_NAME, key=len, reverse=True):
        second = name[1] if name[1].isalnum() else ""
        groups.setdefault(name[0], {"": []}).setdefault(second, []).append(_written(name[1 + len(second) :]))
    parts = {
        first: [_either(second) + f"(?i:{'|'.join(rest)})" for second, rest in g.items() if rest] for first, g in groups.items()
    }
    return "|".join(f"{_either(first)}(?:{'|'.join(each)})" for first, each in parts.items())


def _either(letter: str) -> str:
    return f"[{letter.upper()}{letter}]" if letter else ""


def _tickers() -> str:
    """All the tickers in the same way."""
    letters = sorted({ticker[0] for ticker in TICKERS})
    groups = (sorted((t[1:] for t in TICKERS if t[0] == letter), key=lambda t: (-len(t), t)) for letter in letters)
    return "|".join(f"{letter}(?:{'|'.join(group)})" for letter, group in zip(letters, groups, strict=True))


CURRENCY = (
    "USD|EUR|GBP|JPY|CHF|AUD|NZD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|TRY|ZAR|MXN|BRL|CLP|COP|INR|IDR|KRW|TWD|THB|MYR|PHP|SGD|HKD|"
    "CNH|CNY|ILS|"
    "RUB|SAR|AED|BTC|ETH|SOL|XRP|USDT|USDC|XAU|XAG|XPT"
)
INSTRUMENT = re.compile(
    r"(?<![\w&])(?:"
    rf"(?=[A-Z\d])(?:(?P<pair>(?:{CURRENCY})\s?/\s?(?:{CURRENCY})|(?:{CURRENCY})(?:{CURRENCY}))(?![\w&/])"
    rf"|(?P<code>(?:{_tickers()})(?:[FGHJKMNQUVXZ]\d{{1,2}}|1!|=F)?)(?![\w&]))"
    r"|(?P<name>" + _by_first_letters() + r")(?![\w&])"
    r"|\$(?P<cash>[A-Z]{1,5})(?![\w])"
    r"|(?:NYSE|NASDAQ|NYSEARCA|AMEX|LSE)\s?:\s?(?P<listed>[A-Z]{1,5})(?![\w])"
    r"|\((?P<paren>[A-Z]{2,5})\)"
    r")"
)
NO_TICKERS = bag_of(
    """
    ATH ATL MA SMA EMA DMA RSI MACD ATR ADX VWAP US USA USD EUR GBP JPY FED ECB BOE BOJ CPI PPI PCE GDP NFP FOMC PMI
    ISM ETF ETFS CEO EPS IPO CME NYSE ICE TP SL PT RR NY ET EST EDT GMT UTC CET AI OPEC EIA API UK EU POC VAH VAL HVN
    LVN LOD HOD PDH PDL PWH PWL BB FIB HH HL LH LL ABC PM AM TA CFD CFDS FX OK BTFD YTD QTD MTD WTD QOQ YOY MOM TBD NB
    PS CTA GEX OI IV HV PP IB ONH ONL RTH ETH CCI MFI OBV DMI
    """
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument spoken of at [start, end)."""

    start: int
    end: int
    symbol: str
    is_ticker: bool


@lru_cache(maxsize=256)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every instrument named in a text, in order."""
    found = ((m, symbol_of(m)) for m in INSTRUMENT.finditer(text))
    return tuple(Mention(m.start(), m.end(), symbol, m["name"] is None) for m, symbol in found if symbol)


def symbol_of(found: re.Match[str]) -> str:
    """The symbol that a match of INSTRUMENT names, empty where the letters stand for something else."""
    if code := found["code"]:
        stem = re.sub(r"(?:[FGHJKMNQUVXZ]\d{1,2}|1!|=F)$", "", code)
        return _SAME.get(stem, stem) if stem in TICKERS else _SAME.get(code, code)
    if name := found["name"]:
        return (
            _BY_NAME[re.sub(r"[\s‑–]", " ", name.lower())] if re.sub(r"[\s‑–]", " ", name.lower()) in _BY_NAME else _loosely(name)
        )
    if pair := found["pair"]:
        return re.sub(r"[\s/]|T$", "", pair)
    if symbol := found["cash"] or found["listed"] or "":
        return _SAME.get(symbol, symbol)
    symbol = found["paren"] or ""
    return "" if symbol in NO_TICKERS else _SAME.get(symbol, symbol)


def _loosely(name: str) -> str:
    bare = re.sub(r"[\s‑–-]", "", name.lower())
    return next((s for n, s in _BY_NAME.items() if re.sub(r"[\s-]", "", n) == bare), "")


def subject_and_others(found: Sequence[Mention], title_end: int, plain: str) -> tuple[str, ...]:
    """The instruments of a note, its subject first: what its heading names, else what is named most.

    An index is taken for its future where the note names the future too and gives the index no prices of its own.
    """
    if not found:
        return ()
    order: list[str] = []
    weight: dict[str, float] = {}
    for mention in found:
        if mention.symbol not in order:
            order.append(mention.symbol)
        in_title = mention.end <= title_end
        weight[mention.symbol] = weight.get(mention.symbol, 0.0) + (6.0 if in_title else 1.0)
    first = max(order, key=lambda s: (weight[s] + _kin(s, weight), -order.index(s)))
    future = FUTURE_OF.get(first)
    if future in weight or (future and re.search(r"\b(?:futures|e-?minis?)\b", plain[: title_end or 400], re.I)):
        first = future or first
    kin = {s for s, f in FUTURE_OF.items() if f == first}
    if first in MICRO_OF and MICRO_OF[first] in weight:
        first = MICRO_OF[first]
    return (first, *(s for s in order if s != first and s not in kin))


def _kin(symbol: str, weight: dict[str, float]) -> float:
    """A future is named by its index too."""
    return sum(w for s, w in weight.items() if FUTURE_OF.get(s) == symbol)
