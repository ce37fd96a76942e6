"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
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
