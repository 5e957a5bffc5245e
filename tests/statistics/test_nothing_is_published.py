"""Small numbers are never published: nothing counts cases for anybody's eyes, so no number of children can leave.

A page or command that publishes will have to change this test, and bring its own disclosure control with it.
"""

import ast
from pathlib import Path

from django.apps import apps

import nrm
from nrm.casefile.act import ACTS

ROOT = Path(nrm.__file__).parent
INVENTED_ONLY = {"nrm/desk/rehearsal/checking.py"}  # holds what an invented story says is counted


def imported(file: Path) -> set[str]:
    """Every module that a file names in an import, wherever it stands in it."""
    names = set[str]()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
    return names


def test_only_the_rehearsal_of_invented_stories_counts() -> None:
    files = [*ROOT.rglob("*.py"), *(ROOT.parent / "config").rglob("*.py")]
    counting = {
        str(file.relative_to(ROOT.parent))
        for file in files
        if ROOT / "statistics" not in file.parents
        and any(name.startswith("nrm.statistics") for name in imported(file))
    }
    assert counting == INVENTED_ONLY


def test_the_room_has_no_door() -> None:
    assert not [act.name for act in ACTS.values() if act.room == "statistics"]
    assert not [app for app in apps.get_app_configs() if app.name == "nrm.statistics"]
    doors = {"pages.py", "urls.py", "letter.py", "management", "templates"}
    assert not doors & {path.name for path in (ROOT / "statistics").iterdir()}
