"""What a rehearsal found: one line per act and per compared fact."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Result(StrEnum):
    """How one line ended. SKIPPED: it needs a room that this version has not built."""

    PASSED = "passed"
    FAILED = "FAILED"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Line:
    """One act or one compared fact."""

    result: Result
    at: datetime
    what: str
    why: str = ""

    def __str__(self) -> str:
        said = f"{self.result:7}  {self.at:%Y-%m-%d %H:%M}  {self.what}"
        return f"{said}: {self.why}" if self.why else said


@dataclass
class Outcome:
    """All lines of one story."""

    name: str
    lines: list[Line] = field(default_factory=list)

    def add(self, result: Result, at: datetime, what: str, why: str = "") -> None:
        self.lines.append(Line(result, at, what, why))

    def count(self, result: Result) -> int:
        return sum(line.result is result for line in self.lines)

    @property
    def failed(self) -> int:
        return self.count(Result.FAILED)

    @property
    def failures(self) -> list[Line]:
        return [line for line in self.lines if line.result is Result.FAILED]

    @property
    def summary(self) -> str:
        passed, failed, skipped = (self.count(result) for result in Result)
        return f"{self.name}: {passed} passed, {failed} failed, {skipped} skipped"
