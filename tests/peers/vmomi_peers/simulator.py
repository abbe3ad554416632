"""A simulated vCenter on a free loopback port: the same program that the tests run against."""

import os
import select
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Optional, Type
from urllib.parse import urlsplit

from . import go
from .commands import progress
from .failure import Failure

SOURCE = Path(__file__).resolve().parent.parent.parent / "vcsim"
# How long it may take to make its inventory.
_START_SECONDS = 300
# How long a server that was told to end may take before it is killed.
_END_SECONDS = 10


def program(scratch: Path) -> Path:
    """The program that `VCSIM` names, or else the project's own, built in the scratch folder."""
    named = os.environ.get("VCSIM")
    return Path(named) if named else go.build(SOURCE, scratch / "vcsim" / "vcsim")


class Simulator:
    """A running server with a number of virtual machines, ended on leaving the `with` block."""

    def __init__(self, vcsim: Path, machines: int, tls: bool = False) -> None:
        # The inventory has two resource pools, and the number that vcsim takes is of each.
        if machines < 2 or machines % 2:
            raise Failure(f"the simulator can have an even number of virtual machines, not {machines}")
        progress(f"starting vcsim with {machines:,} virtual machines")
        arguments = ["-l=127.0.0.1:0", f"-vm={machines // 2}", f"-tls={'true' if tls else 'false'}"]
        try:
            self._process = subprocess.Popen(
                [str(vcsim), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        except OSError as error:
            raise Failure(f"cannot run {vcsim}: {error.strerror}") from error
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], _START_SECONDS)
        address = self._process.stdout.readline() if ready else ""
        start = address.find("http")
        if start < 0:
            self._end()
            wrote = f"printed {address!r}" if ready else f"was not ready in {_START_SECONDS} s"
            raise Failure(f"vcsim has no address to call: it {wrote}")
        parts = urlsplit(address[start:].split()[0].strip("\"'"))
        self.user, self.password = parts.username or "", parts.password or ""
        self.host, self.port = parts.hostname or "", parts.port or 0
        self.url = f"{parts.scheme}://{self.host}:{self.port}/sdk"

    def __enter__(self) -> "Simulator":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._end()

    def _end(self) -> None:
        """It ends with its standard input, and then removes its files."""
        if self._process.stdin:
            self._process.stdin.close()
        if os.environ.get("VCSIM"):
            # Another program need not watch its input.
            self._process.terminate()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
