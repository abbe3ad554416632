"""The programs that a bump runs: `wsdl/derive` of the copy, and `vmomi-codegen`."""

import os
import subprocess
import sys
from pathlib import Path
from typing import List, Sequence

from ..errors import DeriveError


def derive(root: Path, wheel: Path) -> None:
    """Derives the sets of all services below `root` with the tool that is there, from a wheel that is pinned there."""
    _run("deriving", [sys.executable, str(root / "wsdl" / "derive"), "--wheel", str(wheel)], root)


class Codegen:
    """`vmomi-codegen`, as the words of a command; by default built from the workspace."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)

    @classmethod
    def of_workspace(cls, workspace: Path) -> "Codegen":
        """Built by cargo, whatever folder it is run in."""
        package = ["--manifest-path", str(workspace / "Cargo.toml"), "--package", "vmomi-codegen"]
        features = ["--no-default-features", "--features", "cli"]  # without those that take long to build
        return cls(["cargo", "run", "--quiet", "--release", *package, *features, "--"])

    def generate(self, root: Path) -> None:
        """Generates `generated/` from `wsdl/`, both below `root`."""
        _run("generating", [*self._command, "generate"], root)

    def difference(self, old: Path, new: Path, root: Path, heading_level: int) -> str:
        """What differs between two folders of sets, as Markdown: a heading, counts and changes for each service."""
        form = ["--format", "markdown", "--heading-level", str(heading_level)]
        return _run("comparing", [*self._command, "diff", str(old), str(new), *form], root).strip()


def _run(step: str, command: List[str], folder: Path) -> str:
    """What the command prints; what it says on the way goes to the terminal."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        outcome = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    except OSError as error:
        raise DeriveError(f"{step}: cannot run {command[0]}: {error.strerror or error}") from error
    if outcome.returncode != 0:
        raise DeriveError(f"{step} failed with exit code {outcome.returncode}; the workspace is as it was")
    return outcome.stdout
