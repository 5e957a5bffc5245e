"""Raises the walls after every migration run."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _after_migrations(sender: AppConfig, using: str, **_: Any) -> None:
    from django.apps import apps
    from django.db import connections

    from nrm.kernel import walls

    with_tables = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender is with_tables[-1]:  # the signal comes once for each app with tables: act on the last
        walls.raise_walls(connections[using])


class KernelConfig(AppConfig):
    name = "nrm.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_after_migrations, dispatch_uid="nrm.walls")
