"""What the rules together conclude."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from rules.rule import Finding, Outcome, Severity, State

LATE = "D01"
"""The rule whose failure lays “sau thời hạn” over whatever else is concluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A finding, stamped with the rule that made it and what it costs in this call."""

    rule: str
    severity: Severity
    finding: Finding
    concludes: State | None = None
    """The state this finding settles by itself."""
    holds: bool = True
    """Whether an OFFICER weight keeps the dossier with a person."""

    @property
    def key(self) -> str:
        """The same for the same words about the same spot: what a waiver waives."""
        at = self.finding.at
        words = (self.rule, at.file if at else "", at.spot if at else "", self.finding.says)
        return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]

    @property
    def label(self) -> str:
        """Name what was found as the office does."""
        return self.finding.label(self.severity)

    @property
    def needs_officer(self) -> bool:
        """Tell whether a person must look before anything is answered."""
        if self.finding.outcome is Outcome.ERROR:
            return True
        if self.finding.outcome is Outcome.UNKNOWN and self.severity is Severity.GAP:
            return True
        return self.severity is Severity.OFFICER and self.holds

    @property
    def is_gap(self) -> bool:
        """Tell whether the unit must supply or correct something."""
        return self.severity is Severity.GAP and self.finding.outcome is Outcome.FAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Every rule is accounted for: it passed, it found something, or it did not apply."""

    judged: tuple[Judged, ...]
    passed: tuple[str, ...]
    not_applicable: Mapping[str, str] = field(default_factory=dict[str, str])
    """Rule id to the id of the rule whose finding took its ground."""
    call: str = ""
    """The call judged against."""
    rules: str = ""
    """The version of the rule set (`rules.version`)."""

    @property
    def state(self) -> State:
        """Conclude (domain.md §6.2): a question outweighs a gap, a gap outweighs silence.

        A rule of ours that broke calls a person before anything else is concluded.
        """
        settled = {one.concludes for one in self.judged if one.finding.outcome is Outcome.FAIL}
        if any(one.finding.outcome is Outcome.ERROR for one in self.judged):
            return State.OFFICER
        for state in (State.NIL_RETURN, State.RESEND):
            if state in settled:
                return state
        if any(one.needs_officer for one in self.judged):
            return State.OFFICER
        if any(one.is_gap for one in self.judged):
            return State.GAPS
        return State.COMPLETE

    @property
    def late(self) -> bool:
        """Tell whether the dossier came after the deadline; an overlay, never a state."""
        return any(one.rule == LATE and one.finding.outcome is Outcome.FAIL for one in self.judged)

    @property
    def gaps(self) -> tuple[Judged, ...]:
        """All that the unit must supply or correct, in reading order."""
        return tuple(one for one in self.judged if one.is_gap)

    @property
    def questions(self) -> tuple[Judged, ...]:
        """All that keeps the dossier with a person, in reading order."""
        return tuple(one for one in self.judged if one.needs_officer)

    def without(self, waived: Collection[str]) -> "Verdict":
        """The same verdict with the findings of these keys waived by an officer."""
        return replace(self, judged=tuple(one for one in self.judged if one.key not in waived))
