"""Addresses of a case, its pages and the acts on it: looked up once for each act, since one page names some seventy."""

from functools import cache

from django.urls import reverse

BLANK = "REFERENCE"


@cache
def _pattern(name: str, *rest: str) -> str:
    return reverse(name, args=[BLANK, *rest])


def of_page(name: str, reference: str) -> str:
    return _pattern(name).replace(BLANK, reference, 1)


def of_case(reference: str) -> str:
    return of_page("case", reference)


def of_act(reference: str, act: str) -> str:
    """act: its full name."""
    return _pattern("act", *act.split(".")).replace(BLANK, reference, 1)
