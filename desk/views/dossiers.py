"""Dossiers: the list, one dossier with its evidence, and what an officer decides about it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk import verbs
from desk.findings import Group, Shown, call_of, is_open, passed, sorted_for_reading
from desk.papers import papers_of
from desk.sealed import sealed_among
from desk.views.answering import carry_out, officer, page, reason, reason_needed
from desk.waiting import mails_for_a_person
from dossier import Dossier as Assembled
from dossier.vietnamese import fold
from ledger import acts, values
from ledger.confirming import confirmed_in
from ledger.models import ConfirmedGap, Dossier, Finding, Incoming, Outgoing, Stage, Verdict
from rules.rule import Outcome, Severity, State

NO_STATE = "waiting"
"""The filter's name for dossiers not yet judged."""
LATE = "late"
MOST_REASONS = 3


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """List the dossiers, those that need a person first, with state and reason."""
    heads = [
        _Head(*row)
        for row in Dossier.objects.filter(moved_into=None).values_list(
            "pk", "number", "code", "unit_name", "state", LATE
        )
    ]
    chosen, wanted = request.GET.get("tinh-trang", ""), fold(request.GET.get("tim", ""))
    found = [one for one in heads if one.fits(chosen, wanted)]
    found.sort(key=lambda one: (one.state != State.OFFICER, -one.number))
    counts = Counter(one.state or NO_STATE for one in heads)
    counts[LATE] = sum(one.late for one in heads)
    shown = page(request, [one.pk for one in found])
    context = {
        "here": "dossiers",
        "page": shown,
        "rows": _listed(list(shown.object_list)),
        "counts": [(key, counts[key]) for key in (*map(str, State), NO_STATE, LATE) if counts[key]],
        "every": len(heads),
        "chosen": chosen,
        "wanted": request.GET.get("tim", ""),
    }
    return render(request, "desk/dossiers.html", context)


@dataclass(frozen=True, slots=True)
class _Head:
    """As much of a dossier as finding and ordering need; there may be thousands."""

    pk: int
    number: int
    code: str
    unit: str
    state: str
    late: bool

    def fits(self, chosen: str, wanted: str) -> bool:
        """Tell whether it is among those asked for."""
        right = not chosen or (self.state or NO_STATE) == chosen or (chosen == LATE and self.late)
        return right and (not wanted or wanted in fold(f"{self.code} {self.unit}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A dossier as the list shows it."""

    row: Dossier
    mails: int
    letter: Outgoing | None
    reasons: tuple[str, ...]
    more: int
    """How many reasons there are besides those shown."""


def _listed(chosen: Collection[int]) -> list[_Listed]:
    """One page of rows, in a number of queries that does not depend on how many they are."""
    rows = {row.pk: row for row in Dossier.objects.filter(pk__in=chosen)}
    mails = Counter(
        Incoming.objects.filter(dossier__in=chosen, duplicate_of=None).values_list(
            "dossier_id", flat=True
        )
    )
    letters = {
        letter.dossier_id: letter
        for letter in Outgoing.objects.filter(dossier__in=chosen)
        .only("dossier_id", "kind", "state")
        .order_by("pk")
    }
    findings = _findings_of(chosen)
    listed = []
    for pk in chosen:
        told = _reasons(rows[pk], findings[pk])
        listed.append(
            _Listed(
                row=rows[pk],
                mails=mails[pk],
                letter=letters.get(pk),
                reasons=told[:MOST_REASONS],
                more=max(len(told) - MOST_REASONS, 0),
            )
        )
    return listed


def _findings_of(dossiers: Collection[int]) -> defaultdict[int, list[Finding]]:
    """What the newest verdict of each found and no officer waived."""
    newest = dict(
        Verdict.objects.filter(dossier__in=dossiers)
        .order_by("version")
        .values_list("dossier_id", "pk")
    )
    of = {verdict: dossier for dossier, verdict in newest.items()}
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    rows = Finding.objects.filter(verdict__in=of, waived=False).order_by("position")
    for one in rows:
        found[of[one.verdict_id]].append(one)
    return found


def _reasons(row: Dossier, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Why it stands where it stands: what a person must answer, else what the unit must send."""
    asked, gaps = [], []
    for one in findings:
        if one.needs_officer:
            asked.append(f"Chưa kết luận: {one.says}" if is_open(one) else one.says)
        elif one.severity == Severity.GAP and one.outcome == Outcome.FAIL:
            gaps.append(one.says)
    told = [*gaps, *asked] if row.state == State.RESEND else asked or gaps
    aside = [f"Việc kiểm tra bị gác lại: {row.set_aside}"] if row.set_aside else []
    return tuple(dict.fromkeys([*aside, *row.doubts, *told]))


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier: what came, every finding with its words and clause, letters, acts."""
    row = get_object_or_404(Dossier, code=code)
    newest = row.newest
    shown = _shown(row, newest) if newest else ()
    waivers = tuple(row.waivers.filter(withdrawn_at=None))
    mails = tuple(row.mails.prefetch_related("files").defer("reading"))
    sealed, asked = sealed_among(mails), mails_for_a_person()
    judging = row.stage == Stage.JUDGE and not row.set_aside
    context = {
        "here": "dossiers",
        "dossier": row,
        "verdict": newest,
        "judging": judging,
        "judged_soon": judging and (row.due_at is None or row.due_at <= timezone.now()),
        "doubts": [_doubt(one, mails) for one in row.doubts],
        "gaps": _of(shown, Group.GAP),
        "questions": [one for one in _of(shown, Group.QUESTION) if not _told(row, one)],
        "remarks": _of(shown, Group.REMARK),
        "to_weigh": _of(shown, Group.TO_WEIGH),
        "passed": passed(newest.verdict, call_of(row.call_id)) if newest else (),
        "waivers": waivers,
        "waived_keys": {one.key for one in waivers},
        "confirmed": _confirmed(row),
        "confirmed_keys": frozenset(confirmed_in(row)),
        "mails": [
            _Mail(row=mail, sealed=mail.pk in sealed, waits=mail.pk in asked) for mail in mails
        ],
        "newest_mail": max((mail.pk for mail in mails), default=0),
        "letters": row.letters.order_by("-pk"),
        "acts": row.acts.order_by("-at", "-pk"),
        "tasks": values.load(Assembled, newest.assembled).tasks if newest else (),
        "kinds": {one.kind: one.name for one in call_of(row.call_id).kinds},
        "in_package": verbs.is_in_next_package(row),
    }
    return render(request, "desk/dossier.html", context)


def _shown(row: Dossier, newest: Verdict) -> tuple[Shown, ...]:
    findings = tuple(newest.findings.all())
    papers = papers_of(row, findings, newest.mails)
    return sorted_for_reading(findings, call_of(row.call_id), papers)


def _of(shown: Iterable[Shown], group: Group) -> list[Shown]:
    return [one for one in shown if one.group is group]


def _confirmed(row: Dossier) -> list[tuple[ConfirmedGap, bool]]:
    """What officers called gaps, and whether it still counts: the papers may have changed."""
    counting = confirmed_in(row)
    stand = row.confirmed_gaps.filter(withdrawn_at=None)
    return [(one, counting.get(one.key) == (one.says, one.remedy)) for one in stand]


def _told(row: Dossier, one: Shown) -> bool:
    """A doubt about a join stands above, with its own answer; it is not asked twice."""
    return one.finding.outcome == Outcome.UNKNOWN and one.finding.says in row.doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """Why a person must look, and the mails it is about."""

    says: str
    key: str
    """Stands for it in the form: a browser alters white space in what it sends back."""
    mails: tuple[Incoming, ...]


def _doubt(says: str, mails: Iterable[Incoming]) -> _Doubt:
    about = (one for one in mails if not one.certain and one.reason == says)
    return _Doubt(says=says, key=_key(says), mails=tuple(about))


def _key(says: str) -> str:
    return sha256(says.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """A mail of the dossier, shut or open."""

    row: Incoming
    sealed: bool
    waits: bool
    """It asks something that nobody answered yet."""


@require_POST
def waive(request: HttpRequest, code: str, finding: int) -> HttpResponse:
    """Waive one finding of the newest verdict, with a reason."""
    row = get_object_or_404(Dossier, code=code)
    one = get_object_or_404(Finding.objects.select_related("verdict"), pk=finding)
    if one.verdict.dossier_id != row.pk:
        raise Http404
    return carry_out(
        request,
        lambda: verbs.waive(row, one, officer(request), timezone.now(), reason(request)),
        "Đã ghi nhận; hồ sơ được kiểm tra lại ngay.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def withdraw(request: HttpRequest, code: str, waiver: int) -> HttpResponse:
    """Take a waiver back."""
    get_object_or_404(get_object_or_404(Dossier, code=code).waivers.all(), pk=waiver)
    return carry_out(
        request,
        lambda: acts.withdraw_waiver(waiver, officer(request), timezone.now(), reason(request)),
        "Đã rút lại; hồ sơ được kiểm tra lại ngay.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a doubt: the officer looked, and there is nothing in it."""
    row = get_object_or_404(Dossier, code=code)
    seen, asked = request.POST.get("thu-moi-nhat", ""), request.POST.get("dieu", "")
    doubt = next((one for one in row.doubts if _key(one) == asked), "")
    return carry_out(
        request,
        lambda: acts.confirm_doubt(
            row.pk,
            doubt,
            officer(request),
            timezone.now(),
            newest_mail=int(seen) if seen.isdecimal() else 0,
            reason=reason(request),
        ),
        "Đã xác nhận; hồ sơ được kiểm tra lại ngay.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def judge_now(request: HttpRequest, code: str) -> HttpResponse:
    """Judge a dossier without waiting for more mails."""
    row = get_object_or_404(Dossier, code=code)
    return carry_out(
        request,
        lambda: acts.judge_now(row.pk, officer(request), timezone.now(), reason(request)),
        "Hồ sơ được kiểm tra lại ngay.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def include(request: HttpRequest, code: str) -> HttpResponse:
    """Let a dossier into the package or keep it out, by what the pressed button said."""
    row = get_object_or_404(Dossier, code=code)
    asked = request.POST.get("quyet-dinh", "")
    if asked not in verbs.INCLUSIONS:
        raise Http404
    return carry_out(
        request,
        lambda: verbs.include(
            asked,
            row.pk,
            officer(request),
            timezone.now(),
            reason_needed(request, "Cần ghi lý do."),
        ),
        verbs.INCLUSIONS[asked],
        redirect("desk:dossier", code=code),
    )
