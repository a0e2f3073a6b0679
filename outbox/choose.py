"""Which letter a mail gets (domain.md §4.3). The only place that decides it."""

from dossier import ReplyKind, Triage
from rules.rule import State

_TELLS = {
    State.COMPLETE: ReplyKind.COMPLETE,
    State.GAPS: ReplyKind.GAPS,
    State.RESEND: ReplyKind.RESEND,
    State.OFFICER: ReplyKind.HELD,
    State.NIL_RETURN: ReplyKind.NIL_RETURN,
}
_ANSWERED = (Triage.SUBMISSION, Triage.SUPPLEMENT, Triage.NIL_RETURN)


def choose(  # noqa: PLR0913 -- each is one fact of the answer, and all but one are named
    state: State | None,
    *,
    triage: Triage,
    soft: bool = False,
    certain: bool = True,
    repeats: bool = False,
    parts_missing: bool = False,
) -> ReplyKind:
    """Choose the letter that answers a mail.

    `state` is the conclusion of the verdict that the mail's quiet period ended in; None while the
    period runs, when only a mail that announces more parts gets a letter (T6).
    `soft` is evidence that a machine may have written the mail, `certain` whether it surely belongs
    to its dossier: in either doubt an officer looks first (T3). `repeats` marks a mail that brought
    nothing but what had come already: it was answered then. `parts_missing` says that mails the
    unit announced are still to come: nothing may be called missing yet.

    Questions, machine mail, quarantined mail and mail for others get no letter by themselves.
    """
    if triage not in _ANSWERED or repeats:
        return ReplyKind.NONE
    if state is None:
        return ReplyKind.PARTIAL if parts_missing and not soft else ReplyKind.NONE
    if soft or not certain:
        return ReplyKind.HELD
    if parts_missing and state is not State.COMPLETE:
        return ReplyKind.PARTIAL
    return _TELLS[state]
