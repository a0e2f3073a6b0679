"""A mail has a way it came by, may be known by its header alone, and none goes unaccounted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Four columns; what stands already came whole and by a mailbox."""

    dependencies = (("ledger", "0003_kept_out_and_internal"),)
    operations = (
        migrations.AddField(
            model_name="incoming",
            name="way",
            field=models.CharField(
                choices=[
                    ("mailbox", "hộp thư"),
                    ("junk", "thư mục thư rác"),
                    ("dropped", "tệp đưa vào thư mục"),
                    ("counter", "nộp tại phòng"),
                ],
                default="mailbox",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="incoming",
            name="only_header",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="unaccounted",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="compared_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    )
