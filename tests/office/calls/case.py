"""One sample dossier: a mail, its files, and what must come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A mail to a call's office and the answers a scorer compares with."""

    name: str
    why: str
    sender: str
    sender_name: str
    to: str
    subject: str
    body: str
    received: str
    files: dict[str, bytes]
    unit: str
    state: str
    reply: str
    must_fail: Sequence[str] = ()
    """Rules that must find a failure, and no other gap may."""
    must_ask: Sequence[str] = ()
    """Rules that must be a question for the officer."""
    roles: Mapping[str, str] = field(default_factory=dict[str, str])
    """File to role, as the contract names roles."""
    tasks: Mapping[str, str] = field(default_factory=dict[str, str])
    """Title to kind."""
    late: bool = False
    then: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Files of a second mail, two days later, that answers ours with what was missing."""
    first_reply: str = ""

    def gold(self) -> dict[str, object]:
        """The answers, in the form of the first call's samples."""
        documents = [{"file_contains": file, "roles": [role]} for file, role in self.roles.items()]
        dossier = {
            "unit": self.unit,
            "unit_aliases": [],
            "state": self.state,
            "late": self.late,
            "documents": documents,
            "tasks": [{"title": title, "kind": kind} for title, kind in self.tasks.items()],
            "must_fail": list(self.must_fail),
            "must_be_officer": list(self.must_ask),
        }
        first = self.first_reply if self.then else self.reply
        messages = [{"file": "01.eml", "triage": "submission", "reply": first}]
        if self.then:
            messages.append({"file": "02.eml", "triage": "supplement", "reply": self.reply})
        return {
            "title": self.name,
            "why": self.why,
            "expected": {"messages": messages, "dossiers": [dossier]},
        }
