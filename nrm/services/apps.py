"""The room of services."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "nrm.services"
    label = "services"

    def ready(self) -> None:
        from nrm.services import acts, clocks, queries

        del acts, clocks, queries
