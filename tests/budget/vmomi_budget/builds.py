"""Runs cargo, and says what that took."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple, Optional

from .failure import Failure

ROOT = Path(__file__).resolve().parent.parent.parent.parent


class Cost(NamedTuple):
    """What a build took: wall time, processor time of all its processes, and memory of the largest."""

    seconds: float
    processor_seconds: float
    peak_mib: float


def cargo(folder: Path, *arguments: str, target: Optional[Path] = None) -> Cost:
    """Runs cargo in a folder and returns what that took, its compilers included."""
    # A wrapper such as a cache of compiled crates would be what is measured, and flags would change it.
    environment = {**os.environ, "CARGO_INCREMENTAL": "0", "RUSTC_WRAPPER": "", "RUSTFLAGS": ""}
    if target:
        environment["CARGO_TARGET_DIR"] = str(target)
    with tempfile.TemporaryFile() as log:
        start = time.monotonic()
        try:
            process = subprocess.Popen(
                ["cargo", *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        except OSError as error:
            raise Failure(f"cannot run cargo: {error.strerror}") from error
        # Only this call tells the usage of this process and its descendants from that of earlier ones.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            tail = log.read().decode(errors="replace").strip().splitlines()[-15:]
            raise Failure("\n".join([f"cargo {' '.join(arguments)} failed:", *tail]))
    # Linux counts in KiB, macOS in bytes.
    kib = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return Cost(seconds, usage.ru_utime + usage.ru_stime, kib / 1024)


def stripped_size(program: Path) -> int:
    """How many bytes a program has without symbols and debug information."""
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        stripped = Path(folder) / program.name
        try:
            subprocess.run(["strip", "-o", str(stripped), str(program)], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failure(f"cannot strip {program.name}, for which the program `strip` of binutils is needed: {error}")
        return stripped.stat().st_size


def make_crate(folder: Path, dependencies: str, program: str) -> Path:
    """An empty library with a program beside it, which is a workspace of its own."""
    (folder / "src" / "bin").mkdir(parents=True)
    (folder / "src" / "lib.rs").write_text("", encoding="utf-8")
    (folder / "src" / "bin" / "leaf.rs").write_text(program, encoding="utf-8")
    package = '[package]\nname = "leaf"\nversion = "0.0.0"\nedition = "2024"\n'
    manifest = f"{package}\n[workspace]\n\n[dependencies]\n{dependencies}\n"
    (folder / "Cargo.toml").write_text(manifest, encoding="utf-8")
    # Whatever both depend on is then the version that this workspace is tested with.
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    return folder


def progress(message: str) -> None:
    """Says what goes on."""
    print(message, file=sys.stderr, flush=True)
