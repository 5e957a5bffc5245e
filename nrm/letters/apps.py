"""The room of letters."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "nrm.letters"
    label = "letters"

    def ready(self) -> None:
        from nrm.letters import kinds, verifying

        del kinds, verifying
