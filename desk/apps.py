"""The desk as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The officer's window."""

    name = "desk"
    label = "desk"
