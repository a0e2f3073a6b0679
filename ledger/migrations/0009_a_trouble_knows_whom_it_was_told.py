"""An alarm goes once, and so does the note that it is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two moments more in a trouble."""

    dependencies = (("ledger", "0008_a_mail_knows_what_read_it"),)
    operations = (
        migrations.AddField(
            model_name="trouble",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="trouble",
            name="over_told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    )
