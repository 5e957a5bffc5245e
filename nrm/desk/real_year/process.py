"""One process of several. It imports no tables before Django is set up: a spawned process begins with this module."""

import signal
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from typing import Any

from nrm.desk.real_year.reading import Referral


class Stopped(Exception):
    """The playing was asked to stop, between two acts."""


def work(share: list[Referral], pack: str, stop: Event, acts: "Synchronized[Any]") -> None:
    """Play a share. The terminal's Ctrl-C reaches this process too: it leaves stopping to the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import django

    django.setup()
    from nrm.casefile.doing import Done
    from nrm.desk.real_year.cast import present
    from nrm.desk.real_year.playing import play
    from nrm.kernel import packs

    def after_each(done: Done) -> None:
        with acts.get_lock():
            acts.value += not done.repeated
        if stop.is_set():
            raise Stopped

    try:
        play(share, present(), packs.load(pack), after_each)
    except Stopped:
        return
