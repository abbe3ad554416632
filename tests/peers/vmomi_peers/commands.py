"""Running other programs to their end."""

import subprocess
import sys
from pathlib import Path
from typing import Dict, Optional, Sequence

from .failure import Failure

# How many lines of what a failed program wrote are shown.
_TAIL = 15


def progress(message: str) -> None:
    """Says on standard error what is being done."""
    print(message, file=sys.stderr, flush=True)


def run(
    command: Sequence[object],
    folder: Optional[Path] = None,
    environment: Optional[Dict[str, str]] = None,
    advice: str = "",
) -> str:
    """Runs a command and returns what it printed; raises `Failure` with its last lines if it fails."""
    arguments = [str(argument) for argument in command]
    try:
        done = subprocess.run(
            arguments,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
        )
    except OSError as error:
        raise Failure(f"cannot run {arguments[0]}: {error.strerror}{advice and '; '}{advice}") from error
    if done.returncode != 0:
        wrote = (done.stdout + done.stderr).decode(errors="replace").strip().splitlines()[-_TAIL:]
        raise Failure("\n".join([f"{' '.join(arguments)} failed:", *wrote, *([advice] if advice else [])]))
    return done.stdout.decode(errors="replace")
