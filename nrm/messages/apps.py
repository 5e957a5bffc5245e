"""The messages room."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "nrm.messages"
    label = "messages"
