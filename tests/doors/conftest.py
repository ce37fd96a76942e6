"""The made market, as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_market import write_made


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of rty.csv, es.csv and nq.csv: 700 made bars each, up to 2025-03-14."""
    folder = tmp_path_factory.mktemp("market")
    for seed, (name, price) in enumerate({"rty.csv": 2040.0, "es.csv": 5600.0, "nq.csv": 19500.0}.items()):
        write_made(folder, name, last="2025-03-14", n=700, seed=seed + 11, price=price)
    return folder
