"""Puts the difference of the API into the changelog."""

import re

from ..errors import DeriveError

_UNRELEASED = re.compile(r"^## (\[)?Unreleased(\])?.*$", re.MULTILINE | re.IGNORECASE)
_NEXT = re.compile(r"^##? ", re.MULTILINE)


def with_section(text: str, section: str) -> str:
    """The changelog with `section`, which begins with a heading of the third level, last among the unreleased ones.

    Raises `DeriveError` if there is no heading `## Unreleased`.
    """
    unreleased = _UNRELEASED.search(text)
    if unreleased is None:
        raise DeriveError("CHANGELOG.md has no heading '## Unreleased' to put the difference under")
    following = _NEXT.search(text, unreleased.end())
    end = following.start() if following else len(text)
    before, after = text[:end].rstrip("\n"), text[end:]
    return f"{before}\n\n{section.strip()}\n" + (f"\n{after}" if after else "")
