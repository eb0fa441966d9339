"""Allowed values: lists that a query gives, the class of a thing, the nearest value."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from comity.errors import ParameterError
from comity.graph.engine import EmbeddedEngine
from comity.ontology.namespaces import THINGS
from comity.queries.catalogue import choice_list
from comity.queries.choices import Allowed
from comity.queries.parameters import Parameter

# csto is an alliance by its class, osts because the treaty that made it obliges to defence.
# The treaty that made osce only obliges to offence, which is no pledge; the club has none.
GRAPH = """
@prefix c: <https://w3id.org/comity/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix a: <https://w3id.org/comity/id/actor/> .
@prefix t: <https://w3id.org/comity/id/treaty/> .
@prefix o: <https://w3id.org/comity/id/obligation/> .
@prefix ty: <https://w3id.org/comity/id/obligation-type/> .
a:csto a c:Actor, c:Organisation, c:InternationalOrganisation, c:Alliance ;
    skos:prefLabel "Collective Security Treaty Organization"@en .
a:osts a c:Actor, c:Organisation, c:InternationalOrganisation ; skos:prefLabel "Ostrich Society"@en .
a:osce a c:Actor, c:Organisation, c:InternationalOrganisation ; skos:prefLabel "A Conference"@en .
a:club a c:Actor, c:Organisation, c:InternationalOrganisation ; skos:prefLabel "Club"@en .
a:tur a c:Actor, c:State ; skos:prefLabel "Türkiye"@en .
a:joe a c:Actor, c:Person, c:Official ; skos:prefLabel "Joe"@en .
t:one a c:Treaty ; skos:prefLabel "One"@en ; c:constitutes a:osts .
t:two a c:Treaty ; skos:prefLabel "Two"@en ; c:constitutes a:osce .
o:a c:treaty t:one ; c:obligationType ty:defence .
o:b c:treaty t:two ; c:obligationType ty:offence .
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    folder = tmp_path_factory.mktemp("choices")
    return engine_of(folder / "one", GRAPH)


def engine_of(folder: Path, text: str) -> EmbeddedEngine:
    store = Store(str(folder))
    graph = NamedNode(f"{THINGS}source/case")
    store.load(text, format=RdfFormat.TURTLE, to_graph=graph)
    store.flush()
    del store
    return EmbeddedEngine(folder, folder.name)


def parameter(kind: str, choices: str | None = None) -> Parameter:
    return Parameter(
        name="who",
        type=kind,
        meaning="who",
        default=None,
        required=True,
        many=False,
        choices=choice_list(choices) if choices else None,
    )


def test_alliances_are_bodies_with_a_pledge_of_their_own_or_of_their_treaty(
    engine: EmbeddedEngine,
) -> None:
    found = Allowed(engine).values(parameter("alliance", "alliances"))
    assert [(one.value, one.label) for one in found] == [
        ("csto", "Collective Security Treaty Organization"),
        ("osts", "Ostrich Society"),
    ]


def test_values_follow_the_type_where_no_list_is_named(engine: EmbeddedEngine) -> None:
    allowed = Allowed(engine)
    assert [one.value for one in allowed.values(parameter("state"))] == ["tur"]
    assert [one.value for one in allowed.values(parameter("treaty"))] == ["one", "two"]
    assert "condemn" in {one.value for one in allowed.values(parameter("kind"))}
    # Of actors there are too many to choose from; they are only suggested.
    assert not allowed.values(parameter("actor"))
    assert len(allowed.suggestions(parameter("actor"))) == 6


@pytest.mark.parametrize(
    ("kind", "choices", "text", "word", "near"),
    [
        ("state", None, "csto", r"\(csto\) is an alliance, not a state", None),
        ("state", None, "joe", r"Joe \(joe\) is an official, not a state", None),
        ("organisation", None, "tur", r"Türkiye \(tur\) is a state, not an organisation", None),
        ("person", None, "tur", r"is a state, not a person", None),
        ("alliance", "alliances", "tur", r"is a state, not an alliance", None),
        ("alliance", "alliances", "club", r"Club \(club\) is not one of the 2 alliances", None),
        ("organisation", "alliances", "osce", r"2 alliances that who takes: csto, osts", None),
        ("alliance", "alliances", "cstoo", "no alliance with the id 'cstoo'", "csto"),
        ("actor", None, "Turkiye", "no actor with the id 'Turkiye'", "tur"),
        ("actor", None, "xyzzy", "no actor", None),
        ("actor", None, "> } DROP ALL", "no actor", None),
        ("claim", None, "nothing", "no claim", None),
    ],
)
def test_value_that_is_not_allowed_is_refused_with_the_nearest(
    engine: EmbeddedEngine, kind: str, choices: str | None, text: str, word: str, near: str | None
) -> None:
    with pytest.raises(ParameterError, match=word) as caught:
        Allowed(engine).check(parameter(kind, choices), text)
    assert caught.value.parameter == "who"
    assert caught.value.did_you_mean == near


@pytest.mark.parametrize(
    ("kind", "choices", "text"),
    [
        ("alliance", "alliances", "osts"),
        ("organisation", None, "club"),
        ("person", None, "joe"),
        ("actor", None, "tur"),
        ("date", None, "2022-09-13"),
    ],
)
def test_value_that_is_allowed_passes(
    engine: EmbeddedEngine, kind: str, choices: str | None, text: str
) -> None:
    Allowed(engine).check(parameter(kind, choices), text)


def test_lists_are_those_of_each_graph(engine: EmbeddedEngine, tmp_path: Path) -> None:
    other = engine_of(tmp_path / "two", GRAPH.replace("a:csto", "a:csto-2"))
    for found, name in ((engine, "csto"), (other, "csto-2"), (engine, "csto")):
        values = Allowed(found).values(parameter("alliance", "alliances"))
        assert [one.value for one in values] == [name, "osts"]
