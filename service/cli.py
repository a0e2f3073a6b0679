"""`vanthu`: every verb on the command line, each loaded only when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "backup": "service.commands.backup:backup",
        "call": "service.commands.call:call",
        "check": "service.check:check",
        "demo": "service.demo.show:demo",
        "doctor": "service.commands.doctor:doctor",
        "export": "service.commands.export:export",
        "init": "service.commands.init:init",
        "intake": "service.commands.intake:intake",
        "login": "service.commands.login:login",
        "package": "service.commands.package:package",
        "rejudge": "service.commands.rejudge:rejudge",
        "restore": "service.commands.backup:restore",
        "retry": "service.commands.retry:retry",
        "rules": "service.commands.rules:rules",
        "run": "service.commands.run:run",
        "units": "service.commands.units:units",
        "web": "service.commands.web:web",
        "work": "service.commands.work:work",
    }
)
"""Name of a verb to “module:command”. A verb costs nothing until it is called."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is named, and not before.

    `vanthu check` must start in a fraction of a second and never load Django.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in alphabetical order."""
        del ctx  # click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb; None for a word that is none."""
        del ctx  # click's signature
        way = COMMANDS.get(cmd_name)
        if way is None:
            return None
        module, _, name = way.partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            message = f"{way} is not a command"
            raise TypeError(message)
        return command


@click.group(cls=LazyGroup)
def main() -> None:
    """Văn Thư: tiếp nhận, kiểm tra và trả lời hồ sơ gửi qua thư điện tử."""


if __name__ == "__main__":
    main()
