"""The room of work with other States and of her future."""

from django.apps import AppConfig


class CrossborderConfig(AppConfig):
    name = "nrm.crossborder"
    label = "crossborder"

    def ready(self) -> None:
        from nrm.crossborder import acts, clocks, queries

        del acts, clocks, queries
