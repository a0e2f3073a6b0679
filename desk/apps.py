"""The desk as Django knows it."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from desk.papers import Pages


class DeskConfig(AppConfig):
    """The officer's window."""

    name = "desk"
    label = "desk"
    pages: "Pages | None" = None
    """What makes pictures of papers; the wiring hands it in (`desk.papers.hand_in`)."""
