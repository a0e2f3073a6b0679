"""A pause keeps the versions of rules and call it was of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; there is no pause yet."""

    dependencies = (("ledger", "0006_dossiers_know_their_unit"),)
    operations = (
        migrations.AddField(
            model_name="pause",
            name="versions",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    )
