"""A country pack: what one State decides. Deadlines, switches, holidays, mandates; data, while the rules stay
the same.

Packs stand in `countries/NAME/pack.yaml`; `countries/README.md` explains every key. Nothing here is legal
advice: each value carries its source and how sure we are of it (V read, S secondary, K known and not re-read,
H house rule).
"""

from functools import lru_cache
from pathlib import Path

from nrm.kernel.packs import reader
from nrm.kernel.packs.checks import PackFaults
from nrm.kernel.packs.pack import EU_MEMBERS, Deadline, Pack, Setting, Step

__all__ = ["EU_MEMBERS", "Deadline", "Pack", "PackFaults", "Setting", "Step", "load"]

COUNTRIES = Path(__file__).resolve().parents[3] / "countries"


def load(name: str, root: Path | None = None) -> Pack:
    """The pack of that name, read once and kept.

    root: the folder of the packs, if not ours; it must hold `house` and `xa` too, because packs lean on them.
    Raises PackFaults with every fault at once: of the pack, of the house pack, of what is lent by xa.
    """
    return _load(name, root or COUNTRIES)


@lru_cache(maxsize=64)
def _load(name: str, root: Path) -> Pack:
    return reader.build(name, root)
