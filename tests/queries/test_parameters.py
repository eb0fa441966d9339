"""Parameters: texts become terms of their type, or are refused by name."""

import pytest
from pyoxigraph import Literal, NamedNode

from comity.errors import InputError, ParameterError
from comity.graph.binding import bind
from comity.queries.catalogue import read_question
from comity.queries.parameters import Parameter, bound_terms

ACTOR = Parameter("actor", "actor", "whom", None, True, False)
DAY = Parameter("day", "date", "when", "today", False, False)
COUNT = Parameter("count", "number", "how many", None, False, False)
YEAR = Parameter("year", "number", "which", None, False, False, low=1816, high=2030)
KIND = Parameter("kind", "kind", "how", None, False, True)
WORD = Parameter("word", "text", "what", None, False, False)


def only_arm(parameter: Parameter, text: str) -> None:
    if parameter.type == "actor" and text != "arm":
        raise ParameterError(f"no '{text}'", parameter=parameter.name)


def test_texts_become_terms_of_their_type() -> None:
    given = {
        "actor": ["arm"],
        "day": ["2022-09-13"],
        "count": ["-3"],
        "kind": ["condemn", "warn"],
        "word": ['a "b" {c} .'],
    }
    terms = bound_terms([ACTOR, DAY, COUNT, KIND, WORD], given, only_arm)
    assert terms["actor"] == [NamedNode("https://w3id.org/comity/id/actor/arm")]
    assert str(terms["day"][0]).startswith('"2022-09-13"^^')
    assert terms["count"] == [Literal(-3)]
    assert len(terms["kind"]) == 2
    assert terms["word"] == [Literal('a "b" {c} .')]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({}, "needs actor"),
        ({"actor": ["aze"]}, "'aze'"),
        ({"actor": ["arm", "arm"]}, "one value"),
        ({"actor": ["arm"], "day": ["2022-02-30"]}, "2022-02-30"),
        ({"actor": ["arm"], "count": ["many"]}, "whole number"),
        ({"actor": ["arm"], "kind": ["condem"]}, "must be one of"),
        ({"actor": ["arm"], "knid": ["warn"]}, "knid"),
        ({"actor": ["> } DROP ALL"]}, "DROP"),
    ],
)
def test_wrong_parameter_is_refused_by_name(given: dict[str, list[str]], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        bound_terms([ACTOR, DAY, COUNT, KIND], given, only_arm)


@pytest.mark.parametrize("year", ["1815", "2031", "", "1e3", "٢٠٢٢", "9" * 30])
def test_number_outside_its_bounds_is_refused_with_them(year: str) -> None:
    assert bound_terms([YEAR], {"year": ["1816"]}, only_arm)["year"] == [Literal(1816)]
    with pytest.raises(ParameterError, match="from 1816 up to 2030"):
        bound_terms([YEAR], {"year": [year]}, only_arm)


def test_bound_text_cannot_leave_its_place() -> None:
    text = bind(
        "SELECT ?s { VALUES ?q { 'x' } ?s ?p ?q }", {"q": [Literal('" } } DROP ALL # ?q { ')]}
    )
    assert '"\\" } } DROP ALL # ?q { "' in text


def test_parameter_that_is_left_open_loses_its_block() -> None:
    assert "VALUES" not in bind("SELECT ?s { VALUES ?q { 1 } ?s ?p ?q }", {"q": []})
    with pytest.raises(LookupError, match="differ"):
        bind("SELECT ?s { VALUES ?q { 1 } }", {"p": []})


HEADER = """# title: T
# question: Q?
# parameters:
#   as_of: {type: date, default: today, meaning: the day}
# columns:
#   s: a thing
# example: {as_of: 2022-09-13}
SELECT ?s { VALUES ?as_of { "2022-09-13"^^xsd:date } ?s ?p ?as_of }
"""


def test_header_is_read() -> None:
    found = read_question("q", "alliances", HEADER)
    assert (found.title, found.parameters[0].default, found.text[:6]) == ("T", "today", "SELECT")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("# title: T\n", "", "lacks title"),
        ("type: date", "type: day", "unknown type"),
        (", meaning: the day", "", "no meaning"),
        ("the day}", "a day, a month}", "quotation marks"),
        ("the day}", "the day, choices: moons}", "choices/moons.rq"),
        ("as_of", "format", "option of"),
        ("#   s: a thing", "#   s: a thing\n#   s_label: its name", "made from s"),
        ("{as_of: 2022-09-13}", "{day: 2022-09-13}", "unknown parameter"),
        ("VALUES ?as_of", "VALUES ?day", "differ"),
        ("#", "", "no header|lacks"),
    ],
)
def test_incomplete_header_is_refused(old: str, new: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        read_question("q", "alliances", HEADER.replace(old, new))
