"""A letter a server took may still come back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """When it did, and why."""

    dependencies = (("ledger", "0009_a_trouble_knows_whom_it_was_told"),)
    operations = (
        migrations.AddField(
            model_name="outgoing",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="returned_because",
            field=models.TextField(blank=True, default=""),
        ),
    )
