"""Text of a document is data: what it tells a program to do changes no answer, and what is hidden is pointed out."""

import hostile_reports as hostile
import pytest

import finlens
from finlens.llm.prompts import messages

ATTACKS = list(hostile.attacks())


def said(answer):
    return answer.refused, answer.value, answer.unit, answer.scale, answer.spans, answer.text, [c.text for c in answer.citations[:1]]


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """What is answered about the same statements with nothing put in."""
    found = {}
    for language, (*_, questions) in hostile.STATEMENTS.items():
        path = hostile.write(tmp_path_factory.mktemp("honest") / "report.pdf", language)
        document = finlens.read(path)
        assert not document.doubts
        found[language] = [finlens.ask(document, question) for question in questions]
        assert not any(answer.refused or answer.warnings for answer in found[language])
    return found


def test_there_are_more_than_a_hundred_hostile_documents():
    assert len(ATTACKS) > 150


@pytest.mark.parametrize(("language", "lines", "way"), ATTACKS, ids=lambda part: part if isinstance(part, str) else part[0][:30])
def test_words_put_in_change_no_answer_and_hidden_ones_are_pointed_out(tmp_path, honest, language, lines, way):
    document = finlens.read(hostile.write(tmp_path / "report.pdf", language, lines, way))
    flagged = [doubt for doubt in document.doubts if doubt.is_hidden_text]
    if way in hostile.FLAGGED:
        kept = " ".join(doubt.printed for doubt in flagged)
        assert all(word in kept for line in lines for word in line.split())
        assert any("hidden text on page 1" in warning for warning in document.warnings)
    else:
        assert not flagged
    questions = hostile.STATEMENTS[language][-1]
    for question, right in zip(questions, honest[language], strict=True):
        answer = finlens.ask(document, question)
        assert said(answer) == said(right)
        assert any("hidden text" in warning for warning in answer.warnings) == (way in hostile.FLAGGED)


@pytest.mark.parametrize("text", [text for texts in hostile.COMMANDS.values() for text in texts])
def test_no_chat_mark_of_a_document_reaches_a_model(text):
    [turn] = messages(text, "")
    assert not any(mark in turn["content"] for mark in ("<|", "[INST]", "[/INST]", "<<SYS", "<function"))
