"""Plays with one process or with several, tells how far it is, and stops between two acts when asked.

Several processes take every n-th referral each. They start afresh (spawn), so none shares a connection.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess

from nrm.casefile.doing import Done
from nrm.desk.real_year.cast import Cast
from nrm.desk.real_year.playing import play
from nrm.desk.real_year.process import work
from nrm.desk.real_year.reading import Referral
from nrm.kernel.packs import Pack

LOOK_EVERY_S = 0.5


@dataclass
class Progress:
    """How far the playing is. acts: done in this run, of `wanted`; an act that an earlier run did is not counted."""

    wanted: int
    acts: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def rate(self) -> float:
        """Acts per second since the beginning."""
        return self.acts / self.seconds if self.seconds else 0.0


Told = Callable[[Progress], None]


class WorkerFailed(Exception):
    """A process ended before its referrals were played; what it said stands on the terminal."""


def play_here(several: Sequence[Referral], cast: Cast, pack: Pack, progress: Progress, told: Told) -> None:
    """In this process; an interrupt takes back the act under way and leaves all before it."""

    def after_each(done: Done) -> None:
        progress.acts += not done.repeated
        told(progress)

    play(several, cast, pack, after_each)


def play_with(workers: int, several: Sequence[Referral], pack: str, progress: Progress, told: Told) -> None:
    """With several processes. Whatever ends this one stops them, and it waits until their acts are done."""
    context = multiprocessing.get_context("spawn")
    stop, acts = context.Event(), context.Value("q", 0)
    started: list[SpawnProcess] = []
    for number in range(workers):
        share = list(several[number::workers])
        started.append(context.Process(target=work, args=(share, pack, stop, acts), daemon=True))
    try:
        for process in started:
            process.start()
        while any(process.is_alive() for process in started):
            wait([process.sentinel for process in started], timeout=LOOK_EVERY_S)
            progress.acts = acts.value
            told(progress)
            if any(process.exitcode for process in started):
                raise WorkerFailed
    finally:
        stop.set()
        for process in started:
            if process.pid is not None:
                process.join()
        progress.acts = acts.value
    if any(process.exitcode for process in started):
        raise WorkerFailed
