"""The table that `make bench` writes: ratios, and what machine they were measured on."""

import os
import platform
from collections.abc import Mapping
from datetime import date

import django
import psycopg

from benchmarks.measures import BESIDE, CLIENTS, MEASURES, Timings

HEAD = """\
# How fast it is

Written by `make bench`. Ratios of medians, each request in turn with its neighbour, on one server; milliseconds are
of this machine and its load on that day and promise nothing. *bare*: a Django view without any middleware.
*stock*: the same view with what `startproject` brings, signed in. *goal*: what we hold ourselves to at 1,000,000
cases, against bare. How many statements a page may take is held by `tests/desk/test_statements.py`.
"""


def machine(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    row = connection.execute("SHOW server_version").fetchone()
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()},"
        f" Django {django.get_version()}, PostgreSQL {row[0] if row else '?'}"
    )


def ratios(timings: Timings) -> list[str]:
    lines = [
        "| measure | clients | ms | to bare | goal | to stock | 9 of 10 within, ms |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for measure in MEASURES:
        for clients in (1, CLIENTS):
            bare, stock = (
                timings.ratio(clients, measure.name, f"{name} {measure.beside}") for name in BESIDE
            )
            took, most = timings.median(clients, measure.name), timings.nine_of_ten(clients, measure.name)
            lines.append(
                f"| {measure.name} | {clients} | {took * 1000:.1f} | {bare:.1f} | {measure.goal:g} |"
                f" {stock:.1f} | {most * 1000:.1f} |"
            )
    return lines


def neighbours(timings: Timings) -> list[str]:
    """What the ratios divide by."""
    kinds = sorted({beside for _, beside in timings.seconds if beside.split()[0] in BESIDE})
    lines = ["| beside | 1 client, ms | 8 clients, ms |", "| --- | --: | --: |"]
    return lines + [
        f"| {kind} | {timings.median(1, kind) * 1000:.2f} | {timings.median(CLIENTS, kind) * 1000:.2f} |"
        for kind in kinds
    ]


def walls_table(costs: Mapping[str, tuple[float, float]]) -> list[str]:
    lines = [
        "| the page's own SQL | behind the walls, ms | past them, ms | ratio | goal |",
        "| --- | --: | --: | --: | --: |",
    ]
    return lines + [
        f"| {name} | {behind * 1000:.2f} | {past * 1000:.2f} | {behind / past:.1f} | 1.3 |"
        for name, (behind, past) in costs.items()
    ]


def section(
    cases: int,
    requests: int,
    on: date,
    where: str,
    timings: Timings,
    costs: Mapping[str, tuple[float, float]],
) -> str:
    """One register's figures."""
    told = f"{on.isoformat()}, {requests} requests of each kind and more. {where}."
    parts = [f"## {cases:,} cases", told, "\n".join(ratios(timings)), "\n".join(neighbours(timings))]
    return "\n\n".join([*parts, "\n".join(walls_table(costs))]) + "\n"


def merged(before: str, cases: int, new: str) -> str:
    """The page with this register's section in the place of its old one; other registers' stay."""
    parts = ("\n" + before).split("\n## ")[1:]
    kept = {part.split(" ", 1)[0]: f"## {part.strip()}\n" for part in parts}
    kept[f"{cases:,}"] = new
    ordered = sorted(kept, key=lambda said: int(said.replace(",", "")))
    return "\n".join([HEAD, *(kept[said] for said in ordered)])
