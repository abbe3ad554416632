"""Building Go programs on govmomi as Debian packages it."""

import os
import shutil
from pathlib import Path

from .commands import progress, run
from .failure import Failure

# Where Debian's packages put the sources of Go libraries.
GOPATH = Path("/usr/share/gocode")
GOVMOMI = GOPATH / "src/github.com/vmware/govmomi"
PACKAGES = ("golang-go", "golang-github-vmware-govmomi-dev")


def require() -> None:
    """Makes sure of Go and govmomi: installs what is missing from Debian's packages where it may."""
    if _is_there():
        return
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Failure(f"Go or govmomi is missing; as root: apt-get update && {' '.join(install)}")
    progress(f"installing {', '.join(PACKAGES)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], environment=environment)
    run(install, environment=environment)
    if not _is_there():
        raise Failure(f"{', '.join(PACKAGES)} are installed, but there is no go or no {GOVMOMI}")


def build(source: Path, program: Path) -> Path:
    """Builds the main package in a folder; Go does nothing, and quickly, when it is up to date."""
    require()
    program.parent.mkdir(parents=True, exist_ok=True)
    settings = {
        # Debian's packages are a GOPATH; nothing of the user's own settings may get in the way.
        "GO111MODULE": "off",
        "GOPATH": str(GOPATH),
        "GOENV": "off",
        "GOFLAGS": "",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
        "GOCACHE": str(program.parent / "go-cache"),
    }
    run(["go", "build", "-o", program, "."], folder=source, environment={**os.environ, **settings})
    return program


def govmomi_version() -> str:
    """The version of Debian's package, or nothing where another one brought it."""
    try:
        return run(["dpkg-query", "-W", "-f", "${Version}", PACKAGES[1]]).split("-", 1)[0]
    except Failure:
        return ""


def _is_there() -> bool:
    return shutil.which("go") is not None and (GOVMOMI / "simulator").is_dir()
