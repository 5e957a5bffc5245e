"""What a check is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Fault:
    """Something unsafe."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Check(Generic[Subject]):
    """`wrong` says whether the subject is unsafe; `sentence` says what to do."""

    name: str
    wrong: Callable[[Subject], bool]
    sentence: str


def run(checks: Iterable[Check[Subject]], subject: Subject) -> list[Fault]:
    return [Fault(check.name, check.sentence) for check in checks if check.wrong(subject)]
