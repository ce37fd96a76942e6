"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("suite", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", deadline=None, max_examples=3000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("soak" if os.environ.get("LEVELHEAD_SOAK") else "suite")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real bars and vectors that lies beside the repository."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data" / "rty_tv.csv").exists():
        pytest.skip(f"real bars are not here: {folder} is absent")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """What a property was tried on, from the words in which hypothesis says it, for the summary of the long trials."""
    said = getattr(item, "hypothesis_statistics", None)
    if call.when == "call" and said and os.environ.get("LEVELHEAD_SOAK"):
        tried = sum(map(int, re.findall(r"(\d+) passing", said)))
        item.user_properties += [("properties", 1), ("examples of properties", tried)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the long trials counted (`record_property` with a whole number), added up over all of them, when all are run."""
    figures: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        figures.update({name: count for name, count in report.user_properties if isinstance(count, int)})
    if figures and os.environ.get("LEVELHEAD_SOAK"):
        terminalreporter.section("long trials")
        for name, count in sorted(figures.items()):
            terminalreporter.write_line(f"{count:>9,}  {name}")
