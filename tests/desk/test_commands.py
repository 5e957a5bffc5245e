"""The commands of the desk: rehearse, demo, docs."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from nrm.agencies.models import Agency
from nrm.casefile.act import ACTS
from nrm.casefile.models import Case
from nrm.desk.handbook import pages
from nrm.desk.management.commands import demo, rehearse
from nrm.desk.rehearsal import playing, reading
from tests.desk.test_rehearsal import HEAD, OPEN
from tests.stage import STORIES


def test_rehearsing_leaves_nothing(tmp_path: Path, stage: Any) -> None:
    (tmp_path / "small.yaml").write_text(HEAD.format(cast=STORIES / "cast_xa.yaml") + OPEN)
    out = StringIO()
    call_command("rehearse", str(tmp_path / "small.yaml"), stdout=out)
    assert "small: 1 passed, 0 failed, 0 skipped" in out.getvalue()
    assert not Case.objects.exists()


def test_a_story_that_disagrees_ends_the_command(tmp_path: Path, stage: Any) -> None:
    steps = OPEN + "- {check: 2026-03-02T10:00, case: lule, not_found: [rosa]}"
    (tmp_path / "small.yaml").write_text(HEAD.format(cast=STORIES / "cast_xa.yaml") + steps)
    with pytest.raises(CommandError, match="do not agree"):
        call_command("rehearse", str(tmp_path / "small.yaml"), stdout=StringIO())


PLACED = """
- at: 2026-03-02T16:00
  by: mira
  do: care.place
  case: lule
  with: {type: CHILD_SHELTER, provider: lantern, bed: lantern_1, address: "Lantern House, room 1", from: 2026-03-02,
    childs_views: "A room with a lock is good.", heard_how: SPOKE, best_interests: "She is away from the man."}
"""


def test_cases_that_are_there_take_no_bed_from_a_story(
    tmp_path: Path, stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearse, "STORIES", tmp_path)
    monkeypatch.setattr(rehearse, "STORIES", tmp_path)
    story = tmp_path / "c1.yaml"
    head = HEAD.format(cast=STORIES / "cast_xa.yaml").replace("small", "c1", 1)
    story.write_text(head + OPEN.replace("by: rosa", "by: mira") + PLACED)
    assert playing.play(reading.read(story)).failed == 0
    out = StringIO()
    call_command("rehearse", stdout=out)
    assert "c1: 2 passed, 0 failed, 0 skipped" in out.getvalue()
    assert Agency.objects.filter(key="lantern").count() == 1


def test_a_file_that_cannot_be_read_ends_the_command_with_sentences(tmp_path: Path, stage: Any) -> None:
    (tmp_path / "c.yaml").write_text("journey: c\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("rehearse", str(tmp_path / "c.yaml"), stdout=out)
    assert "`story` is missing" in out.getvalue()


def test_the_demonstration_is_refused_outside_demo(settings: Any, db: None) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="NRM_DEMO=1"):
        call_command("demo")


def test_the_demonstration_comes_once(settings: Any, stage: Any) -> None:
    settings.DEMO = True
    out, before = StringIO(), Agency.objects.count()
    call_command("demo", stdout=out)
    assert "here already" in out.getvalue()
    assert Agency.objects.count() == before


def test_the_demonstration_is_the_stories_moved(settings: Any) -> None:
    told = demo.with_own_numbers(reading.read(demo.STORY, days=238))
    numbers = {
        step.given["report_id"]
        for step in told.steps
        if isinstance(step, reading.Act) and "report_id" in step.given
    }
    assert numbers == {"demo-900000001", "demo-900000002"}
    assert max(step.at for step in told.steps).date().isoformat() == "2026-11-24"


def test_the_handbook_names_every_act_and_is_the_same_twice() -> None:
    made = pages()
    assert made == pages()
    for name in ACTS:
        assert f"## {name}\n" in made["acts.md"]
        assert f"| `{name}` |" in made["permissions.md"]


def test_every_column_has_a_class() -> None:
    assert not [
        line for line in pages()["fields.md"].splitlines() if line.startswith("| `") and line.endswith("|  |")
    ]


def test_a_stale_page_is_said(tmp_path: Path) -> None:
    call_command("docs", "--into", str(tmp_path), stdout=StringIO())
    call_command("docs", "--check", "--into", str(tmp_path))
    (tmp_path / "acts.md").write_text("old")
    with pytest.raises(CommandError, match=r"acts\.md"):
        call_command("docs", "--check", "--into", str(tmp_path))
