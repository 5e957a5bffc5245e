"""The room of screening."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "nrm.screening"
    label = "screening"

    def ready(self) -> None:
        from nrm.screening import acts, clocks, queries

        del acts, clocks, queries
