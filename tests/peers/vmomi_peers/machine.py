"""The machine that the numbers come from."""

import os
import platform
from pathlib import Path
from typing import Dict

from .commands import run
from .failure import Failure


def describe() -> Dict[str, object]:
    """What the numbers depend on, without what would name the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": cores,
        "processor": _processor(),
        "memory_gib": round(memory, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "rustc": _version("rustc", "--version"),
        "go": _version("go", "version"),
        "python": f"Python {platform.python_version()}",
    }


def line(machine: Dict[str, object]) -> str:
    """The description as one reads it."""
    known = [str(machine[key]) for key in ("system", "rustc", "go", "python") if machine[key]]
    return ", ".join(["{cores} cores of {processor}, {memory_gib} GiB".format(**machine), *known])


def _processor() -> str:
    """The processor's model, where the system says."""
    try:
        for text in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if text.startswith("model name"):
                return text.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"


def _version(*command: str) -> str:
    try:
        return run(command).strip()
    except Failure:
        return ""
