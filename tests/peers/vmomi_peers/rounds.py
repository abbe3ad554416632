"""Several programs taking turns, so that whatever else the machine does falls on all of them."""

import statistics
from typing import Dict, List, NamedTuple, Sequence

from .commands import progress
from .failure import Failure
from .worker import Worker

# Who takes longer than this for one repetition takes part in every fifth round only.
_SLOW_SECONDS = 1.0
_ROUNDS_OF_THE_SLOW = 5


class Contestant(NamedTuple):
    """A measure of a program."""

    worker: Worker
    measure: str


class Times(NamedTuple):
    """How long the repetitions took."""

    seconds: List[float]
    content: Dict[str, int]

    @property
    def best(self) -> float:
        return min(self.seconds)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def take_turns(contestants: Sequence[Contestant], rounds: int) -> List[Times]:
    """The times of each contestant, in their order. A first repetition of each is not counted."""
    times = []
    for contestant in contestants:
        progress(f"warming up {contestant.worker.name}: {contestant.measure}")
        times.append(Times([], _content(contestant.worker.perform(contestant.measure))))
    slow = [False] * len(contestants)
    for number in range(rounds):
        progress(f"round {number + 1} of {rounds}")
        for index, (contestant, found) in enumerate(zip(contestants, times)):
            if slow[index] and number % _ROUNDS_OF_THE_SLOW:
                continue
            answer = contestant.worker.perform(contestant.measure)
            if _content(answer) != found.content:
                raise Failure(f"{contestant.worker.name} came to another result than before: {contestant.measure}")
            found.seconds.append(float(str(answer["seconds"])))
            slow[index] = found.seconds[-1] > _SLOW_SECONDS
    return times


def _content(answer: Dict[str, object]) -> Dict[str, int]:
    content = answer.get("content")
    return content if isinstance(content, dict) else {}
