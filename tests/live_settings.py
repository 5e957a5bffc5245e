"""The real settings, for a server that tests start: with the pseudo-languages' catalogues, and quiet."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import LOCALE_PATHS

LOCALE_PATHS = [*LOCALE_PATHS, *(Path(found) for found in [os.environ.get("NRM_PSEUDO_LOCALES")] if found)]
DEMO = True  # so that the start page is looked at with all it can hold
