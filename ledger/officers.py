"""The people who may open the desk."""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


class WeakPasswordError(Exception):
    """The password is too easy to guess; the Vietnamese message says why."""


def is_officer(name: str) -> bool:
    """Tell whether somebody of this name may open the desk."""
    return User.objects.filter(username=name, is_active=True).exists()


def admit(name: str, password: str) -> None:
    """Give an officer an account, or a new password to one who has it.

    Raises `WeakPasswordError`.
    """
    officer = User.objects.filter(username=name).first() or User(username=name)
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise WeakPasswordError(" ".join(error.messages)) from error
    officer.is_active = True
    officer.set_password(password)
    officer.save()
