"""`opennrm bench`: make the register if need be, start the servers, measure, write the table. Never judges seconds."""

import argparse
import os
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from benchmarks import register
from config.databases import is_production

RESULTS = Path(__file__).resolve().parent / "results.md"


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "opennrm bench", description="Measure; writes ratios, never judges seconds."
    )
    parser.add_argument(
        "--cases", type=int, default=100_000, help="size of the synthetic register (default: 100000)"
    )
    parser.add_argument("--requests", type=int, default=200, help="of each kind, at least (default: 200)")
    parser.add_argument("--to", type=Path, default=RESULTS, help="the table (default: benchmarks/results.md)")
    return parser.parse_args()


def main() -> None:
    given = asked()
    if is_production():
        raise SystemExit(
            "OpenNRM: DATABASE_URL is set: measured is only the checkout's own database. Unset it."
        )
    register.ensure(given.cases)
    os.environ.update(register.environment(given.cases))
    import django

    django.setup()
    from benchmarks import measures, people, results, servers, walls

    workers = people.workers(given.cases, how_many=measures.CLIENTS, cases_each=200)
    with ExitStack() as running:
        ports = {
            "ours": running.enter_context(servers.serving(servers.OURS, {})),
            "bare": running.enter_context(servers.serving(servers.BARE, {})),
            "stock": running.enter_context(servers.serving(servers.BARE, {"BENCH_STOCK": "1"})),
        }
        timings = measures.measure([measures.Seat(ports, worker) for worker in workers], given.requests)
    with register.owner(register.name(given.cases)) as connection:
        where = results.machine(connection)
    before = given.to.read_text() if given.to.exists() else ""

    def write(costs: Mapping[str, tuple[float, float]]) -> str:
        new = results.section(given.cases, given.requests, date.today(), where, timings, costs)
        given.to.write_text(results.merged(before, given.cases, new))
        return new

    write({})  # what took long is kept, whatever becomes of the walls
    print(write(walls.of_pages(workers[0], given.requests)))


if __name__ == "__main__":
    main()
