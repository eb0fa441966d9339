"""Answers as people read them: names, plain values, chosen columns."""

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from pyoxigraph import Literal, NamedNode

from comity.errors import ParameterError
from comity.graph.engine import Answer, EmbeddedEngine
from comity.graph.terms import day_term, node
from comity.queries.run import Named, Rows, readable


def test_terms_become_what_people_read(shipped_engine: EmbeddedEngine) -> None:
    row = (
        node("actor", "arm"),
        node("kind", "condemn"),
        node("membership", "csto-arm"),
        node("stance", "no-such-act"),
        NamedNode("https://example.org/x"),
        Literal(3),
        Literal("0.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        Literal(True),
        day_term(date(2022, 9, 13)),
        Literal("2022-09"),
        None,
    )
    names = tuple("abcdefghijk")
    (found,) = readable(shipped_engine, Answer(names, (row,)))
    things = [(one.id, one.label, one.type) for one in found[:4] if isinstance(one, Named)]
    assert things == [
        ("arm", "Armenia", "state"),
        ("condemn", "condemn", "concept"),
        ("csto-arm", "csto-arm", "membership"),
        ("no-such-act", "no-such-act", "stance-act"),
    ]
    assert found[4:] == (
        *("https://example.org/x", 3, Decimal("0.5"), True, date(2022, 9, 13), "2022-09", None),
    )


def test_columns_are_chosen_and_ordered() -> None:
    rows = Rows(("a", "b", "c"), ((1, 2, 3),), {}, "")
    chosen = rows.only(("c", "a"))
    assert (chosen.columns, chosen.rows) == (("c", "a"), ((3, 1),))
    assert rows.only(()) == rows
    with pytest.raises(ParameterError, match="no column 'd'"):
        rows.only(("d",))


def test_naming_the_things_of_thousands_of_rows_is_quick(shipped_engine: EmbeddedEngine) -> None:
    actors = [node("actor", name) for name in ("arm", "aze", "rus", "tur")]
    rows = tuple(
        (actors[at % 4], node("obligation", f"o-{at}"), Literal(at % 7), Literal("words"))
        for at in range(20_000)
    )
    begun = perf_counter()
    found = readable(shipped_engine, Answer(("a", "b", "c", "d"), rows))
    assert perf_counter() - begun < 2.0
    assert str(found[3][0]) == "Türkiye (tur)"
