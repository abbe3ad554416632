"""The list of known differences: each has a reason, and each must still occur."""

import json
from pathlib import Path
from typing import Dict, Iterable, List, NamedTuple, Set, Tuple

from ..errors import DeriveError
from .comparing import Difference

KNOWN_FILE = Path(__file__).resolve().parents[2] / "known-differences.json"


class Group(NamedTuple):
    """Differences that share a rule and its reason; for each, the sets in which it occurs."""

    rule: str
    reason: str
    entries: Dict[str, Tuple[str, ...]]


class Verdict(NamedTuple):
    """What a set's differences come to, measured against the list."""

    by_rule: Dict[str, int]
    unlisted: List[str]
    outdated: List[str]


def load(path: Path = KNOWN_FILE) -> List[Group]:
    """The groups of the list; raises `DeriveError` if it cannot be read or lists a difference twice."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        groups = [
            Group(group["rule"], group["reason"], {text: tuple(sets) for text, sets in group["entries"].items()})
            for group in data["groups"]
        ]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise DeriveError(f"cannot read {path.name}: {error!r}") from error
    seen: Set[Tuple[str, str]] = set()
    for group in groups:
        for text, sets in group.entries.items():
            for name in sets:
                if (name, text) in seen:
                    raise DeriveError(f"{path.name} lists twice for {name}: {text}")
                seen.add((name, text))
    return groups


def judge(set_name: str, differences: Iterable[Difference], groups: Iterable[Group]) -> Verdict:
    """Sorts a set's differences into listed and unlisted, and finds the listed ones that no longer occur."""
    found = {str(difference) for difference in differences}
    by_rule: Dict[str, int] = {}
    listed: Set[str] = set()
    for group in groups:
        here = {text for text, sets in group.entries.items() if set_name in sets}
        listed |= here
        if here & found:
            by_rule[group.rule] = len(here & found)
    return Verdict(by_rule, sorted(found - listed), sorted(listed - found))
