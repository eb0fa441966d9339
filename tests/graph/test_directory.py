"""The list of actors: by label, by a piece of any name, by class and by day."""

from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from comity.graph.build import build
from comity.graph.directory import find_actors
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import Change, GraphHome
from comity.graph.importing import import_files
from comity.graph.terms import node, term
from comity.ontology.namespaces import PREFIXES, Thing, id_of
from importers import COW_HEADER, CST


def ids(engine: EmbeddedEngine, *args: object) -> list[str]:
    return [id_of(iri) for iri in find_actors(engine, *args)]  # type: ignore[arg-type]


def test_actors_come_by_label_and_are_found_by_any_name(tmp_path: Path, data_folder: Path) -> None:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    before = ids(home.engine())
    graph = node(Thing.SOURCE, "paper-1")
    rdf_type = NamedNode(f"{PREFIXES['rdf']}type")

    def actor(name: str, class_name: str, label: str, *more: Quad) -> list[Quad]:
        iri = node(Thing.ACTOR, name)
        return [
            Quad(iri, rdf_type, term("Actor"), graph),
            Quad(iri, rdf_type, term(class_name), graph),
            Quad(iri, term("skos:prefLabel"), Literal(label, language="en"), graph),
            *more,
        ]

    def said(name: str, prop: str, value: Literal) -> Quad:
        return Quad(node(Thing.ACTOR, name), term(prop), value, graph)

    def day(text: str) -> Literal:
        return Literal(text, datatype=NamedNode(f"{PREFIXES['xsd']}date"))

    home.commit(
        "me",
        "three more",
        Change(
            add=(
                *actor("zed", "Organisation", "Zed"),
                *actor(
                    "aa-1", "Organisation", "AA once",
                    said("aa-1", "startEarliest", day("1955-05-14")),
                    said("aa-1", "endLatest", day("1991-07-01")),
                    said("aa-1", "skos:altLabel", Literal("Pact of W.", language="en")),
                ),
                *actor("aa-2", "Person", "Aa two"),
            )
        ),
    )  # fmt: skip
    engine = home.engine()
    found = ids(engine)
    assert set(found) == {*before, "zed", "aa-1", "aa-2"}
    # "aa once" stands before "aa two": the case of letters does not count.
    assert [one for one in found if one in ("zed", "aa-1", "aa-2")] == ["aa-1", "aa-2", "zed"]
    assert ids(engine, (), "PACT") == ["aa-1"]
    assert ids(engine, ["Person"], "aa") == ["aa-2"]
    assert ids(engine, (), "aa", date(1991, 7, 1)) == ["aa-1", "aa-2"]
    assert ids(engine, (), "aa", date(1991, 7, 2)) == ["aa-2"]
    assert ids(engine, (), "aa", date(1955, 5, 13)) == ["aa-2"]


def test_list_is_that_of_the_graph_after_an_import_and_its_end(
    tmp_path: Path, data_folder: Path
) -> None:
    (data_folder / "codes.csv").write_text(
        "actor,scheme,code,start_date,end_date,sources\narm,cow-state,371,1991-12-26,..,page-1\n"
    )
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    assert ids(home.engine(), (), "graph of its own") == []
    iri = node(Thing.ACTOR, "late")
    graph = node(Thing.SOURCE, "paper-1")
    home.commit(
        "me",
        "one more",
        Change(
            add=(
                Quad(iri, NamedNode(f"{PREFIXES['rdf']}type"), term("Actor"), graph),
                Quad(iri, term("skos:prefLabel"), Literal("Graph of its own"), graph),
            )
        ),
    )
    table = tmp_path / "alliances.csv"
    table.write_text(COW_HEADER + CST.format(code=371, name="Armenia"))
    import_files(home, "cow-alliances", [table], retrieved="2026-11-25", who="me")
    assert ids(home.engine(), (), "graph of its own") == ["late"]
