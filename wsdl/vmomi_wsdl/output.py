"""Puts a derived set on disk, all of it or nothing, or compares it with what is there."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Dict, List

from .errors import DeriveError

Files = Dict[str, str]


def write(files: Files, directory: Path) -> List[str]:
    """Writes the files that differ, and returns their names.

    All are written to a folder beside the target first, so that a failure up to there leaves the
    target as it was; then each is moved into place.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        changed = differing(files, directory)
        staging = Path(tempfile.mkdtemp(prefix=".derive-", dir=directory.parent))
        try:
            for name in changed:
                (staging / name).write_bytes(files[name].encode("utf-8"))
            for name in changed:
                os.replace(staging / name, directory / name)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise DeriveError(f"cannot write {directory}: {error.strerror or error}") from error
    return changed


def differing(files: Files, directory: Path) -> List[str]:
    """The names of the files that are missing in `directory` or differ from what was derived."""
    return [name for name, text in files.items() if _bytes(directory / name) != text.encode("utf-8")]


def _bytes(path: Path):
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
