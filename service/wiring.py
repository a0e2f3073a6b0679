"""The composition root: settings become the parts every step needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from config import settings as config
from config.library import library
from config.load import load_call
from config.settings import MailboxSettings, Settings
from dossier import Address, Call, Mode
from ingest.cage import Cage
from ingest.join import Known
from ingest.mailbox import Account
from ingest.mailbox import Security as ImapSecurity
from ledger import watch
from ledger.store import Moment, Store
from outbox import send as smtp
from outbox.render import Letters
from outbox.token import read_token
from service.clock import Clock, SystemClock
from service.doors import Doors
from service.knowing import Knowing
from service.points import Point
from service.registers import Registers
from service.signing_in import for_imap, for_smtp, sign_in

LETTERS = Path(config.__file__).parent / "letters"


def _nothing(_point: Point) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """Everything a step needs; made once a process."""

    settings: Settings
    store: Store
    clock: Clock
    calls: Mapping[str, Call]
    cage: Cage
    letters: Letters
    key: bytes = field(repr=False)
    """Seals our Message-IDs."""
    reached: Callable[[Point], None] = _nothing
    """Told of every durable step; the tests stop the world there."""
    proof_of: Callable[[str], bool]
    """Whether a Message-ID of ours lies in one of our mailboxes."""
    doors: Doors
    """Opens mailboxes, and keeps from knocking where a login was refused."""
    known: Callable[[Call], tuple[Known, ...]]
    """The open dossiers of a call, as a new mail needs to see them."""

    def call_of(self, account: str) -> Call:
        """The call that a mailbox's dossiers answer."""
        named = next((one.call for one in self.settings.mailboxes if one.name == account), "")
        return self.calls[named or self.settings.calls[0]]

    def mode(self, call: Call) -> Mode:
        """How letters of a call leave the house today."""
        mode = self.settings.mode or call.mode
        return Mode.APPROVE if mode is Mode.AUTOMATIC and watch.is_stopped(call.id) else mode

    def quiet(self, call: Call) -> timedelta:
        """How long after a unit's last mail its dossier is judged."""
        if self.settings.quiet_seconds is not None:
            return timedelta(seconds=self.settings.quiet_seconds)
        return timedelta(minutes=call.quiet_minutes)

    @property
    def grace(self) -> timedelta:
        """How long a letter may lack proof; longer than its copy takes to come back."""
        return timedelta(seconds=self.settings.doubt_seconds)

    @property
    def relay(self) -> smtp.Relay | None:
        """The server our letters leave by; None while none is set."""
        chosen = self.settings.smtp
        if chosen is None:
            return None
        return smtp.Relay(
            host=chosen.host,
            port=chosen.port,
            user=chosen.user,
            password=chosen.password.get_secret_value(),
            security=smtp.Security(chosen.security.value),
            timeout=self.settings.timeout_seconds,
            token=self._token_for_smtp(chosen.signs_in_as),
            authorities=Path(chosen.ca_file) if chosen.ca_file else None,
        )

    def account(self, mailbox: MailboxSettings) -> Account:
        """One mailbox as the IMAP door wants it, with its permission to sign in."""
        return account(mailbox, self.settings, self.clock)

    def _token_for_smtp(self, name: str) -> Callable[[bool], str] | None:
        named = (one for one in self.settings.mailboxes if name and one.name == name)
        signed_in = next((sign_in(one, self.settings, self.clock.now) for one in named), None)
        return for_smtp(signed_in) if signed_in else None

    def sender(self, call: Call) -> Address:
        """Who our letters come from."""
        chosen = self.settings.smtp
        own = chosen.sender if chosen and chosen.sender else call.office.mailbox
        return Address(own, call.office.name)

    def is_ours(self, address: str, call: Call) -> bool:
        """Whether an address is the office's own."""
        ours = {self.sender(call).address, call.office.mailbox, *call.office.addresses}
        return address.casefold() in {one.casefold() for one in ours}

    def code_of(self, message_id: str) -> str | None:
        """The dossier one of our own Message-IDs names; None when its seal is not ours."""
        token = read_token(message_id, self.key)
        return token.code if token else None


def wire(
    settings: Settings,
    clock: Clock | None = None,
    reached: Callable[[Point], None] = _nothing,
) -> Wired:
    """Make the parts from the settings."""

    def stored(moment: Moment) -> None:
        reached(Point(moment.value))

    folder, shelves = settings.data_folder, library(settings.calls_folder)
    clock = clock or SystemClock()
    doors = Doors(clock, settings.timeout_seconds)
    return Wired(
        settings=settings,
        store=Store(folder / "store", stored),
        reached=reached,
        clock=clock,
        calls=Registers({one: load_call(one, shelves) for one in settings.calls}),
        cage=Cage(),
        letters=Letters(LETTERS),
        key=config.secret_key(folder).encode("ascii"),
        proof_of=lambda message_id: _is_in_a_mailbox(message_id, settings, doors, clock),
        doors=doors,
        known=Knowing(),
    )


def account(
    mailbox: MailboxSettings, settings: Settings | None = None, clock: Clock | None = None
) -> Account:
    """One mailbox as the IMAP door wants it; without the settings it signs in by password."""
    signed_in = sign_in(mailbox, settings, (clock or SystemClock()).now) if settings else None
    return Account(
        name=mailbox.name,
        host=mailbox.host,
        port=mailbox.port,
        user=mailbox.user,
        password=mailbox.password.get_secret_value(),
        token=for_imap(signed_in) if signed_in else None,
        security=ImapSecurity(mailbox.security.value),
        folder=mailbox.folder,
        also_folders=mailbox.also_folders,
        reads_junk=mailbox.reads_junk,
        ca_file=mailbox.ca_file,
    )


def _is_in_a_mailbox(message_id: str, settings: Settings, doors: Doors, clock: Clock) -> bool:
    """Look for a letter of ours in every mailbox. Raises `MailboxError` when one cannot say."""
    for mailbox in settings.imap_mailboxes:
        with doors.open(account(mailbox, settings, clock)) as opened:
            if opened.find(message_id, mailbox.sent_folders):
                return True
    return False
