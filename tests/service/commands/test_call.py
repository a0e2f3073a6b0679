"""`vanthu call`: a file with mistakes is told with their lines, a good one with what it asks."""

import json
from pathlib import Path

from click.testing import CliRunner

from config.library import CALLS, SHIPPED
from config.load import load_call
from service.commands.call import call

PAGES = Path(__file__).parents[3] / "docs" / "calls"


def test_a_good_file_is_described() -> None:
    for call_id in SHIPPED.calls():
        told = CliRunner().invoke(call, ["check", str(CALLS / f"{call_id}.yaml")])

        assert told.exit_code == 0, told.output
        assert f"{call_id}.yaml: dùng được / usable." in told.output


def test_its_own_requirements_and_the_rules_that_do_not_judge_it_are_named() -> None:
    told = CliRunner().invoke(call, ["check", str(CALLS / "quy-ninh-binh-2026.yaml")])

    assert "X01, X02, X03, X04, X05, X06" in told.output
    assert "C28" in told.output.split("not in force:")[1]


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = (CALLS / "tuyen-quang-2026.yaml").read_text(encoding="utf-8")
    broken = text.replace("first_year:", "frist_year:").replace("  district:", "  distrct:")
    file = tmp_path / "tuyen-quang-2026.yaml"
    file.write_text(broken, encoding="utf-8")

    told = CliRunner().invoke(call, ["check", str(file)])

    lines = {line.split(":")[0]: n for n, line in enumerate(broken.splitlines(), start=1)}
    assert told.exit_code == 1
    assert f"dòng {lines['frist_year']} / line {lines['frist_year']}: frist_year" in told.output
    assert f"dòng {lines['  distrct']} / line {lines['  distrct']}: office.distrct" in told.output
    assert "Did you mean first_year?" in told.output


def test_the_schema_names_every_key_and_refuses_others() -> None:
    told = CliRunner().invoke(call, ["schema"])

    schema = json.loads(told.output)
    assert {"id", "papers", "requirements", "sources"} <= schema["properties"].keys()
    assert schema["additionalProperties"] is False
    assert "enum" not in schema["$defs"]["TaskKind"]


def test_the_published_page_of_each_call_is_fresh() -> None:
    """`vanthu call handbook config/calls/ID.yaml > docs/calls/ID.md` writes it anew."""
    for call_id in SHIPPED.calls():
        page = PAGES / f"{call_id}.md"
        told = CliRunner().invoke(call, ["handbook", str(CALLS / f"{call_id}.yaml")])

        assert not load_call(call_id).requirements or page.read_text("utf-8") == told.output
