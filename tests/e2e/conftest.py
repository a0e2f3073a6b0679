"""A day needs the rows to be counted at its end."""

from tests.ledgers import set_up_django

set_up_django()
