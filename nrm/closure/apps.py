"""The room of closing; it also says where a case stands, for it alone may see every step."""

from django.apps import AppConfig


class ClosureConfig(AppConfig):
    name = "nrm.closure"
    label = "closure"

    def ready(self) -> None:
        from nrm.closure import acts, clocks, queries

        del acts, clocks, queries
