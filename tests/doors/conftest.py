"""The made market, as files."""

from __future__ import annotations

from pathlib import Path

import made_source
import pytest
from made_market import write_made


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has an archive of its own, and its sources are on a shelf: the network is never reached."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LEVELHEAD_HOME", str(home))
    monkeypatch.delenv("LEVELHEAD_BARS", raising=False)
    made_source.instead_of_the_live_ones(monkeypatch)
    return home


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of rty.csv, es.csv and nq.csv: 700 made bars each, up to 2025-03-14."""
    folder = tmp_path_factory.mktemp("market")
    for seed, (name, price) in enumerate({"rty.csv": 2040.0, "es.csv": 5600.0, "nq.csv": 19500.0}.items()):
        write_made(folder, name, last="2025-03-14", n=700, seed=seed + 11, price=price)
    return folder
