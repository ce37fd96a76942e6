"""Files appear whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from levelhead.domain.errors import BadSettings


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Writes `files` into `folder`: first beside it, then moved in one after the other, each whole.

    Files of other names that stand there already stay. Raises BadSettings where `folder` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise BadSettings(f"{folder} is a file; give --out a folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in files.items():
            (beside / name).write_bytes(content.encode() if isinstance(content, str) else content)
        beside.chmod(0o755)
        if not folder.exists():
            beside.rename(folder)
            return
        for name in files:
            (beside / name).replace(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
