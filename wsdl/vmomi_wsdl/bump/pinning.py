"""Which release to go to: found with pip, and written into the file of pins."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Optional

from ..archive import cache_directory, sha256_of
from ..errors import DeriveError
from ..pins import Pin

_WHEEL = re.compile(r"^(?P<package>[A-Za-z0-9_.]+)-(?P<version>[^-]+)-.*\.whl$")


def fetch_release(package: str, version: Optional[str]) -> Pin:
    """Downloads the wheel of a release, by default of the newest, and keeps it where `obtain` looks for it.

    pip checks the download against the index. Raises `DeriveError` if there is no such release or no wheel of it.
    """
    directory = cache_directory()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory) as temporary:
            _download(f"{package}=={version}" if version else package, Path(temporary))
            wheel = next(Path(temporary).glob("*.whl"))
            found = released(package, wheel)
            wheel.replace(directory / wheel.name)
            return found
    except OSError as error:
        raise DeriveError(f"cannot keep wheels in {directory}: {error.strerror or error}") from error


def released(package: str, wheel: Path) -> Pin:
    """The pin of a wheel on disk, by its name and content; raises `DeriveError` if it is not one of `package`."""
    match = _WHEEL.match(wheel.name)
    if match is None or match["package"].lower() != package.replace(".", "_").lower() or not wheel.is_file():
        raise DeriveError(f"{wheel} is no wheel of {package}")
    return Pin(package, match["version"], sha256_of(wheel))


def with_pin(text: str, pin: Pin) -> str:
    """The file of pins with this one in the place of its package's; raises `DeriveError` if the package has none."""
    line = f"{pin.package}=={pin.version} --hash=sha256:{pin.sha256}"
    replaced, count = re.subn(rf"^{re.escape(pin.package)}==.*$", line, text, flags=re.MULTILINE)
    if count != 1:
        raise DeriveError(f"the file of pins has {count} lines for {pin.package}, not one")
    return replaced


def _download(requirement: str, directory: Path) -> None:
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--only-binary", ":all:", "--dest", str(directory), requirement,
    ]
    outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if outcome.returncode != 0:
        reason = next((line for line in outcome.stdout.splitlines() if "ERROR" in line), "pip failed and did not say why")
        raise DeriveError(
            f"pip could not fetch a wheel of {requirement}: {reason}",
            "Releases before 9.0.0.0 have none. Without network, download the wheel elsewhere and name it with --wheel.",
        )
