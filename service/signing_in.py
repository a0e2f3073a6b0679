"""Which mailboxes sign in by OAuth2, and where their permissions lie."""

from collections.abc import Callable
from datetime import datetime

from config.settings import MailboxSettings, OAuthSettings, Provider, Settings
from ingest import oauth
from ingest.mailbox import LoginRefusedError, MailboxError
from outbox.send import NoTokenError

FOLDER = "sign-in"
"""Where in the data folder the permissions are kept."""


def sign_in(
    mailbox: MailboxSettings, settings: Settings, now: Callable[[], datetime]
) -> oauth.SignIn | None:
    """Give the permission of a mailbox; None when it has a password."""
    if mailbox.oauth is None:
        return None
    path = settings.data_folder / FOLDER / f"{mailbox.name}.json"
    return oauth.SignIn(application(mailbox.oauth), path, now, mailbox.name)


def application(chosen: OAuthSettings) -> oauth.Application:
    """Give our application as its provider knows it. Raises ValueError for a wrong address."""
    secret = chosen.client_secret.get_secret_value()
    match chosen.provider:
        case Provider.GOOGLE:
            return oauth.google(chosen.client_id, secret)
        case Provider.MICROSOFT:
            return oauth.microsoft(chosen.client_id, secret, chosen.tenant)
        case Provider.OTHER:
            return oauth.Application(
                client_id=chosen.client_id,
                client_secret=secret,
                token_url=chosen.token_url,
                device_url=chosen.device_url,
                authorization_url=chosen.authorization_url,
                scopes=chosen.scopes,
                ca_file=chosen.ca_file,
            )


def for_imap(signed_in: oauth.SignIn) -> Callable[[bool], str]:
    """Give tokens as the IMAP door wants them."""

    def token(fresh: bool) -> str:  # noqa: FBT001 -- as `Account.token` is called
        try:
            return signed_in.token(fresh=fresh)
        except oauth.SignInError as error:
            refusal = LoginRefusedError if error.is_final else MailboxError
            raise refusal(error.reason) from error

    return token


def for_smtp(signed_in: oauth.SignIn) -> Callable[[bool], str]:
    """Give tokens as the SMTP door wants them."""

    def token(fresh: bool) -> str:  # noqa: FBT001 -- as `Relay.token` is called
        try:
            return signed_in.token(fresh=fresh)
        except oauth.SignInError as error:
            raise NoTokenError(error.reason) from error

    return token
