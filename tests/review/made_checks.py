"""Bars, and notes as a reader would have read them, for the tests of the check. Nothing here comes from the code under test."""

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.review.said import (
    Indicator,
    Money,
    OthersNote,
    ReadBias,
    ReadLevel,
    ReadScenario,
    ReadSetup,
    ReadStatement,
)
from levelhead.review.text import Block, Span, Text

FUTURE = Instrument(
    symbol="RTY", name="E-mini Russell 2000 futures", short_name="Russell 2000", kind="future", tick=0.1, decimals=1,
    point_value=50, calendar="CME_EQUITY", months="HMUZ",
)  # fmt: skip


def bars_of(closes, *, first="2024-01-02", reach=5.0, instrument=FUTURE, **columns):
    """Bars on weekdays from `first`, each `reach` above and below its open and close unless high and low are given."""
    close = np.asarray(closes, dtype=np.float64)
    open_ = np.concatenate((close[:1], close[:-1]))
    days = np.busday_offset(first, np.arange(len(close)), roll="forward")
    return Bars(
        instrument=instrument,
        time=days.astype("datetime64[us]"),
        open=open_,
        high=columns.get("high", np.maximum(open_, close) + reach),
        low=columns.get("low", np.minimum(open_, close) - reach),
        close=close,
        volume=np.full(len(close), np.nan),
        row=np.arange(2, len(close) + 2),
        feed="made.csv",
    )


def steady(n=300, price=2000.0):
    """Closes that go up and down by ten points around one price, so that every average is near it."""
    return np.array([price + (10.0 if i % 2 else -10.0) for i in range(n)])


def rising(n=300, start=1500.0, step=2.0):
    """Closes that rise by `step` a bar."""
    return start + step * np.arange(n)


def walk(n=400, seed=7, start=2000.0, sigma=0.012):
    """A random walk of log closes."""
    return np.round(start * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, sigma, n))), 1)


class Written:
    """A note being read by hand: `at('words')` is where they stand, and what is read is kept in order."""

    def __init__(self, plain, *, symbol="RTY", date=None, date_words="", horizon=None):
        self.plain, self.symbol, self.date, self.date_words, self.horizon = plain, symbol, date, date_words, horizon
        self.parts = {name: [] for name in ("indicators", "levels", "scenarios", "setups", "biases", "statements")}

    def at(self, words):
        start = self.plain.index(words)
        return Span(start=start, end=start + len(words))

    def value(self, name, low, high=None, *, words="", about=False, where=None):
        money = Money(low=low, high=low if high is None else high, approximate=about)
        span = self.at(where or f"{low:,.10g}")
        self.parts["indicators"].append(Indicator(name=name, value=money, words=words, span=span, sure=1.0))
        return self

    def level(self, side, low, high=None, *, kind="level", name="", label="", where=None):
        money = Money(low=low, high=low if high is None else high)
        span = self.at(where or f"{low:,.10g}")
        self.parts["levels"].append(ReadLevel(side=side, kind=kind, price=money, label=label, name=name, span=span, sure=1.0))
        return self

    def scenario(self, direction, probability=None, *, title="", where=None, **prices):
        zones = {name: pair for name, pair in prices.items() if name in ("zone", "target", "trigger")}
        said = {name: Money(low=low, high=high) for name, (low, high) in zones.items()}
        more = {name: value for name, value in prices.items() if name not in said}
        share = (probability, probability) if isinstance(probability, float) else probability
        span = self.at(where or title)
        self.parts["scenarios"].append(
            ReadScenario(direction=direction, title=title, probability=share, span=span, sure=1.0, **said, **more)
        )
        return self

    def setup(self, side, entry, stop, *targets, where):
        def zone(pair):
            return Money(low=pair[0], high=pair[1])

        stopped = None if stop is None else Money(low=stop, high=stop)
        self.parts["setups"].append(
            ReadSetup(side=side, entry=zone(entry), stop=stopped, targets=tuple(map(zone, targets)), span=self.at(where), sure=1.0)
        )
        return self

    def bias(self, horizon, words, lean, change_at=None, *, where):
        money = None if change_at is None else Money(low=change_at[0], high=change_at[1])
        self.parts["biases"].append(
            ReadBias(horizon=horizon, bias=words, lean=lean, change_at=money, span=self.at(where), sure=1.0)
        )
        return self

    def says(self, kind, where, names=(), numbers=(), since=None):
        span = self.at(where)
        line = self.plain[self.plain.rfind("\n", 0, span.start) + 1 :].partition("\n")[0]
        self.parts["statements"].append(
            ReadStatement(kind=kind, names=names, numbers=tuple(map(float, numbers)), since=since, text=line, span=span, sure=1.0)
        )
        return self

    @property
    def note(self):
        return OthersNote(
            symbol=self.symbol,
            instruments=(self.symbol,) if self.symbol else (),
            date=self.date,
            date_words=self.date_words,
            author="",
            title="",
            horizon=self.horizon,
            not_understood=(),
            text=Text(plain=self.plain, blocks=tuple(_blocks(self.plain)), form="text", digest="sha256:0"),
            **{name: tuple(sorted(parts, key=lambda part: part.span)) for name, parts in self.parts.items()},
        )


def _blocks(plain):
    """One block a line; lines with bars between are rows of a table, tables apart by other lines."""
    at, table, in_table = 0, -1, False
    for line in plain.split("\n"):
        is_row = "|" in line
        if is_row and not in_table:
            table += 1
        in_table = is_row
        if line.strip():
            span = Span(start=at, end=at + len(line))
            yield Block(kind="row" if is_row else "paragraph", text=line, span=span, table=table if is_row else None)
        at += len(line) + 1


def only(verdicts, rule):
    """The one verdict of a rule."""
    found = [v for v in verdicts if v.rule == rule]
    assert len(found) == 1, [(v.rule, v.statement, v.verdict) for v in verdicts]
    return found[0]


def of_rule(verdicts, rule):
    """All verdicts of a rule."""
    return [v for v in verdicts if v.rule == rule]
