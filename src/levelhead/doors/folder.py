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


def write_file(path: Path, text: str) -> None:
    """Writes `path` whole, or leaves what stood there."""
    if path.is_dir():
        raise BadSettings(f"{path} is a folder; give --out a file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-", delete=False, encoding="utf-8") as beside:
        try:
            beside.write(text)
            beside.close()
            Path(beside.name).chmod(0o644)
            Path(beside.name).replace(path)
        finally:
            Path(beside.name).unlink(missing_ok=True)
