# ruff: noqa: RUF012 -- written by Django’s makemigrations, which uses lists

"""Initial: written by makemigrations."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The step."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read", "đọc thư"),
                            ("place", "xếp vào hồ sơ"),
                            ("judge", "kiểm tra"),
                            ("send", "gửi"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("strikes", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("last_error", models.TextField(blank=True, default="")),
                ("set_aside", models.TextField(blank=True, default="")),
                ("call_id", models.CharField(max_length=32)),
                ("number", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=64)),
                ("unit_name", models.CharField(blank=True, default="", max_length=500)),
                ("unit_kind", models.CharField(blank=True, default="", max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("last_mail_at", models.DateTimeField()),
                ("quiet_until", models.DateTimeField(blank=True, null=True)),
                ("state", models.CharField(blank=True, default="", max_length=32)),
                ("late", models.BooleanField(default=False)),
                ("doubts", models.JSONField(blank=True, default=list)),
                ("version", models.PositiveIntegerField(default=0)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_by", models.CharField(blank=True, default="", max_length=150)),
            ],
            options={
                "ordering": ("number",),
                "abstract": False,
                "indexes": [
                    models.Index(fields=["stage", "due_at"], name="ledger_doss_stage_4cb281_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="a_code_names_one_dossier"),
                    models.UniqueConstraint(
                        fields=("call_id", "number"), name="numbers_run_in_a_call"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=64)),
                ("folder", models.CharField(max_length=255)),
                ("uidvalidity", models.BigIntegerField(default=0)),
                ("floor", models.BigIntegerField(default=0)),
                ("visited_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "folder"), name="one_row_a_folder")
                ],
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read", "đọc thư"),
                            ("place", "xếp vào hồ sơ"),
                            ("judge", "kiểm tra"),
                            ("send", "gửi"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("strikes", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("last_error", models.TextField(blank=True, default="")),
                ("set_aside", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("complete", "complete"),
                            ("gaps", "gaps"),
                            ("held", "held"),
                            ("resend", "resend"),
                            ("partial", "partial"),
                            ("nil_return", "nil_return"),
                        ],
                        max_length=16,
                    ),
                ),
                ("to", models.CharField(db_index=True, max_length=320)),
                ("to_name", models.CharField(blank=True, default="", max_length=500)),
                ("subject", models.TextField()),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True, default="")),
                ("message_id", models.CharField(max_length=255)),
                ("digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "chờ cán bộ duyệt"),
                            ("ready", "chờ gửi"),
                            ("sending", "đang gửi"),
                            ("sent", "đã gửi"),
                            ("in_doubt", "chưa rõ đã gửi hay chưa"),
                            ("failed", "không gửi được"),
                            ("dropped", "không gửi"),
                        ],
                        max_length=16,
                    ),
                ),
                ("held_because", models.JSONField(blank=True, default=list)),
                ("made_at", models.DateTimeField(db_index=True)),
                ("sending_since", models.DateTimeField(blank=True, null=True)),
                ("sends", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("answer_code", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("proof", models.CharField(blank=True, default="", max_length=16)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="ledger.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("made_at", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read", "đọc thư"),
                            ("place", "xếp vào hồ sơ"),
                            ("judge", "kiểm tra"),
                            ("send", "gửi"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("strikes", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("last_error", models.TextField(blank=True, default="")),
                ("set_aside", models.TextField(blank=True, default="")),
                ("account", models.CharField(max_length=64)),
                ("folder", models.CharField(max_length=255)),
                ("uidvalidity", models.BigIntegerField()),
                ("uid", models.BigIntegerField()),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("internaldate", models.DateTimeField(blank=True, null=True)),
                ("first_seen_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(db_index=True)),
                (
                    "received_source",
                    models.CharField(
                        choices=[
                            ("internaldate", "internaldate"),
                            ("received_header", "received_header"),
                            ("first_seen", "first_seen"),
                            ("given", "given"),
                        ],
                        default="internaldate",
                        max_length=32,
                    ),
                ),
                ("received_note", models.TextField(blank=True, default="")),
                (
                    "message_id",
                    models.CharField(blank=True, db_index=True, default="", max_length=998),
                ),
                ("sender", models.CharField(blank=True, default="", max_length=320)),
                ("sender_name", models.CharField(blank=True, default="", max_length=500)),
                ("subject", models.TextField(blank=True, default="")),
                ("reading", models.JSONField(blank=True, null=True)),
                ("hard", models.JSONField(blank=True, default=list)),
                ("soft", models.JSONField(blank=True, default=list)),
                (
                    "triage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submission", "submission"),
                            ("supplement", "supplement"),
                            ("nil_return", "nil_return"),
                            ("query", "query"),
                            ("automatic", "automatic"),
                            ("other", "other"),
                            ("quarantined", "quarantined"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("certain", models.BooleanField(default=True)),
                ("repeats", models.BooleanField(default=False)),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="ledger.dossier",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="ledger.incoming",
                    ),
                ),
                (
                    "copy_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="ledger.outgoing",
                    ),
                ),
            ],
            options={
                "ordering": ("received_at", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=150)),
                ("verb", models.CharField(max_length=32)),
                ("what", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="ledger.dossier",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="ledger.incoming",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="ledger.outgoing",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call_id", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("made_by", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField()),
                ("dossiers", models.ManyToManyField(related_name="packages", to="ledger.dossier")),
            ],
            options={
                "ordering": ("-made_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Trouble",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=64)),
                ("where", models.CharField(blank=True, default="", max_length=255)),
                ("reason", models.TextField()),
                ("since", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": (
                    models.OrderBy(models.F("until"), descending=True, nulls_first=True),
                    "-since",
                ),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("what", "where"),
                        name="a_trouble_lasts_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=32)),
                ("verdict", models.JSONField()),
                ("assembled", models.JSONField()),
                ("mails", models.JSONField(default=list)),
                ("waivers", models.JSONField(blank=True, default=list)),
                ("no_letter_because", models.TextField(blank=True, default="")),
                ("rules_version", models.CharField(max_length=64)),
                ("call_version", models.CharField(max_length=64)),
                ("readers_version", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="ledger.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("dossier", "version"),
            },
        ),
        migrations.AddField(
            model_name="outgoing",
            name="verdict",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="ledger.verdict",
            ),
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("rule", models.CharField(db_index=True, max_length=8)),
                ("outcome", models.CharField(max_length=16)),
                ("severity", models.CharField(max_length=16)),
                ("says", models.TextField()),
                ("remedy", models.TextField(blank=True, default="")),
                ("file", models.TextField(blank=True, default="")),
                ("spot", models.TextField(blank=True, default="")),
                ("words", models.TextField(blank=True, default="")),
                ("confidence", models.FloatField(default=1.0)),
                ("key", models.CharField(blank=True, default="", max_length=16)),
                ("needs_officer", models.BooleanField(default=False)),
                ("waived", models.BooleanField(default=False)),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="ledger.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=16)),
                ("says", models.TextField(blank=True, default="")),
                ("officer", models.CharField(max_length=150)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="ledger.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("name", models.TextField()),
                ("digest", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("kind", models.CharField(blank=True, default="", max_length=32)),
                ("roles", models.JSONField(blank=True, default=list)),
                ("where", models.CharField(blank=True, default="", max_length=200)),
                ("text", models.CharField(blank=True, default="", max_length=16)),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                ("minor", models.BooleanField(default=False)),
                ("unread_cause", models.CharField(blank=True, default="", max_length=32)),
                ("unread_reason", models.TextField(blank=True, default="")),
                (
                    "incoming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="ledger.incoming",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("incoming", "position"), name="a_file_has_its_place_in_a_mail"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(fields=["stage", "due_at"], name="ledger_inco_stage_4a153b_idx"),
        ),
        migrations.AddConstraint(
            model_name="incoming",
            constraint=models.UniqueConstraint(
                fields=("account", "folder", "uidvalidity", "uid"), name="a_mail_comes_in_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                fields=("dossier", "version"), name="a_version_is_judged_once"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["stage", "due_at"], name="ledger_outg_stage_e745ba_idx"),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.UniqueConstraint(
                fields=("message_id",), name="a_message_id_is_one_letter"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.UniqueConstraint(
                fields=("verdict", "kind"), name="a_verdict_is_answered_once"
            ),
        ),
    ]
