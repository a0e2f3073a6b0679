"""`vanthu call`: a call's file, checked and described; nothing is sent and no ledger is needed."""

import json
from pathlib import Path

import click
from pydantic import TypeAdapter

from config.load import CallError, read_call
from dossier import Call
from rules.handbook_of_call import handbook_of
from rules.in_force import not_in_force, rules_of
from service.commands.draft_call import new


@click.group()
def call() -> None:
    """Tệp đợt đề xuất: kiểm tra, mô tả. / A call's file: check it, describe it."""


@call.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Kiểm tra tệp của một đợt; nêu từng lỗi với dòng và cách sửa. / Check a call's file."""
    try:
        found = read_call(file)
    except CallError as error:
        raise click.ClickException(str(error)) from error
    own = [asked.id for asked in found.requirements]
    off = [rule.id for rule in not_in_force(found)]
    click.echo(f"{file.name}: dùng được / usable. {found.title}")
    click.echo(f"Hạn / closes: {found.closes_at.isoformat()} ({found.closes_in_words})")
    click.echo(f"Quy tắc áp dụng / rules in force: {len(rules_of(found))}")
    click.echo(f"Yêu cầu riêng / its own requirements: {', '.join(own) or '0'}")
    click.echo(f"Không áp dụng / not in force: {', '.join(off) or '0'}")


@call.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def handbook(file: Path) -> None:
    """In trang công bố của một đợt (Markdown). / Print what a call asks, with its grounds."""
    try:
        found = read_call(file)
    except CallError as error:
        raise click.ClickException(str(error)) from error
    click.echo(handbook_of(found), nl=False)


@call.command()
def schema() -> None:
    """In JSON Schema của tệp đợt đề xuất. / Print the JSON Schema of a call's file."""
    click.echo(json.dumps(_schema(), ensure_ascii=False, indent=1))


def _schema() -> dict[str, object]:
    """What the loader accepts; keys a call may add to are any key, with the known ones shown."""
    document = TypeAdapter(Call).json_schema()
    definitions = document.get("$defs", {})
    for name in ("TaskKind", "FormFamily", "UnitKind", "Element"):
        if name in definitions:
            known = definitions[name].pop("enum", [])
            definitions[name] |= {"pattern": "^[a-z0-9][a-z0-9_-]*$", "examples": known}
    for one in (document, *definitions.values()):
        if one.get("type") == "object" and "properties" in one:
            one["additionalProperties"] = False
    one_of_the_two = [{"required": ["closes_at", "closes_in_words"]}, {"required": ["deadlines"]}]
    asked = [key for key in document["required"] if not key.startswith("closes")]
    return {**document, "required": asked, "anyOf": one_of_the_two}


call.add_command(new)
