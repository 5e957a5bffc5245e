"""The room of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "nrm.care"
    label = "care"

    def ready(self) -> None:
        from nrm.care import acts, clocks, counting

        del acts, clocks, counting
