"""The spine's room."""

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    name = "nrm.casefile"
    label = "casefile"

    def ready(self) -> None:
        from nrm.casefile import acts, documents, reminding, renewing, story

        del acts, documents, reminding, renewing, story
