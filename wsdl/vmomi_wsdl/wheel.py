"""Pinned packages: where their versions stand, how they are fetched, and that they are what they claim."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Dict, Iterable, NamedTuple, Optional

from .errors import DeriveError

PINS_FILE = Path(__file__).resolve().parent.parent / "pins.txt"
_PIN = re.compile(r"^(?P<package>[A-Za-z0-9._-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>[0-9a-f]{64})$")


class Pin(NamedTuple):
    """A package at one version, with the SHA-256 of its wheel."""

    package: str
    version: str
    sha256: str


class Wheel(NamedTuple):
    """A wheel on disk, and what it is: the pin, or what was found in its place."""

    path: Path
    origin: Pin


def pin(package: str, pins_file: Path = PINS_FILE) -> Pin:
    """The pin of `package`; raises `DeriveError` if the file has none."""
    for line in pins_file.read_text(encoding="utf-8").splitlines():
        match = _PIN.match(line.strip())
        if match and match["package"] == package:
            return Pin(**match.groupdict())
    raise DeriveError(f"{pins_file.name} has no pin for {package}")


def cache_directory() -> Path:
    """`$XDG_CACHE_HOME/vmomi`, or `~/.cache/vmomi`."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "vmomi"


def obtain(wanted: Pin, given: Optional[Path] = None, any_hash: bool = False) -> Wheel:
    """The wheel of `wanted`: the file given, else the cached one, else downloaded with pip.

    Raises `DeriveError` if the hash differs from the pin (unless `any_hash` allows that for a given
    file), or if pip cannot fetch it.
    """
    if given is not None:
        return _given(wanted, given, any_hash)
    cached = _find(cache_directory(), wanted)
    if cached is not None and sha256_of(cached) == wanted.sha256:
        return Wheel(cached, wanted)
    return Wheel(_download(wanted, cache_directory()), wanted)


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


def _download(wanted: Pin, directory: Path) -> Path:
    print(f"fetching {wanted.package} {wanted.version} with pip", file=sys.stderr)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory) as temporary:
            _run_pip(wanted, Path(temporary))
            fetched = _find(Path(temporary), wanted)
            if fetched is None or sha256_of(fetched) != wanted.sha256:
                raise DeriveError(f"pip fetched something other than the pinned {wanted.package}=={wanted.version}")
            return fetched.replace(directory / fetched.name)
    except OSError as error:
        raise DeriveError(f"cannot keep wheels in {directory}: {error.strerror or error}") from error


def _run_pip(wanted: Pin, directory: Path) -> None:
    requirements = directory / "requirements.txt"
    requirements.write_text(f"{wanted.package}=={wanted.version} --hash=sha256:{wanted.sha256}\n", encoding="utf-8")
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--only-binary", ":all:", "--require-hashes", "--requirement", str(requirements), "--dest", str(directory),
    ]
    outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if outcome.returncode != 0:
        reason = (outcome.stdout.strip().splitlines() or ["pip said nothing"])[-1]
        raise DeriveError(
            f"pip could not fetch {wanted.package}=={wanted.version}: {reason}",
            "Without network: download that wheel elsewhere and name it with --wheel, or put it into "
            f"{directory.parent}. Without pip: apt-get install python3-pip.",
        )


def _find(directory: Path, wanted: Pin) -> Optional[Path]:
    stem = re.sub(r"[-_.]+", "_", wanted.package)
    return next(iter(sorted(directory.glob(f"{stem}-{wanted.version}-*.whl"))), None)


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
