"""Signing in with django-allauth: no self-registration; the signed-in person comes with her agency and training."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from nrm.agencies.models import Person
from nrm.agencies.queries import person_signed_in


class NoSelfRegistration(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an agency's administrator."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Loads the person of a session with everything the policy asks; a disabled person is signed out at once."""

    def get_user(self, user_id: Any) -> Person | None:
        return person_signed_in(int(user_id))
