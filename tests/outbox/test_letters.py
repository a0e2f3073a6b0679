"""Every letter as a person proofreads it, and what holds for all of them."""

import re
from html.parser import HTMLParser

import pytest

from config.load import load_call
from outbox.render import WIDTH
from rules import catalogue
from tests.outbox.letters import CASES, GOLDEN, golden, reply

every_letter = pytest.mark.parametrize("name", sorted(CASES))
NEVER_SAID = ("từ chối", "vi phạm", "không đủ điều kiện", "hợp lệ về nội dung", "được duyệt")


class Page(HTMLParser):
    """What a mail program would make of a page: its words, its tags and their attributes."""

    def __init__(self, page: str) -> None:
        """Read the whole page at once."""
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.tags.append(tag)
        self.attributes.update(name for name, _value in attrs)

    def handle_data(self, data: str) -> None:
        """Remember its words."""
        self.words.append(data)


def words(text: str) -> str:
    return " ".join(text.split())


@every_letter
def test_a_letter_reads_as_the_office_proofread_it(name: str) -> None:
    assert golden(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_proofread_letter_is_still_written() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(CASES)


@every_letter
def test_no_letter_refuses_judges_content_or_blames(name: str) -> None:
    letter = reply(CASES[name])

    said = f"{letter.subject} {letter.text} {' '.join(Page(letter.html).words)}".lower()

    assert [phrase for phrase in NEVER_SAID if phrase in words(said)] == []


@every_letter
def test_plain_text_is_wrapped_and_has_no_trailing_or_doubled_blank_lines(name: str) -> None:
    lines = reply(CASES[name]).text.split("\n")

    assert max(map(len, lines)) <= WIDTH
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\n\n\n" not in "\n".join(lines)


@every_letter
def test_both_parts_say_the_same_facts(name: str) -> None:
    letter = reply(CASES[name])
    page = words(" ".join(Page(letter.html).words))

    numbered = re.findall(r"\[\d[\w-]+\]|“[^”]+”", words(letter.text))

    assert [fact for fact in numbered if fact.strip("[]") not in page] == []


@every_letter
def test_the_html_uses_only_what_every_mail_program_shows(name: str) -> None:
    page = Page(reply(CASES[name]).html)

    allowed = "html head meta title body table tr td p b i br ul li"
    assert set(page.tags) <= set(allowed.split())
    assert not {one for one in page.attributes if one.startswith("on")}
    assert page.attributes.isdisjoint({"href", "src", "class", "bgcolor"})


@every_letter
def test_the_html_is_small_and_says_its_language(name: str) -> None:
    html = reply(CASES[name]).html

    assert '<html lang="vi">' in html
    assert len(html.encode()) < 100_000


@every_letter
def test_a_subject_is_one_line_with_the_code_first(name: str) -> None:
    subject = reply(CASES[name]).subject

    assert subject.startswith("[1322-2025-0007] ")
    assert len(subject) <= 200
    assert "\n" not in subject


def test_every_text_a_rule_cites_has_a_name_for_people() -> None:
    cited = {cite.source for rule in catalogue() for cite in rule.cites}

    assert sorted(cited - load_call("1322-2025").sources.keys()) == []


def test_a_hostile_name_is_shown_but_harmless() -> None:
    letter = reply(CASES["T2 tên có mã độc"])

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in letter.html
    assert "<script" not in letter.html
    assert "\u202e" not in letter.text + letter.html + letter.subject
    assert re.findall(r"https?://|www\.|evil\.com", letter.text + letter.html) == []
    assert re.findall(r"^\s*Bcc:", letter.text, re.MULTILINE) == []
