"""The database itself refuses to change or delete an act: a stray UPDATE by hand fails too."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_MESSAGE = "ledger_act only grows"
_GUARDS = {
    "sqlite": [
        f"""CREATE TRIGGER ledger_act_no_{verb.lower()} BEFORE {verb} ON ledger_act
        BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""CREATE FUNCTION ledger_act_only_grows() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$""",
        """CREATE TRIGGER ledger_act_guard BEFORE UPDATE OR DELETE ON ledger_act
        FOR EACH ROW EXECUTE FUNCTION ledger_act_only_grows()""",
    ],
}
_LIFTS = {
    "sqlite": ["DROP TRIGGER ledger_act_no_update", "DROP TRIGGER ledger_act_no_delete"],
    "postgresql": [
        "DROP TRIGGER ledger_act_guard ON ledger_act",
        "DROP FUNCTION ledger_act_only_grows()",
    ],
}


def _guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _GUARDS.get(editor.connection.vendor, []):
        editor.execute(statement)


def _lift(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _LIFTS.get(editor.connection.vendor, []):
        editor.execute(statement)


class Migration(migrations.Migration):
    """Add the guard."""

    dependencies = (("ledger", "0001_initial"),)
    operations = (migrations.RunPython(_guard, _lift),)
