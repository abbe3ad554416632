"""The rows as JSON and as a table."""

import json
from typing import Dict, List, Sequence

from . import conditions
from .row import Row

_VERDICTS = {None: "", True: "met", False: "MISSED"}
_LEGEND = "ours, peer's: the best repetition; ratio: ours divided by the peer's; of medians: the same of medians"


def objects(rows: Sequence[Row], under: Dict[str, object]) -> List[Dict[str, object]]:
    """An object for each row, with the conditions under which it was measured."""
    return [{**row.as_object(), **under} for row in rows]


def to_json(found: Sequence[Dict[str, object]]) -> str:
    return json.dumps(found, indent=2) + "\n"


def table(found: Sequence[Dict[str, object]]) -> str:
    """A table of objects from one run, which says for each which way is better, under a line on the machine."""
    cells = [["measure", "ours", "peer's", "ratio", "of medians", "better", "demand", "", "peer"]]
    for row in map(Row.from_object, found):
        sign = ">=" if row.more_is_better else "<="
        cells.append(
            [
                row.measure,
                _number(row.ours, row.unit),
                _number(row.peer_value, row.unit),
                _ratio(row.ratio),
                "" if row.ratio_of_medians is None else _ratio(row.ratio_of_medians),
                "more" if row.more_is_better else "less",
                "" if row.demand is None else f"{sign} {_ratio(row.demand)}",
                _VERDICTS[row.met],
                row.peer,
            ]
        )
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = [conditions.line(found[0]), _LEGEND, ""] if found else []
    for first, *numbers, last in cells:
        padded = [cell.rjust(width) for cell, width in zip(numbers, widths[1:])]
        lines.append("  ".join([first.ljust(widths[0]), *padded, last]).rstrip())
    return "\n".join(lines)


def _number(value: float, unit: str) -> str:
    digits = 0 if value >= 1000 or value == int(value) else 1
    return f"{value:,.{digits}f}" + ("" if unit == "count" else f" {unit}")


def _ratio(ratio: float) -> str:
    """A ratio as one reads it: a fraction where ours is far less."""
    if 0 < ratio < 0.5:
        return f"1/{_short(1 / ratio)}"
    return _short(ratio)


def _short(number: float) -> str:
    text = f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 5 else f"{number:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
