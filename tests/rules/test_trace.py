"""Every sentence of the call letter has its rules, and every rule its sentence."""

import re
from pathlib import Path

import pytest

from rules import Rule, catalogue
from rules.elsewhere import DECIDED_ELSEWHERE
from rules.trace import Sentence, trace

LETTER = (Path(__file__).parents[2] / "config" / "sources" / "cong-van.txt").read_text("utf-8")
BEGINS, ENDS = "V/v", "UBND huyện đề nghị các cơ quan"
ASKS_NOTHING = (
    "Mỹ Lộc, ngày tháng năm 2024",
    "Kính gửi:",
    "I. Yêu cầu chung",
    "II. Định hướng nội dung đề xuất",
    "1. Định hướng chung:",
    "3. Quy trình và yêu cầu về hồ sơ đề xuất",
    "b. Hồ sơ đề xuất",
    "4. Thời hạn nộp hồ sơ",
)
"""The letter's headings, and its empty date."""


def plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


ASKS = plain(LETTER[LETTER.index(BEGINS) : LETTER.index(ENDS)])
CITING = [rule for rule in catalogue() if any(one.source == "cong-van" for one in rule.cites)]


@pytest.mark.parametrize("sentence", trace(), ids=lambda one: f"{one.number}")
def test_a_sentence_is_quoted_word_for_word(sentence: Sentence) -> None:
    assert plain(sentence.words) in ASKS


def test_the_sentences_stand_in_the_letters_order() -> None:
    places = [ASKS.index(plain(one.words)) for one in trace()]

    assert places == sorted(places)


def test_nothing_the_letter_asks_is_left_out() -> None:
    left = ASKS
    for words in (*(plain(one.words) for one in trace()), *ASKS_NOTHING):
        left = left.replace(words, " ", 1)

    assert re.findall(r"\w+", left) == []


def test_every_sentence_has_its_rules() -> None:
    known = {rule.id for rule in catalogue()} | {one.id for one in DECIDED_ELSEWHERE}

    assert [one.number for one in trace() if not one.rules] == []
    assert {rule for one in trace() for rule in one.rules} - known == set()


@pytest.mark.parametrize("rule", CITING, ids=lambda rule: rule.id)
def test_a_rule_stands_at_the_sentence_it_cites(rule: Rule) -> None:
    lost = [
        cite.words
        for cite in rule.cites
        if cite.source == "cong-van"
        and not any(
            rule.id in one.rules and plain(cite.words) in plain(one.words) for one in trace()
        )
    ]

    assert lost == []


def test_what_no_sentence_asks_for_is_about_mails_and_files_alone() -> None:
    asked = {rule for one in trace() for rule in one.rules}

    assert [rule.id for rule in catalogue() if rule.id not in asked and rule.id[0] != "S"] == [
        "F10"  # the names of files
    ]
