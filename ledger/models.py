"""The rows of the ledger: every mail, file, dossier, verdict, letter, package and act.

Each piece of work is a row (`Work`): its state is the truth, an engine only says when and where.
"""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q

from dossier import ReceivedSource, ReplyKind, Triage


class Stage(models.TextChoices):
    """The step a row waits for; no stage: nothing is left to be done with it."""

    READ = "read", "đọc thư"
    PLACE = "place", "xếp vào hồ sơ"
    JUDGE = "judge", "kiểm tra"
    SEND = "send", "gửi"


class LetterState(models.TextChoices):
    """The way of a letter out of the house."""

    HELD = "held", "chờ cán bộ duyệt"
    READY = "ready", "chờ gửi"
    SENDING = "sending", "đang gửi"
    SENT = "sent", "đã gửi"
    IN_DOUBT = "in_doubt", "chưa rõ đã gửi hay chưa"
    FAILED = "failed", "không gửi được"
    DROPPED = "dropped", "không gửi"


class Way(models.TextChoices):
    """How a mail, or papers that stand for one, came to us."""

    MAILBOX = "mailbox", "hộp thư"
    JUNK = "junk", "thư mục thư rác"
    DROPPED = "dropped", "tệp đưa vào thư mục"
    COUNTER = "counter", "nộp tại phòng"


class Work(models.Model):
    """A row with work to do: its stage, when it is due, and how often it was tried.

    `ledger.work` alone changes these columns once the row stands.
    """

    stage = models.CharField(max_length=16, choices=Stage.choices, blank=True, default="")
    due_at = models.DateTimeField(null=True, blank=True)
    """When to try (again); while a step holds the row, when its lease ends."""
    strikes = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True, default="")
    """Who holds the row now: a token only the claiming step knows."""
    last_error = models.TextField(blank=True, default="")
    set_aside = models.TextField(blank=True, default="")
    """Why the row waits for a person instead of being tried again; empty while it is not."""

    class Meta:
        """One index serves the sweep."""

        abstract = True
        indexes = (models.Index(fields=["stage", "due_at"]),)


class Mailbox(models.Model):
    """What we know of one folder of one mailbox between two visits."""

    account = models.CharField(max_length=64)
    folder = models.CharField(max_length=255)
    uidvalidity = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)
    """Every mail up to this UID stands in the ledger; the next visit looks above it."""
    visited_at = models.DateTimeField(null=True, blank=True)
    """The last visit that saw everything there was."""
    unaccounted = models.PositiveIntegerField(default=0)
    """Mails the last visit saw in the folder that have no row; 0, or somebody must look."""
    compared_at = models.DateTimeField(null=True, blank=True)
    """When the whole folder was last compared with the ledger, mail by mail."""

    class Meta:
        """One row a folder."""

        constraints = (
            models.UniqueConstraint(fields=["account", "folder"], name="one_row_a_folder"),
        )

    def __str__(self) -> str:
        return f"{self.account}/{self.folder}"


class CallState(models.Model):
    """What the ledger keeps of a call beside its file; the row is the lock of counts over a call.

    Whoever counts over all dossiers of a call, or changes its register, takes this row first.
    """

    call_id = models.CharField(max_length=32, unique=True)
    register_version = models.PositiveIntegerField(default=0)
    """How often the register was changed; 0 while the call's own file names the units."""

    def __str__(self) -> str:
        return self.call_id


class RegisteredUnit(models.Model):
    """One invited unit of a call, as the office keeps its register."""

    call_id = models.CharField(max_length=32)
    register_id = models.CharField(max_length=30)
    """Never changes while the name may: dossiers and reminders know the unit by it."""
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=32)
    aliases = models.JSONField(default=list, blank=True)
    addresses = models.JSONField(default=list, blank=True)
    phone = models.CharField(max_length=100, blank=True, default="")
    group = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """In the order the office wrote them."""

        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["call_id", "register_id"], name="a_register_id_is_one_unit"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Dossier(Work):
    """Hồ sơ đề xuất of one unit for one call, over all its mails."""

    call_id = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=64)
    """“1322-2025-0007”: what the unit quotes and the office files by."""
    unit_name = models.CharField(max_length=500, blank=True, default="")
    unit_kind = models.CharField(max_length=32, blank=True, default="")
    register_id = models.CharField(max_length=30, blank=True, default="", db_index=True)
    """Which unit of the register it is of; empty for a unit nobody invited by name."""
    opened_at = models.DateTimeField()
    """Receipt of the first mail; decides whether the dossier is late."""
    last_mail_at = models.DateTimeField()
    quiet_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=32, blank=True, default="")
    """The newest verdict's state (`rules.State`); empty before the first."""
    late = models.BooleanField(default=False)
    doubts = models.JSONField(default=list, blank=True)
    """Why a person must look, for reasons no paper carries (an uncertain join)."""
    version = models.PositiveIntegerField(default=0)
    """The newest verdict's version."""
    released_at = models.DateTimeField(null=True, blank=True)
    """When an officer let it into the package."""
    released_by = models.CharField(max_length=150, blank=True, default="")
    kept_out_at = models.DateTimeField(null=True, blank=True)
    """When an officer kept it out of the package, complete or not."""
    letter_waits_because = models.TextField(blank=True, default="")
    """Why the letter of the next verdict waits for an officer, whatever the mode; Vietnamese."""
    moved_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="emptied"
    )
    """Where its last mail was moved to: this one is empty, its number is not given again."""

    class Meta(Work.Meta):
        """A code names one dossier."""

        constraints = (
            models.UniqueConstraint(fields=["code"], name="a_code_names_one_dossier"),
            models.UniqueConstraint(fields=["call_id", "number"], name="numbers_run_in_a_call"),
        )
        ordering = ("number",)

    def __str__(self) -> str:
        return self.code

    @property
    def newest(self) -> "Verdict | None":
        """The newest verdict; None before the first."""
        return self.verdicts.order_by("-version").first()


class Incoming(Work):
    """One mail of the mailbox; its raw bytes stand in the store under `digest`."""

    account = models.CharField(max_length=64)
    folder = models.CharField(max_length=255)
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    """sha256 of the raw bytes, hex."""
    size = models.PositiveBigIntegerField()
    way = models.CharField(max_length=16, choices=Way.choices, default=Way.MAILBOX)
    """How it came to us; it decides whether a machine may answer."""
    only_header = models.BooleanField(default=False)
    """Larger than we take: the bytes in the store are its header alone, `size` is what it was."""
    internaldate = models.DateTimeField(null=True, blank=True)
    """What the server said at first sight; never asked again. Null when it said nothing."""
    first_seen_at = models.DateTimeField()
    received_at = models.DateTimeField(db_index=True)
    """The time that counts (mail.md §6)."""
    received_source = models.CharField(
        max_length=32,
        choices=[(source.value, source.value) for source in ReceivedSource],
        default=ReceivedSource.INTERNALDATE.value,
    )
    received_note = models.TextField(blank=True, default="")
    """Why an officer should look at the time; Vietnamese."""
    message_id = models.CharField(max_length=998, blank=True, default="", db_index=True)
    sender = models.CharField(max_length=320, blank=True, default="")
    sender_name = models.CharField(max_length=500, blank=True, default="")
    subject = models.TextField(blank=True, default="")
    reading = models.JSONField(null=True, blank=True)
    """`dossier.Reading` (`ledger.values`); null until the mail was read."""
    read_with = models.CharField(max_length=64, blank=True, default="")
    """The version of the readers that found it; empty when nobody wrote it down."""
    hard = models.JSONField(default=list, blank=True)
    """Why no machine may ever answer this mail."""
    soft = models.JSONField(default=list, blank=True)
    """Why an answer to this mail waits for an officer."""
    triage = models.CharField(
        max_length=16,
        choices=[(triage.value, triage.value) for triage in Triage],
        blank=True,
        default="",
    )
    reason = models.TextField(blank=True, default="")
    """Why it was triaged so; Vietnamese."""
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="mails"
    )
    certain = models.BooleanField(default=True)
    """Whether it surely belongs to its dossier; only such a mail's sender speaks for it."""
    repeats = models.BooleanField(default=False)
    """It brings nothing new to its dossier: not judged, not answered."""
    copy_of = models.ForeignKey(
        "Outgoing", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    """Our own letter come back: proof that it was sent, never a dossier."""
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )

    class Meta(Work.Meta):
        """A place in a mailbox holds one mail for ever (RFC 3501 §2.3.1.1)."""

        constraints = (
            models.UniqueConstraint(
                fields=["account", "folder", "uidvalidity", "uid"], name="a_mail_comes_in_once"
            ),
        )
        ordering = ("received_at", "id")

    def __str__(self) -> str:
        return f"{self.account}/{self.folder}/{self.uid}"


class IncomingFile(models.Model):
    """One file of a mail, wherever it lay; its bytes stand in the store under `digest`."""

    incoming = models.ForeignKey(Incoming, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.TextField()
    """With the way to it: “Ho so.zip/CV 25.pdf”; shown, never used as a path."""
    digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    size = models.PositiveBigIntegerField(default=0)
    kind = models.CharField(max_length=32, blank=True, default="")
    roles = models.JSONField(default=list, blank=True)
    where = models.CharField(max_length=200, blank=True, default="")
    text = models.CharField(max_length=16, blank=True, default="")
    pages = models.PositiveIntegerField(null=True, blank=True)
    minor = models.BooleanField(default=False)
    unread_cause = models.CharField(max_length=32, blank=True, default="")
    unread_reason = models.TextField(blank=True, default="")

    class Meta:
        """In the order the mail holds them."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["incoming", "position"], name="a_file_has_its_place_in_a_mail"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Verdict(models.Model):
    """One judgement of a dossier; never changed, only followed by a newer one."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="verdicts")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=32)
    verdict = models.JSONField()
    """`rules.Verdict`, passed and not applicable rules included (`ledger.values`)."""
    assembled = models.JSONField()
    """`dossier.Dossier` as it was judged (`ledger.values`)."""
    mails = models.JSONField(default=list)
    """Ids of the `Incoming` it rests on."""
    waivers = models.JSONField(default=list, blank=True)
    """Keys of the findings that an officer's waivers took out."""
    confirmed = models.JSONField(default=dict, blank=True)
    """Open questions an officer called gaps: key to the words the unit reads."""
    no_letter_because = models.TextField(blank=True, default="")
    """Why it has no letter; Vietnamese; empty exactly when it has one."""
    rules_version = models.CharField(max_length=64)
    call_version = models.CharField(max_length=64)
    readers_version = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        """A version is judged once."""

        constraints = (
            models.UniqueConstraint(fields=["dossier", "version"], name="a_version_is_judged_once"),
        )
        indexes = (models.Index(fields=["made_at"]),)
        ordering = ("dossier", "version")

    def __str__(self) -> str:
        return f"{self.dossier_id}.{self.version} {self.state}"


class Finding(models.Model):
    """One thing a rule said, in the words of that day."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    rule = models.CharField(max_length=8, db_index=True)
    outcome = models.CharField(max_length=16)
    severity = models.CharField(max_length=16)
    says = models.TextField()
    remedy = models.TextField(blank=True, default="")
    file = models.TextField(blank=True, default="")
    spot = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    confidence = models.FloatField(default=1.0)
    key = models.CharField(max_length=16, blank=True, default="")
    """The same for the same words about the same spot: what a waiver waives."""
    needs_officer = models.BooleanField(default=False)
    waived = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    """An officer called the open question a gap."""

    class Meta:
        """In the order the rules spoke."""

        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"


class Outgoing(Work):
    """One letter of ours. Its bytes and its Message-ID are final before it is first sent.

    Most tell a verdict of a dossier. A reminder (T9), a word that a mail went astray (T10) and a
    word that parts are awaited (T6) tell none, and their `occasion` keeps them from going twice.
    """

    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    """Null for a letter to a unit that sent nothing, or to who mistook the address."""
    verdict = models.ForeignKey(
        Verdict, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    call_id = models.CharField(max_length=32, blank=True, default="")
    """The call of a letter without a dossier."""
    register_id = models.CharField(max_length=30, blank=True, default="")
    """The unit a reminder is for."""
    occasion = models.CharField(max_length=150, blank=True, default="")
    """What a letter without a verdict is for, so that it is written once."""
    answers = models.ForeignKey(
        "Incoming", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    """The mail a letter without a dossier answers."""
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in ReplyKind])
    to = models.CharField(max_length=320, db_index=True)
    to_name = models.CharField(max_length=500, blank=True, default="")
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    message_id = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """sha256 of the final bytes in the store: what is previewed is what is sent."""
    state = models.CharField(max_length=16, choices=LetterState.choices)
    held_because = models.JSONField(default=list, blank=True)
    """Why it waits, or waited, for an officer; Vietnamese sentences."""
    made_at = models.DateTimeField(db_index=True)
    sending_since = models.DateTimeField(null=True, blank=True)
    sends = models.PositiveSmallIntegerField(default=0)
    """How often the bytes were handed to a server."""
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_code = models.PositiveSmallIntegerField(null=True, blank=True)
    """What the SMTP server answered last."""
    answer = models.TextField(blank=True, default="")
    proof = models.CharField(max_length=16, blank=True, default="")
    """What shows that it was sent: “answer”, “copy” (in our mailbox) or “officer”."""
    returned_at = models.DateTimeField(null=True, blank=True)
    """When a server said for good that the letter reached nobody."""
    returned_because = models.TextField(blank=True, default="")
    """What that server said; Vietnamese around a stranger's words."""

    class Meta(Work.Meta):
        """The same verdict can never make the same letter twice."""

        constraints = (
            models.UniqueConstraint(fields=["message_id"], name="a_message_id_is_one_letter"),
            models.UniqueConstraint(fields=["verdict", "kind"], name="a_verdict_is_answered_once"),
            models.UniqueConstraint(
                fields=["occasion"], condition=~Q(occasion=""), name="an_occasion_has_one_letter"
            ),
        )
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind} {self.state}"

    @property
    def about(self) -> str:
        """What the office names it by: the dossier's code, else whom it is for."""
        return self.dossier.code if self.dossier else self.to_name or self.to

    @property
    def of_call(self) -> str:
        """The id of its call."""
        return self.dossier.call_id if self.dossier else self.call_id


class Waiver(models.Model):
    """An officer's word that a finding need not be met, and why; wins over every new judgement."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="waivers")
    rule = models.CharField(max_length=8)
    key = models.CharField(max_length=16)
    """The finding it answers (`Finding.key`)."""
    says = models.TextField(blank=True, default="")
    """The finding's words, for people."""
    officer = models.CharField(max_length=150)
    reason = models.TextField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rule}"


class ConfirmedGap(models.Model):
    """An officer's word that an open question is a gap, in the words the unit is to read.

    It stands through every new judgement, until the papers it was said of change.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="confirmed_gaps")
    rule = models.CharField(max_length=8)
    key = models.CharField(max_length=16)
    """The finding it answers (`Finding.key`)."""
    file = models.TextField(blank=True, default="")
    papers = models.CharField(max_length=64)
    """What was looked at (`ledger.confirming.papers_of`): when this changes, it counts no more."""
    says = models.TextField()
    remedy = models.TextField()
    officer = models.CharField(max_length=150)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Oldest first; a question is called a gap once."""

        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["dossier", "key"],
                condition=Q(withdrawn_at=None),
                name="a_question_is_confirmed_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rule}"


class Pause(models.Model):
    """Letters of a call wait: many dossiers suddenly fail one rule, or the ledger is restored."""

    call_id = models.CharField(max_length=32)
    rule = models.CharField(max_length=8)
    """Empty when no rule is the reason."""
    since = models.DateTimeField()
    reason = models.TextField()
    judged = models.PositiveIntegerField()
    """How many dossiers were judged in the time looked at."""
    failing = models.JSONField(default=list)
    """Ids of the dossiers that newly failed the rule then."""
    versions = models.CharField(max_length=200, blank=True, default="")
    """Of rules and call then: an officer's word that the rule is right counts for these."""
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True, default="")
    """The officer who let letters go again; empty when the dossiers fail it no longer."""

    class Meta:
        """Newest first; a rule pauses a call once at a time."""

        ordering = ("-since", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["call_id", "rule"],
                condition=Q(ended_at=None),
                name="a_rule_pauses_a_call_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.call_id} {self.rule}"


class Package(models.Model):
    """A consolidated package (hồ sơ tổng hợp) as it was handed over."""

    call_id = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    internal = models.CharField(max_length=64, blank=True, default="")
    """sha256 of the zip that stays in the house; empty for packages made before there was one."""
    dossiers = models.ManyToManyField(Dossier, related_name="packages")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name


class AppendOnlyError(PermissionDenied):
    """Somebody tried to change or delete what only ever grows."""


class _AppendOnlyQuerySet(models.QuerySet["Act"]):
    """Refuses in bulk what the row refuses one by one."""

    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ANN401, ARG002 -- Django's signature
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class Act(models.Model):
    """Something a person did, and why. Rows are only ever added; the database refuses the rest."""

    who = models.CharField(max_length=150)
    verb = models.CharField(max_length=32)
    """“release”, “waive”, “drop”, “retry”, “package” …"""
    what = models.CharField(max_length=200)
    """What it was done to, as the office names it: a dossier's code, a mail's place."""
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="acts"
    )
    letter = models.ForeignKey(
        Outgoing, null=True, blank=True, on_delete=models.PROTECT, related_name="acts"
    )
    mail = models.ForeignKey(
        Incoming, null=True, blank=True, on_delete=models.PROTECT, related_name="acts"
    )
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    objects = _AppendOnlyQuerySet.as_manager()

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.who} {self.verb} {self.what}"

    def save(
        self,
        *,
        force_insert: bool | tuple[models.base.ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Add the row; raise AppendOnlyError when it stands already."""
        if not self._state.adding or force_update:
            raise AppendOnlyError
        super().save(force_insert=force_insert or True, using=using, update_fields=update_fields)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 -- Django's signature
        """Raise AppendOnlyError, always."""
        raise AppendOnlyError


class Trouble(models.Model):
    """Something that failed and that a person can see until it is over."""

    what = models.CharField(max_length=64)
    """“mailbox”, “smtp”, “mail”, “rule”, “letter”, “caps” …"""
    where = models.CharField(max_length=255, blank=True, default="")
    """Which one: an account, a dossier's code, a mail's place."""
    reason = models.TextField()
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(null=True, blank=True)
    """When it was over; null while it lasts."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When an alarm about it went to a person; null for what only the desk shows."""
    over_told_at = models.DateTimeField(null=True, blank=True)
    """When the note went that it is over."""

    class Meta:
        """What lasts stands once."""

        constraints = (
            models.UniqueConstraint(
                fields=["what", "where"], condition=Q(until=None), name="a_trouble_lasts_once"
            ),
        )
        ordering = (F("until").desc(nulls_first=True), "-since")

    def __str__(self) -> str:
        return f"{self.what} {self.where}: {self.reason}"
