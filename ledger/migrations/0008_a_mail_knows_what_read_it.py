"""A mail knows the version of the readers that read it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; of what was read before nobody wrote it down."""

    dependencies = (("ledger", "0007_a_pause_keeps_the_rules_it_was_of"),)
    operations = (
        migrations.AddField(
            model_name="incoming",
            name="read_with",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    )
