"""One measure of ours beside that of a peer."""

from typing import Any, Dict, NamedTuple, Optional


class Row(NamedTuple):
    """What was measured of both, and what is demanded of the ratio between them.

    `ratio` is ours divided by the peer's, whatever is better: where more is better it should be
    large, where less is better it should be small. `demand` is the least or the most that it may be.
    """

    # What was run to find it, as the command line calls it.
    kind: str
    measure: str
    unit: str
    ours: float
    peer: str
    peer_value: float
    more_is_better: bool
    demand: Optional[float] = None
    # The median of all repetitions, where `ours` and `peer_value` are the best of them.
    ours_median: Optional[float] = None
    peer_median: Optional[float] = None

    @property
    def ratio(self) -> float:
        return self.ours / self.peer_value

    @property
    def ratio_of_medians(self) -> Optional[float]:
        if self.ours_median is None or not self.peer_median:
            return None
        return self.ours_median / self.peer_median

    @property
    def met(self) -> Optional[bool]:
        """Whether the demand is met; `None` where there is none.

        The ratio of the medians must meet it too, where there is one: of the best alone, one lucky
        repetition on a busy machine decides.
        """
        if self.demand is None:
            return None
        ratios = [ratio for ratio in (self.ratio, self.ratio_of_medians) if ratio is not None]
        return min(ratios) >= self.demand if self.more_is_better else max(ratios) <= self.demand

    def as_object(self) -> Dict[str, object]:
        """The row as it is written to JSON."""
        return {
            "kind": self.kind,
            "measure": self.measure,
            "unit": self.unit,
            "ours": self.ours,
            "peer": self.peer,
            "peer_value": self.peer_value,
            "ratio": self.ratio,
            "better": "more" if self.more_is_better else "less",
            "demand": self.demand,
            "met": self.met,
            "ours_median": self.ours_median,
            "peer_median": self.peer_median,
            "ratio_of_medians": self.ratio_of_medians,
        }

    @classmethod
    def from_object(cls, found: Dict[str, Any]) -> "Row":
        """The row of which `as_object` gave this."""
        fields = {name: found[name] for name in cls._fields if name != "more_is_better"}
        return cls(more_is_better=found["better"] == "more", **fields)
