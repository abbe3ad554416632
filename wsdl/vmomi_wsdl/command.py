"""What all commands have in common: how they end."""

import signal
import sys
from typing import Callable

from .errors import DeriveError


def exit_code(tool: str, run: Callable[[], int]) -> int:
    """What `run` returns; 1 when it fails, with the error on standard error, and 130 when it is interrupted.

    Being terminated ends a run as orderly as being interrupted.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return run()
    except DeriveError as error:
        print(f"{tool}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{tool}: interrupted", file=sys.stderr)
        return 130
    finally:
        signal.signal(signal.SIGTERM, before)
