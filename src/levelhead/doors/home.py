"""Where levelhead keeps what it keeps: the user's data folder, or what LEVELHEAD_HOME names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levelhead.market.archive import Archive

VARIABLE = "LEVELHEAD_HOME"


def home() -> str:
    """The folder, or the address (s3://bucket/levelhead), without a slash at its end."""
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        from platformdirs import user_data_path

        return str(user_data_path("levelhead", appauthor=False))
    return named.rstrip("/") if "://" in named else str(Path(named).expanduser())


def archive() -> Archive:
    """The user's archive of bars; nothing is made before something is kept."""
    from levelhead.market.archive import Archive

    return Archive(f"{home()}/bars")
