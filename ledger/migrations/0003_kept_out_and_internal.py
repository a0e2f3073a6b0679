"""An officer may keep a complete dossier out; a package has a part that stays in the house."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns, empty for what stands already."""

    dependencies = (("ledger", "0002_acts_only_grow"),)
    operations = (
        migrations.AddField(
            model_name="dossier",
            name="kept_out_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="package",
            name="internal",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    )
