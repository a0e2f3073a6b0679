"""Registers of units, letters without a verdict, confirmed gaps, pauses, emptied dossiers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What stands already keeps its meaning: every letter has a dossier, every dossier mails."""

    dependencies = (("ledger", "0004_ways_in_and_unaccounted_mails"),)

    operations = (
        migrations.CreateModel(
            name="CallState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call_id", models.CharField(max_length=32, unique=True)),
                ("register_version", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ConfirmedGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=16)),
                ("file", models.TextField(blank=True, default="")),
                ("papers", models.CharField(max_length=64)),
                ("says", models.TextField()),
                ("remedy", models.TextField()),
                ("officer", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call_id", models.CharField(max_length=32)),
                ("rule", models.CharField(max_length=8)),
                ("since", models.DateTimeField()),
                ("reason", models.TextField()),
                ("judged", models.PositiveIntegerField()),
                ("failing", models.JSONField(default=list)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=150)),
            ],
            options={
                "ordering": ("-since", "-id"),
            },
        ),
        migrations.CreateModel(
            name="RegisteredUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call_id", models.CharField(max_length=32)),
                ("register_id", models.CharField(max_length=30)),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=500)),
                ("kind", models.CharField(max_length=32)),
                ("aliases", models.JSONField(blank=True, default=list)),
                ("addresses", models.JSONField(blank=True, default=list)),
                ("phone", models.CharField(blank=True, default="", max_length=100)),
                ("group", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="letter_waits_because",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="dossier",
            name="moved_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="emptied",
                to="ledger.dossier",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="register_id",
            field=models.CharField(blank=True, db_index=True, default="", max_length=30),
        ),
        migrations.AddField(
            model_name="finding",
            name="confirmed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_by",
                to="ledger.incoming",
            ),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="call_id",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="occasion",
            field=models.CharField(blank=True, default="", max_length=150),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="register_id",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.AddField(
            model_name="verdict",
            name="confirmed",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="outgoing",
            name="dossier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="ledger.dossier",
            ),
        ),
        migrations.AlterField(
            model_name="outgoing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("none", "none"),
                    ("complete", "complete"),
                    ("gaps", "gaps"),
                    ("held", "held"),
                    ("resend", "resend"),
                    ("partial", "partial"),
                    ("nil_return", "nil_return"),
                    ("reminder", "reminder"),
                    ("astray", "astray"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="outgoing",
            name="verdict",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="ledger.verdict",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["made_at"], name="ledger_verd_made_at_dca1af_idx"),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("occasion", ""), _negated=True),
                fields=("occasion",),
                name="an_occasion_has_one_letter",
            ),
        ),
        migrations.AddField(
            model_name="confirmedgap",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmed_gaps",
                to="ledger.dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("call_id", "rule"),
                name="a_rule_pauses_a_call_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registeredunit",
            constraint=models.UniqueConstraint(
                fields=("call_id", "register_id"), name="a_register_id_is_one_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmedgap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("dossier", "key"),
                name="a_question_is_confirmed_once",
            ),
        ),
    )
