"""Same questions, same answers: every question on every engine."""

from collections.abc import Mapping, Sequence

import pytest

from comity.errors import EngineError
from comity.graph.engine import EmbeddedEngine
from comity.graph.remote import RemoteEngine
from comity.queries.catalogue import Question, catalogue
from comity.queries.run import ask, bound_text
from engines.servers import Server

# Questions that Virtuoso answers wrongly, whatever was tried; at most five. The question
# says so itself, in a comment that begins with `# Not on Virtuoso:`.
MOST_EXCEPTIONS = 5
EXCEPTIONS = {one.id for one in catalogue().values() if "# Not on Virtuoso:" in one.text}


def _cases() -> list[tuple[str, str]]:
    return [
        (question.id, arguments)
        for question in catalogue().values()
        for arguments in ("example", "none")
        if arguments == "example" or not question.missing(())
    ]


def _given(question: Question, arguments: str) -> Mapping[str, Sequence[str]]:
    if arguments == "none":
        return {}
    return {name: [value] for name, value in question.example.items()}


@pytest.mark.parametrize(("question", "arguments"), _cases())
def test_question_has_the_same_answer(
    server: Server,
    remote: RemoteEngine,
    shipped_engine: EmbeddedEngine,
    question: str,
    arguments: str,
) -> None:
    asked = catalogue()[question]
    given = _given(asked, arguments)
    if server.name == "virtuoso" and question in EXCEPTIONS:
        with pytest.raises(EngineError, match="Virtuoso does not answer this question rightly"):
            ask(remote, asked, given)
        return
    expected = ask(shipped_engine, asked, given)
    found = ask(remote, asked, given)
    assert found.columns == expected.columns
    assert found.rows == expected.rows


def test_exceptions_are_few_and_still_needed(
    server: Server, remote: RemoteEngine, shipped_engine: EmbeddedEngine
) -> None:
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS
    if server.name != "virtuoso":
        return
    for question in sorted(EXCEPTIONS):
        differs = False
        for arguments in (each for name, each in _cases() if name == question):
            asked = catalogue()[question]
            text, _ = bound_text(shipped_engine, asked, _given(asked, arguments))
            unmarked = text.replace("# Not on Virtuoso:", "#")
            differs = differs or remote.select(unmarked) != shipped_engine.select(unmarked)
        assert differs, f"Virtuoso answers {question} rightly now: take the comment out"
