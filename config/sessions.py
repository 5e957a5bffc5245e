"""Sessions as Django keeps them in the database, read by plain SQL: every page asks for one (kernel/statements.py)."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils import timezone

from nrm.kernel.statements import rows

LIVING = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(InDatabase):
    """A key that is unknown or has expired is thrown away, so that nobody can choose the key of a session."""

    def load(self) -> dict[str, Any]:
        found = rows(LIVING, [self.session_key, timezone.now()])
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])
