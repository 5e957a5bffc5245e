"""What is measured: each of our pages beside its bare view, in one run, in turn, by one client and by eight."""

import statistics
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from uuid import uuid4
from zoneinfo import ZoneInfo

from benchmarks.bare_tables import OWNERS
from benchmarks.client import Browser
from benchmarks.people import Worker

ZONE = ZoneInfo("Europe/Vienna")
CLIENTS = 8
BESIDE = ("bare", "stock")
DESK, CASE, ACT, FIND = (
    "desk", "case page, look audited", "one act, whole", "search by name in one's own cases",
)  # fmt: skip
IN_A_ROW = 5  # requests of one kind that eight clients send before the next kind has its turn
WARM = 10


@dataclass(frozen=True)
class Measure:
    """A page of ours. `beside`: the bare view; `goal`: how many times as long it may take at 1,000,000 cases."""

    name: str
    beside: str
    goal: float


MEASURES = (
    Measure(DESK, "list", 5),
    Measure(CASE, "record", 4),
    Measure(ACT, "write", 4),
    Measure(FIND, "list", 5),
)


@dataclass
class Timings:
    """Seconds of every request, by number of clients and kind."""

    seconds: dict[tuple[int, str], list[float]] = field(default_factory=dict)

    def add(self, clients: int, kind: str, took: list[float]) -> None:
        self.seconds.setdefault((clients, kind), []).extend(took)

    def median(self, clients: int, kind: str) -> float:
        return statistics.median(self.seconds[clients, kind])

    def nine_of_ten(self, clients: int, kind: str) -> float:
        return sorted(self.seconds[clients, kind])[int(0.9 * len(self.seconds[clients, kind]))]

    def ratio(self, clients: int, kind: str, beside: str) -> float:
        return self.median(clients, kind) / self.median(clients, beside)


Send = Callable[[], float]


class Seat:
    """One client: a signed-in browser at our server and one at each bare server, and what it opens next."""

    def __init__(self, ports: Mapping[str, int], worker: Worker) -> None:
        self.ours = Browser(ports["ours"])
        self.ours.sign_in(worker.email)
        self.beside = {name: Browser(ports[name]) for name in BESIDE}
        self.beside["stock"].send("GET", "/enter/")
        self.cases, self.acts = cycle(worker.references), cycle(reversed(worker.references))
        self.names = cycle(worker.names)
        self.lists, self.items = cycle(range(OWNERS)), cycle(range(1, worker.items + 1))

    def kinds(self) -> dict[str, Send]:
        """Kind of request -> one such request."""
        ours = {
            DESK: lambda: self.ours.send("GET", "/desk/"),
            CASE: lambda: self.ours.send("GET", f"/cases/{next(self.cases)}/"),
            ACT: self._act,
            FIND: lambda: self.ours.send("POST", "/find/", {"text": next(self.names)}),
        }
        bare = {
            f"{name} {kind}": send
            for name, browser in self.beside.items()
            for kind, send in self._bare(browser).items()
        }
        return ours | bare

    def _act(self) -> float:
        """She makes a child safe: the form as the page sends it, with a key of its own."""
        now = datetime.now(ZONE).isoformat(timespec="minutes")
        form = {"measures": ["SAFE_WORD"], "done_at": now, "note": "A word agreed.", "key": str(uuid4())}
        path = f"/cases/{next(self.acts)}/contact/record_immediate_safety/"
        return self.ours.send("POST", path, form, status=302)

    def _bare(self, browser: Browser) -> dict[str, Send]:
        return {
            "list": lambda: browser.send("GET", f"/list/{next(self.lists)}/"),
            "record": lambda: browser.send("GET", f"/{next(self.items)}/"),
            "write": lambda: browser.send(
                "POST", f"/{next(self.items)}/write/", {"text": "Said."}, status=302
            ),
        }


def measure(seats: Sequence[Seat], requests: int) -> Timings:
    """At least so many requests of each kind, by one client and by all; kinds take turns."""
    timings = Timings()
    for _, kinds in zip(range(WARM), cycle(seat.kinds() for seat in seats), strict=False):
        for send in kinds.values():
            send()
    for _, kinds in zip(range(requests), cycle([seat.kinds() for seat in seats]), strict=False):
        for kind, send in kinds.items():
            timings.add(1, kind, [send()])
    every = [seat.kinds() for seat in seats]
    for _ in range(-(-requests // (len(seats) * IN_A_ROW))):
        for kind in every[0]:
            timings.add(CLIENTS, kind, _together([kinds[kind] for kinds in every]))
    return timings


def _together(sends: Sequence[Send]) -> list[float]:
    """Every client sends a few of the same kind at the same time."""
    start = threading.Barrier(len(sends))

    def of_one(send: Send) -> list[float]:
        start.wait()
        return [send() for _ in range(IN_A_ROW)]

    with ThreadPoolExecutor(len(sends)) as pool:
        return [took for one in pool.map(of_one, sends) for took in one]
