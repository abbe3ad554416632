"""A copy of the workspace to work in, which takes the place of the original at the end, or never."""

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Callable, List, Optional, Sequence, Type

from ..errors import DeriveError

# What a bump reads and changes.
PARTS = ("wsdl", "generated", "CHANGELOG.md")
# By-products of running what is in those.
_IGNORED = ("__pycache__", "target")


class Staging:
    """Copies the parts of `workspace` that a bump changes; as a context manager it removes the copy at its end.

    The copy lies inside the workspace, so that its files can be moved into place instead of being written there.
    """

    def __init__(self, workspace: Path, parts: Sequence[str] = PARTS) -> None:
        self._workspace = workspace
        self._parts = parts
        self._folder: Optional[Path] = None

    def __enter__(self) -> "Staging":
        try:
            self._folder = Path(tempfile.mkdtemp(prefix=".bump-", dir=self._workspace))
            self._copy()
        except BaseException as error:
            self._remove()
            if isinstance(error, OSError):
                raise DeriveError(f"cannot copy the workspace {self._workspace}: {_cause(error)}") from error
            raise
        return self

    def __exit__(
        self, _type: Optional[Type[BaseException]], _error: Optional[BaseException], _trace: Optional[TracebackType]
    ) -> None:
        self._remove()

    def _copy(self) -> None:
        self.root.mkdir()
        for part in self._parts:
            source = self._workspace / part
            if source.is_dir():
                shutil.copytree(source, self.root / part, ignore=shutil.ignore_patterns(*_IGNORED))
            else:
                shutil.copy2(source, self.root / part)

    def _remove(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    @property
    def root(self) -> Path:
        """The copy."""
        assert self._folder is not None, "used outside of its context"
        return self._folder / "new"

    def changes(self) -> List[str]:
        """The files that differ from the workspace's, or that only one of the two has."""
        ours, theirs = _files(self.root, self._parts), _files(self._workspace, self._parts)
        return sorted(
            name
            for name in ours | theirs
            if name not in theirs
            or name not in ours
            or (self.root / name).read_bytes() != (self._workspace / name).read_bytes()
        )

    def apply(self) -> List[str]:
        """Moves what changed into the workspace, and returns the names of those files.

        When that fails half way, whatever was moved is put back. Raises `DeriveError`, which says so.
        """
        changed = self.changes()
        undo: List[Callable[[], None]] = []
        try:
            for name in changed:
                self._move(name, undo)
        except BaseException as error:
            for step in reversed(undo):
                step()
            if isinstance(error, OSError):
                raise DeriveError(f"cannot write the workspace, left as it was: {_cause(error)}") from error
            raise
        return changed

    def _move(self, name: str, undo: List[Callable[[], None]]) -> None:
        """Puts the copy's file in the place of the workspace's, and on the list what takes back each step."""
        staged, target, kept = self.root / name, self._workspace / name, self.root.parent / "old" / name
        if target.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            os.replace(target, kept)
            undo.append(partial(os.replace, kept, target))
        if staged.exists():
            for folder in reversed([folder for folder in target.parents if not folder.exists()]):
                folder.mkdir()
                undo.append(folder.rmdir)
            os.replace(staged, target)
            undo.append(target.unlink)


def _files(root: Path, parts: Sequence[str]) -> set:
    """The files of the parts, by path from the root."""
    found = set()
    for part in parts:
        paths = (root / part).rglob("*") if (root / part).is_dir() else [root / part]
        for path in paths:
            relative = path.relative_to(root)
            if path.is_file() and not set(_IGNORED) & set(relative.parts):
                found.add(relative.as_posix())
    return found


def _cause(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.strerror else str(error)
