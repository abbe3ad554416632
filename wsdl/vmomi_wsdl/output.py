"""Puts a derived set on disk, all of it or nothing, or compares it with what is there."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Dict, List, Optional

from .errors import DeriveError

SCHEMA_SUFFIXES = (".wsdl", ".xsd")


def write(files: Dict[str, str], directory: Path) -> List[str]:
    """Writes the files that differ, and returns their names.

    All are written to a folder beside the target first, so that a failure up to there leaves the
    target as it was; then each is moved into place. Raises `DeriveError` if the folder cannot be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        changed = differing(files, directory)
        staging = Path(tempfile.mkdtemp(prefix=".derive-", dir=directory.resolve().parent))
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


def differing(files: Dict[str, str], directory: Path) -> List[str]:
    """The names of the files that `directory` lacks, or holds with other content."""
    return [name for name, text in files.items() if _content(directory / name) != text.encode("utf-8")]


def left_over(files: Dict[str, str], directory: Path) -> List[str]:
    """The names of schema files in `directory` that are not of the set: readers would take them for part of it."""
    present = directory.iterdir() if directory.is_dir() else ()
    return sorted(path.name for path in present if path.suffix in SCHEMA_SUFFIXES and path.name not in files)


def _content(path: Path) -> Optional[bytes]:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
