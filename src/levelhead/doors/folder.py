"""Files appear whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from levelhead.domain.errors import BadSettings


def write_folder(folder: Path, files: Mapping[str, str | bytes], *, outdated: Collection[str] = ()) -> None:
    """Writes `files` into `folder`: first beside it, then moved in one after the other, each whole.

    outdated: names that would not belong to these files if they stood there from before; they are removed. Files of other
    names stay. Raises BadSettings where `folder` is a file.
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
        for name in set(outdated) - set(files):
            (folder / name).unlink(missing_ok=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
