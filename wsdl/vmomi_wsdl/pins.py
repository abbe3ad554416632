"""The packages that are read: where their versions and hashes stand."""

import re
from pathlib import Path
from typing import NamedTuple

from .errors import DeriveError

PINS_FILE = Path(__file__).resolve().parent.parent / "pins.txt"
_PIN = re.compile(r"^(?P<package>[A-Za-z0-9._-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>[0-9a-f]{64})$")


class Pin(NamedTuple):
    """A package at one version, with the SHA-256 of the one archive of it that is read."""

    package: str
    version: str
    sha256: str


def pin(package: str, pins_file: Path = PINS_FILE) -> Pin:
    """The pin of `package`; raises `DeriveError` if the file has none."""
    for line in pins_file.read_text(encoding="utf-8").splitlines():
        match = _PIN.match(line.strip())
        if match and match["package"] == package:
            return Pin(**match.groupdict())
    raise DeriveError(f"{pins_file.name} has no pin for {package}")
