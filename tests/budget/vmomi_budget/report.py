"""Measures beside each other, as a table."""

from typing import Dict, List, NamedTuple, Optional


class Row(NamedTuple):
    """One measure of both, and the share of the peer's that ours may be, where a budget is set."""

    measure: str
    unit: str
    ours: float
    peer: str
    peer_value: float
    budget: Optional[float]

    @property
    def ratio(self) -> float:
        return self.ours / self.peer_value

    @property
    def within_budget(self) -> Optional[bool]:
        return None if self.budget is None else self.ratio <= self.budget


def table(rows: List[Row], machine: Dict[str, object]) -> str:
    """The measures as a table, under a line on the machine."""
    verdicts = {None: "", True: "within budget", False: "OVER BUDGET"}
    cells = [["measure", "ours", rows[0].peer, "ratio", "budget", ""]] + [
        [
            row.measure,
            f"{row.ours:,.1f} {row.unit}",
            f"{row.peer_value:,.1f} {row.unit}",
            share(row.ratio),
            "" if row.budget is None else share(row.budget),
            verdicts[row.within_budget],
        ]
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = [
        "{cores} cores of {processor}, {memory_gib} GiB, {system}, {rustc}".format(**machine),
        "",
    ]
    for line in cells:
        numbers = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
        lines.append("  ".join([line[0].ljust(widths[0]), *numbers]).rstrip())
    return "\n".join(lines)


def share(ratio: float) -> str:
    """A ratio as one reads it: a fraction where ours is less."""
    return f"1/{1 / ratio:.1f}" if ratio < 1 else f"{ratio:.1f}"
