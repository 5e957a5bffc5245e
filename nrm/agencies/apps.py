"""The agencies room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "nrm.agencies"
    label = "agencies"
