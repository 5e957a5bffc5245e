"""The room of decisions: is this child a victim, how old is she, is she blamed for what she was made to do."""

from django.apps import AppConfig


class IdentificationConfig(AppConfig):
    name = "nrm.identification"
    label = "identification"

    def ready(self) -> None:
        from nrm.identification import acts, clocks, queries

        del acts, clocks, queries
