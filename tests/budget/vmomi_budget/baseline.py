"""What building cost when that was last recorded, and whether it still does."""

import json
from pathlib import Path
from typing import Dict, List, NamedTuple

# A size is the same on every machine but for the compiler and the versions of what is linked, so little is tolerated.
SIZE_TOLERANCE = 1.05
# A time is not: other machines are slower, and other work slows any. Only what no noise explains is an error.
TIME_TOLERANCE = 4.0


class Baseline(NamedTuple):
    """What is compared, and what it was measured on."""

    api_wall_seconds: float
    api_processor_seconds: float
    api_peak_mib: float
    example_bytes: int
    machine: Dict[str, object]


def read(path: Path) -> Baseline:
    """The one recorded."""
    return Baseline(**json.loads(path.read_text(encoding="utf-8")))


def write(path: Path, baseline: Baseline) -> None:
    """Records one."""
    path.write_text(json.dumps(baseline._asdict(), indent=2) + "\n", encoding="utf-8")


class Comparison(NamedTuple):
    """One measure then and now."""

    measure: str
    unit: str
    recorded: float
    found: float
    tolerance: float

    @property
    def exceeded(self) -> bool:
        return self.found > self.recorded * self.tolerance

    def __str__(self) -> str:
        verdict = f"MORE THAN {self.tolerance} TIMES" if self.exceeded else f"up to {self.tolerance} times is tolerated"
        ratio = self.found / self.recorded
        values = f"{self.found:,.1f} {self.unit}, recorded {self.recorded:,.1f} {self.unit}"
        return f"{self.measure}: {values} (x {ratio:.2f}; {verdict})"


def compare(recorded: Baseline, found: Baseline) -> List[Comparison]:
    """All measures, then and now."""
    return [
        Comparison("vmomi-api, release build", "s", recorded.api_wall_seconds, found.api_wall_seconds, TIME_TOLERANCE),
        Comparison(
            "vmomi-api, release build, processor time",
            "s",
            recorded.api_processor_seconds,
            found.api_processor_seconds,
            TIME_TOLERANCE,
        ),
        Comparison("vmomi-api, peak memory", "MiB", recorded.api_peak_mib, found.api_peak_mib, 1.25),
        Comparison(
            "example inventory, stripped", "KiB", recorded.example_bytes / 1024, found.example_bytes / 1024, SIZE_TOLERANCE
        ),
    ]
