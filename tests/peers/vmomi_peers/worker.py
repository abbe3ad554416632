"""A measured program, which does one piece of work whenever it is told to."""

import json
import os
import subprocess
import sys
from types import TracebackType
from typing import Dict, List, Optional, Type

from .failure import Failure


class Worker:
    """A running program, ended on leaving the `with` block; ../programs/worker tells how it is talked with."""

    def __init__(self, name: str, command: List[str]) -> None:
        self.name = name
        self.peak_resident_bytes = 0
        try:
            # Its standard error is ours: what it complains about there explains a failure.
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        except OSError as error:
            raise Failure(f"cannot run {command[0]}: {error.strerror}") from error

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._end()

    def perform(self, measure: str) -> Dict[str, object]:
        """Has a measure performed once; what was found, and under `content` what the work came to."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(measure + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass
        line = self._process.stdout.readline()
        if not line:
            raise Failure(f"{self.name} ended without an answer to {measure!r}; it says why above")
        try:
            return json.loads(line)
        except json.JSONDecodeError as error:
            raise Failure(f"{self.name} answered {measure!r} with {line!r}") from error

    def _end(self) -> None:
        """Ends it with its standard input, and keeps the most memory that it ever had."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass
        self._process.stdout.close()
        # Only this call tells the usage of this process from that of others.
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        # Linux counts in KiB, macOS in bytes.
        self.peak_resident_bytes = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
