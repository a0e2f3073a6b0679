"""The ledger's tables, brought up to what this version needs."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def bring_up() -> None:
    """Make or alter the tables; nothing happens when they are as they should be."""
    call_command("migrate", verbosity=0, interactive=False)


def is_up_to_date() -> bool:
    """Tell whether every migration of this version was applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
