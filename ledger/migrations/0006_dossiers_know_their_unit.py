"""A dossier knows its unit of the register: as its newest verdict took it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take the id out of what was judged."""
    verdicts = apps.get_model("ledger", "Verdict").objects.order_by("version")
    dossiers = apps.get_model("ledger", "Dossier").objects
    for dossier, assembled in verdicts.values_list("dossier_id", "assembled").iterator():
        unit = assembled.get("unit", {})
        dossiers.filter(pk=dossier).update(register_id=str(unit.get("register_id", ""))[:30])


class Migration(migrations.Migration):
    """Rows only; nothing is lost on the way back."""

    dependencies = (("ledger", "0005_registers_pauses_and_confirmed_gaps"),)
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
