"""The room of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "nrm.care"
    label = "care"

    def ready(self) -> None:
        from nrm.care import acts, clocks, counting, keeping_beds

        del acts, clocks, counting, keeping_beds
