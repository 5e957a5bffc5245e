"""The room of the first contact."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "nrm.contact"
    label = "contact"

    def ready(self) -> None:
        from nrm.contact import acts, clocks

        del acts, clocks
