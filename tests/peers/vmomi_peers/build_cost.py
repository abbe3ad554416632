"""What building costs, as tests/budget/run measures it."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import List

from .failure import Failure
from .programs import ROOT
from .row import Row

_SCRIPT = ROOT / "tests" / "budget" / "run"


def build_cost(scratch: Path, script: Path = _SCRIPT) -> List[Row]:
    """Its rows; it is silent but for its progress, and its verdicts become ours."""
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="budget-", dir=scratch) as folder:
        result = Path(folder) / "budget.json"
        command = [sys.executable, str(script), "--json", str(result), "--scratch", folder]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
        # 1 says that a budget is missed, which the rows say as well.
        if done.returncode not in (0, 1):
            raise Failure("tests/budget/run could not measure the builds; it says why above")
        found = json.loads(result.read_text(encoding="utf-8"))
    return [
        Row(
            "build",
            row["measure"],
            row["unit"],
            row["ours"],
            row["peer"],
            row["peer_value"],
            False,
            row["budget"],
        )
        for row in found
    ]
