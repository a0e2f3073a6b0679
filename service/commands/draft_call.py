"""`vanthu call new --from LETTER`: a call's file drafted from the letter that announces it."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import yaml

from config.library import SHIPPED, SOURCES
from config.load import load_call
from dossier.vietnamese import key
from ingest.cage import Cage
from ingest.content import UnreadableError
from ingest.extract.passage import Passage, paragraphs, passages
from ingest.readers.kinds import sniff
from service.drafting.draft import Known, call_id, draft, source_id
from service.drafting.letter import CallLetter, read_letter


@click.command()
@click.option(
    "--from",
    "letter",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Công văn mời đề xuất: .docx, .pdf, .txt … / the call letter.",
)
@click.option(
    "--out",
    "folder",
    default=Path(),
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục ghi dự thảo; mặc định là thư mục hiện tại. / where to write the draft.",
)
def new(letter: Path, folder: Path) -> None:
    """Lập dự thảo tệp đợt từ công văn; mọi chỗ máy đoán đều có dấu. / Draft a call's file."""
    try:
        lines = _lines(letter)
    except UnreadableError as error:
        message = f"{letter.name}: không đọc được / cannot be read: {error.reason}."
        raise click.ClickException(message) from error
    found = read_letter(lines)
    target = folder / f"{call_id(found)}.yaml"
    source = folder / "sources" / f"{source_id(found)}.txt"
    if taken := [path for path in (target, source) if path.exists()]:
        message = f"Đã có tệp này, không ghi đè / exists already: {taken[0]}"
        raise click.ClickException(message)
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("\n".join(line.text for line in lines) + "\n", encoding="utf-8")
    target.write_text(draft(found, letter.name, _known(found)), encoding="utf-8")
    click.echo(f"Dự thảo / draft: {target}")
    click.echo(f"Toàn văn công văn / its text: {source}")
    click.echo("Đọc lại từng chỗ ĐOÁN, ghi các chỗ ĐIỀN, xóa dòng “draft: true”, rồi chạy:")
    click.echo(f"  vanthu call check {target}")


def _lines(letter: Path) -> tuple[Passage, ...]:
    """The letter's lines, read like any paper: in the cage, by a program's eye if it is a scan."""
    raw = letter.read_bytes()
    if letter.suffix.lower() == ".txt":
        text = raw.decode("utf-8-sig").splitlines()
        numbered = enumerate(text, start=1)
        return tuple(Passage(text=line, spot=f"dòng {n}") for n, line in numbered if line.strip())
    with Cage() as cage:
        content = cage.read(sniff(raw), raw, by_eye=True)
    return paragraphs(passages(content.items))


def _known(letter: CallLetter) -> Known:
    forms, forms_of = next(_same_forms(letter), ("", ""))
    numbers = tuple((path.stem, _number(path.stem)) for path in sorted(SOURCES.glob("*.txt")))
    return Known(sources=numbers, forms=forms, forms_of=forms_of)


def _number(stem: str) -> str:
    """The number of a text by its file: “tt-15-2022” is 15/2022/TT."""
    found = re.fullmatch(r"([a-z]+)-(\d+)-(\d{4})", stem)
    return f"{found[2]}/{found[3]}" if found else ""


def _same_forms(letter: CallLetter) -> Iterator[tuple[str, str]]:
    """The `forms:` of a call whose forms bear a mark that the letter names."""
    named = " ".join(key(paper.form) for paper in letter.papers)
    for one in SHIPPED.calls():
        marks = {mark for form in load_call(one).forms for mark in form.marks}
        if any(key(mark.rpartition("/")[0]) in named for mark in marks if "/" in mark):
            yield _block(one, "forms"), one


def _block(call_id: str, name: str) -> str:
    """One top-level key of a call's file as its writer wrote it, comments and all."""
    path = SHIPPED.call(call_id)
    text = path.read_text(encoding="utf-8") if path else ""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    starts = [one.start_mark.line for one, _ in pairs]
    place = next(n for n, (one, _) in enumerate(pairs) if one.value == name)
    lines = text.splitlines()[
        starts[place] : starts[place + 1] if place + 1 < len(starts) else None
    ]
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return "\n".join(lines)
