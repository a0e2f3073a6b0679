"""The ledger's tables, brought up to what this version needs."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ledger import pen


def bring_up() -> None:
    """Make or alter the tables; nothing happens when they are as they should be.

    Of several machines that start at once, one does it and the others wait.
    """
    if is_up_to_date():
        return
    with pen.held("migrating"):
        call_command("migrate", verbosity=0, interactive=False)


def is_up_to_date() -> bool:
    """Tell whether every migration of this version was applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
