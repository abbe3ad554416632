"""What the numbers depend on: the machine, and the state of the project."""

import datetime
import os
import platform
from pathlib import Path
from typing import Any, Dict

from .commands import run
from .failure import Failure
from .programs import ROOT


def describe() -> Dict[str, Any]:
    """The conditions of this run, without what would name the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    changed = _says("git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no")
    return {
        "date": datetime.date.today().isoformat(),
        "commit": _says("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD") + (" and changes" if changed else ""),
        "machine": {
            "cores": cores,
            "processor": _processor(),
            "memory_gib": round(memory, 1),
            "system": f"{platform.system()} {platform.machine()}",
            "rustc": _says("rustc", "--version").split(" (")[0],
            "go": " ".join(_says("go", "version").split()[2:3]),
            "python": f"Python {platform.python_version()}",
        },
    }


def line(found: Dict[str, Any]) -> str:
    """The conditions of a row as one reads them."""
    machine = found["machine"]
    known = [str(machine[key]) for key in ("system", "rustc", "go", "python") if machine.get(key)]
    hardware = "{cores} cores of {processor}, {memory_gib} GiB".format(**machine)
    return ", ".join([hardware, *known, str(found["date"]), f"commit {found['commit']}"])


def _processor() -> str:
    """The processor's model, where the system says."""
    try:
        for text in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if text.startswith("model name"):
                return text.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"


def _says(*command: str) -> str:
    """What a command prints, or nothing where it cannot be run."""
    try:
        return run(command).strip()
    except Failure:
        return ""
