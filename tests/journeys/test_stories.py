"""The ten stories: each is played as the web role behind all walls, and everything that can be compared agrees."""

from pathlib import Path

import pytest

from nrm.desk.rehearsal import playing, reading
from nrm.desk.rehearsal.outcome import Result
from tests.stage import STORIES

FILES = sorted(file for file in STORIES.glob("c[0-9]*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_story(file: Path, db: None) -> None:
    outcome = playing.play(reading.read(file))
    assert [str(line) for line in outcome.failures] == []
    assert outcome.count(Result.PASSED) + outcome.count(Result.SKIPPED) == len(outcome.lines)
