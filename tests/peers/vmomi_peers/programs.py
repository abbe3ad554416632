"""The programs that are measured: what they need, how they are built and started."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional

from . import go
from .commands import progress, run
from .failure import Failure

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SOURCES = ROOT / "tests" / "peers" / "programs"
# What would make one build another than the next, or be measured in place of the compiler.
_FOREIGN_SETTINGS = ("RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "RUSTC_WRAPPER")


class Program(NamedTuple):
    """A built program, as the commands to start it with."""

    # With its version.
    name: str
    # Decodes and encodes the file that is its one more argument.
    codec: List[str]
    # The same, finding out about memory in place of time.
    counting: List[str]
    # Lists the virtual machines of a server, whose host and port, user and password are its arguments.
    lister: Optional[List[str]] = None


def vmomi(scratch: Path) -> Program:
    # What is measured then is what the workspace is tested with.
    shutil.copy(ROOT / "Cargo.lock", SOURCES / "vmomi" / "Cargo.lock")
    built = _cargo("vmomi", scratch, ["codec", "list"])
    return Program("vmomi", *built)


def quick_xml(scratch: Path) -> Program:
    built = _cargo("quick_xml", scratch, ["codec"], "--locked")
    return Program(f"quick-xml {_locked_version('quick_xml', 'quick-xml')}", *built)


def vim_rs(scratch: Path) -> Program:
    progress("vim_rs takes some 10 minutes and 8 GB of memory to build the first time")
    built = _cargo("vim_rs", scratch, ["codec", "list"], "--locked")
    return Program(f"vim_rs {_locked_version('vim_rs', 'vim_rs')}", *built)


def govmomi(scratch: Path) -> Program:
    folder = scratch / "govmomi"
    progress("building govmomi's programs")
    codec, lister = ([str(go.build(SOURCES / "govmomi" / name, folder / name))] for name in ("codec", "list"))
    return Program(f"govmomi {go.govmomi_version()}".strip(), codec, codec, lister)


def pyvmomi(scratch: Path) -> Program:
    pin = _pin("pyvmomi")
    version = pin.split("==", 1)[1].split(" ", 1)[0]
    folder = scratch / f"pyvmomi-{version}"
    if not (folder / "pyVmomi").is_dir():
        progress(f"installing pyvmomi {version}")
        folder.mkdir(parents=True, exist_ok=True)
        requirements = folder / "requirements.txt"
        requirements.write_text(pin + "\n", encoding="utf-8")
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--target", folder]
        advice = "pip must be there (Debian: python3-pip) and reach PyPI"
        run([sys.executable, "-m", "pip", "install", *options, "-r", requirements], advice=advice)
    python = ["env", f"PYTHONPATH={folder}", sys.executable]
    codec, lister = (python + [str(SOURCES / "pyvmomi" / name)] for name in ("codec.py", "list.py"))
    return Program(f"pyvmomi {version}", codec, codec + ["--counting"], lister)


# In the order in which the table names them.
PEERS: Dict[str, Callable[[Path], Program]] = {
    "quick-xml": quick_xml,
    "vim_rs": vim_rs,
    "govmomi": govmomi,
    "pyvmomi": pyvmomi,
}


def _cargo(name: str, scratch: Path, binaries: List[str], *options: str) -> List[List[str]]:
    """The commands of the codec, of the codec that counts, and of further programs of a package."""
    progress(f"building {name}")
    target = scratch / "target" / name
    environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN_SETTINGS}
    environment["CARGO_TARGET_DIR"] = str(target)
    build = ["cargo", "build", "--release", "--quiet", *options]
    commands = []
    kept = scratch / "programs"
    kept.mkdir(parents=True, exist_ok=True)
    # The two kinds of codec are built to one place, so each is put aside.
    for kind, arguments in (("", []), ("-counting", ["--features", "counting", "--bin", "codec"])):
        run(build + arguments, folder=SOURCES / name, environment=environment, advice="cargo comes with rustup")
        commands.append([str(shutil.copy(target / "release" / "codec", kept / f"{name}-codec{kind}"))])
    return commands + [[str(target / "release" / binary)] for binary in binaries if binary != "codec"]


def _locked_version(program: str, package: str) -> str:
    lock = (SOURCES / program / "Cargo.lock").read_text(encoding="utf-8")
    found = re.search(rf'name = "{re.escape(package)}"\nversion = "([^"]+)"', lock)
    return found[1] if found else ""


def _pin(package: str) -> str:
    """The line of the file that pins what comes from PyPI for the whole project."""
    pins = ROOT / "wsdl" / "pins.txt"
    for line in pins.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{package}=="):
            return line
    raise Failure(f"{pins} has no pin for {package}")
