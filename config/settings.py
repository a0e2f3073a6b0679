"""The office's settings: one `vanthu.toml`, every value also as `VANTHU_…` in the environment.

Read once, in the composition root, and handed on as values.
"""

import os
import secrets
import tempfile
import tomllib
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.database import is_usable
from dossier import Mode

CONFIG_NAME = "vanthu.toml"
CONFIG_VARIABLE = "VANTHU_CONFIG"
EXAMPLE = Path(__file__).with_name("vanthu.example.toml")

Port = Annotated[int, Field(ge=1, le=65535)]


class SettingsError(Exception):
    """The settings cannot be used; the message names every wrong value and where it stands."""


class Security(StrEnum):
    """How a connection to a mail server is protected."""

    TLS = "tls"  # from the first byte: 993, 465
    STARTTLS = "starttls"  # raised after the greeting: 143, 587
    NONE = "none"  # a server on this very machine only


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MailboxKind(StrEnum):
    """Where the mails of a mailbox lie."""

    IMAP = "imap"
    FOLDER = "folder"  # files put into a folder of this machine


class Provider(StrEnum):
    """Whose sign-in pages are known; `OTHER` names its own."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"
    OTHER = "other"


class OAuthSettings(_Section):
    """Signing in by OAuth2 instead of a password; `vanthu login` asks for the permission."""

    provider: Provider
    client_id: str
    """The application as the office registered it with the provider."""
    client_secret: SecretStr = SecretStr("")
    tenant: str = "organizations"
    """Microsoft's name for the office's directory."""
    token_url: str = ""
    device_url: str = ""
    authorization_url: str = ""
    scopes: tuple[str, ...] = ()
    ca_file: str = ""
    """A certificate to trust besides the system's."""


class MailboxSettings(_Section):
    """One mailbox that receives dossiers, or a folder whose files are taken in like mails."""

    name: str = Field(default="van-thu", min_length=1, max_length=64, pattern=r"^[^/\\\x00-\x1f]+$")
    """A short name; it stands in the ledger, so it never changes once mails came in."""
    kind: MailboxKind = MailboxKind.IMAP
    path: Path | None = None
    """The folder whose `.eml` and `.msg` files are taken in; relative to the settings file."""
    host: str = ""
    port: Port = 993
    user: str = ""
    password: SecretStr = SecretStr("")
    oauth: OAuthSettings | None = None
    security: Security = Security.TLS
    ca_file: str = ""
    """A certificate to trust besides the system's: an office's own authority."""
    folder: str = "INBOX"
    also_folders: tuple[str, ...] = ()
    """Folders read like the first one."""
    reads_junk: bool = True
    """The folder for junk is read, too; nothing in it is answered before an officer looks."""
    sent_folders: tuple[str, ...] = ()
    """Where copies of our letters may lie besides INBOX and the folder marked `\\Sent`."""
    call: str = ""
    """The call its dossiers answer; empty for the first of `calls`."""

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.kind is MailboxKind.FOLDER and self.path is None:
            message = "kind = “folder” needs a path"
            raise ValueError(message)
        if self.kind is MailboxKind.IMAP and not (self.host and self.user):
            message = "needs host and user"
            raise ValueError(message)
        return self


class SmtpSettings(_Section):
    """The server our letters leave by."""

    host: str
    port: Port = 465
    user: str = ""
    password: SecretStr = SecretStr("")
    signs_in_as: str = ""
    """The name of the mailbox whose OAuth2 permission sends, too; empty uses the password."""
    security: Security = Security.TLS
    ca_file: str = ""
    """A certificate to trust besides the system's."""
    sender: str = ""
    """Envelope and From address; empty means the mailbox of the call's office."""


class DeskSettings(_Section):
    """Where the officer's page is served."""

    host: str = "127.0.0.1"
    port: Port = 8322
    names: tuple[str, ...] = ()
    """Other names the page is reached by (“van-thu.local”); the host and localhost always are."""
    https: bool = False
    """A proxy in front speaks HTTPS: cookies then travel by HTTPS only."""
    metrics_token: SecretStr = SecretStr("")
    """Who shows it may read `/metrics`; empty: only programs on this very machine may."""


class CapSettings(_Section):
    """How many letters may leave by themselves; above that they wait for an officer."""

    address_ten_minutes: int = Field(default=3, ge=1)
    address_day: int = Field(default=10, ge=1)
    dossier_day: int = Field(default=10, ge=1)
    all_ten_minutes: int = Field(default=60, ge=1)
    a_minute: int = Field(default=20, ge=1)
    """What the mail server gets in one minute; the others go a little later, nothing is held."""


class AlarmSettings(_Section):
    """When somebody must hear that the service itself cannot work."""

    to: str = ""
    """A second address of an officer, on another server if there is one; empty: no mail."""
    silent_minutes: int = Field(default=15, ge=1)
    """So long without a visit to a mailbox that saw everything."""
    free_megabytes: int = Field(default=1024, ge=1)
    """Less room than this for the data folder."""


class WatchSettings(_Section):
    """When a rule that suddenly fails makes letters wait: it may be the rule that is wrong."""

    share: float = Field(default=0.3, gt=0, le=1)
    """More than this share of the dossiers judged in the span newly fail one rule."""
    at_least: int = Field(default=10, ge=2)
    """Fewer dossiers judged in the span say nothing."""
    hours: int = Field(default=24, ge=1)


class Settings(BaseSettings):
    """Everything one installation decides; a wrong or unknown name is an error, never ignored."""

    model_config = SettingsConfigDict(
        env_prefix="VANTHU_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data_folder: Path = Path("var")
    """Ledger, raw mails, files, packages, the secret key; relative to the settings file."""
    database_url: SecretStr = SecretStr("")
    """`postgresql://user:password@host/name` for many machines; empty: SQLite in `data_folder`."""
    calls_folder: Path | None = None
    """Calls of the office's own: `*.yaml`, and the texts they quote in `sources/*.txt` below it."""
    calls: tuple[str, ...] = ("1322-2025",)
    """Ids of the open calls, as `config/calls/` names them; the first is the usual one."""
    mode: Mode | None = None
    """dry_run, approve or automatic; empty leaves it to the call."""
    quiet_seconds: int | None = Field(default=None, ge=0)
    """How long after a unit's last mail its dossier is judged; empty leaves it to the call."""
    poll_seconds: int = Field(default=60, ge=1)
    """The mailbox is asked at least this often, even while it promises to notify."""
    timeout_seconds: int = Field(default=60, ge=1)
    """How long a mail server may stay silent before its line is given up and made anew."""
    doubt_seconds: int = Field(default=900, ge=1)
    """How long a letter may lack proof of sending before it is sent again or asked about."""
    workers: int = Field(default=2, ge=1, le=32)
    mailboxes: tuple[MailboxSettings, ...] = ()
    smtp: SmtpSettings | None = None
    desk: DeskSettings = DeskSettings()
    alarm: AlarmSettings = AlarmSettings()
    caps: CapSettings = CapSettings()
    watch: WatchSettings = WatchSettings()

    @property
    def imap_mailboxes(self) -> tuple[MailboxSettings, ...]:
        """The mailboxes on a server."""
        return tuple(one for one in self.mailboxes if one.kind is MailboxKind.IMAP)

    @property
    def folder_mailboxes(self) -> tuple[MailboxSettings, ...]:
        """The mailboxes that are folders of this machine."""
        return tuple(one for one in self.mailboxes if one.kind is MailboxKind.FOLDER)

    @field_validator("mailboxes")
    @classmethod
    def _names_each_once(
        cls, mailboxes: tuple[MailboxSettings, ...]
    ) -> tuple[MailboxSettings, ...]:
        """Two mailboxes of one name would share their rows: mails of one would be lost."""
        if len({one.name for one in mailboxes}) < len(mailboxes):
            message = "two mailboxes have the same name"
            raise ValueError(message)
        return mailboxes

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not is_usable(url.get_secret_value()):
            message = "must be postgresql://user:password@host:port/name"
            raise ValueError(message)
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- pydantic names the hook's arguments
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- pydantic names the hook's arguments
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        path = config_path()
        file = TomlConfigSettingsSource(settings_cls, path if path.is_file() else None)
        return (init_settings, env_settings, file)


def config_path() -> Path:
    """Where the settings file is, or would be: `VANTHU_CONFIG`, else `vanthu.toml` here."""
    return Path(os.environ.get(CONFIG_VARIABLE) or CONFIG_NAME).absolute()


def load() -> Settings:
    """Read the settings, the data folder made absolute.

    Raises SettingsError when the file is no TOML or a value is wrong or unknown.
    """
    path = config_path()
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_explained(error, path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = f"{path}: tệp cấu hình không đọc được / cannot be read: {error}"
        raise SettingsError(message) from error
    folder = (path.parent / settings.data_folder).resolve()
    mailboxes = tuple(
        one.model_copy(update={"path": (path.parent / one.path).resolve()}) if one.path else one
        for one in settings.mailboxes
    )
    own = (path.parent / settings.calls_folder).resolve() if settings.calls_folder else None
    return settings.model_copy(
        update={"data_folder": folder, "mailboxes": mailboxes, "calls_folder": own}
    )


def _explained(error: ValidationError, path: Path) -> str:
    """One line a wrong value; the value itself stays out, it may be a password."""
    lines = [f"{path}: cấu hình có giá trị sai / wrong settings:"]
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        spot = ".".join(str(part) for part in problem["loc"])
        lines.append(f"  {spot}: {problem['msg']}")
    return "\n".join(lines)


def secret_key(folder: Path) -> str:
    """Read the installation's secret, made once and readable by its owner only.

    Before the data folder exists there is nothing to protect yet, and the key lives as long as
    the process: loading the settings must not create folders.
    """
    if not folder.is_dir():
        return secrets.token_urlsafe(48)
    path = folder / "secret.key"
    if not path.exists():
        _make_secret(path)
    return path.read_text(encoding="ascii").strip()


def _make_secret(path: Path) -> None:
    """Under its name the key is always whole: of several that make one at once, the first stays."""
    handle, name = tempfile.mkstemp(prefix="secret-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
