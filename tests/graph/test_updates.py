"""Updates as changes, beside what the engine itself does with the same text.

The engine's own `Store.update` is the measure: whatever it does, the change that Comity
works out, logs and commits must come to the same dataset, whole or one operation at a time.
"""

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, Store

from comity.errors import EngineError, QueryError
from comity.graph.jobs import Dataset as Graphs
from comity.graph.jobs import Update
from comity.graph.live import Change
from comity.graph.updates import Updating, operations

START = """
PREFIX e: <http://e/>
INSERT DATA {
  e:a e:p e:b ; e:q "x", "y"@en, 1, 01 ; e:r _:n . _:n e:p "blank" .
  GRAPH e:g1 { e:a e:p e:c . e:b e:p e:c ; e:age 7 }
  GRAPH e:g2 { e:c e:p e:a ; e:age 9 . e:b e:p e:c }
} ;
CREATE GRAPH e:empty
"""

UPDATES = [
    "INSERT DATA { e:new e:p 'data', 'more' }",
    "INSERT DATA { e:a e:p e:b . GRAPH e:g3 { e:x a e:Y ; e:z ( 1 2 ), [ e:p 3 ] } }",
    "DELETE DATA { e:a e:q 'x' . GRAPH e:g1 { e:a e:p e:c } }",
    "DELETE DATA { e:not e:there 1 }",
    "DELETE WHERE { GRAPH ?g { ?s e:p e:c } }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s e:q ?o } WHERE { ?s e:q ?o FILTER(isNumeric(?o)) }",
    "INSERT { ?o e:back ?s } WHERE { GRAPH e:g1 { ?s e:p ?o } }",
    "INSERT { GRAPH ?g { ?s e:seen true } } WHERE { GRAPH ?g { ?s e:p ?o } }",
    "WITH e:g1 DELETE { ?s e:p ?o } INSERT { ?s e:q ?o } WHERE { ?s e:p ?o }",
    "WITH e:g1 DELETE { ?s e:p ?o } INSERT { GRAPH e:g9 { ?s e:q ?o } } USING e:g2 WHERE { ?s e:p ?o }",
    "DELETE { ?s e:p ?o } INSERT { ?s e:p ?o } WHERE { ?s e:p ?o }",
    "INSERT { ?s e:u ?o } USING e:g1 USING e:g2 WHERE { ?s e:p ?o }",
    "INSERT { ?s e:u ?o } USING NAMED e:g1 WHERE { GRAPH ?g { ?s e:p ?o } }",
    "INSERT { ?s e:u ?o } USING e:g2 USING NAMED e:g1 WHERE { ?s e:p ?x GRAPH ?g { ?x e:p ?o } }",
    "INSERT { _:n e:of ?s ; e:with [ e:of ?s ] } WHERE { ?s e:p ?o }",
    "INSERT { [] e:p 1 } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { ?o e:literal ?s . ?s ?o e:x } WHERE { ?s e:q ?o }",
    "INSERT { ?s e:missing ?nothing } WHERE { ?s e:p ?o }",
    "INSERT { e:k e:n ?n } WHERE { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
    "INSERT { ?s e:lower ?t } WHERE { ?s e:q ?o BIND(LCASE(STR(?o)) AS ?t) FILTER(?o < 5 && 0 < ?o) }",
    "INSERT { e:a e:only 1 } WHERE {}",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH e:all { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CLEAR DEFAULT", "CLEAR NAMED", "CLEAR ALL", "CLEAR GRAPH e:g1", "CLEAR SILENT GRAPH e:no",
    "DROP GRAPH e:g1", "DROP GRAPH e:empty", "DROP SILENT GRAPH e:no", "DROP DEFAULT", "DROP ALL",
    "CREATE GRAPH e:g7", "CREATE SILENT GRAPH e:g1",
    "COPY e:g1 TO e:g2", "COPY DEFAULT TO e:g8", "COPY GRAPH e:g1 TO DEFAULT",
    "MOVE e:g1 TO e:g2", "MOVE e:g1 TO e:g8", "MOVE DEFAULT TO e:g1",
    "ADD e:g1 TO e:g2", "ADD e:g1 TO DEFAULT", "ADD SILENT e:no TO e:g2", "COPY e:g1 TO e:g1",
    "INSERT DATA { e:a e:step 1 } ; DELETE { ?s e:step ?n } INSERT { ?s e:step 2 } WHERE { ?s e:step ?n }",
    "INSERT DATA { GRAPH e:t { e:a e:p 1 } } ; MOVE e:t TO e:u ; DROP GRAPH e:u ;",
    "INSERT DATA { e:a e:p '}' , ';' , '# no comment', '''a\n;b''' } # ; DROP ALL\n",
    "BASE <http://base/> INSERT DATA { GRAPH <g> { <a> <b> <c> } } ; COPY <g> TO <h>",
    "INSERT DATA { << e:a e:p e:b >> e:by e:me }",
    "INSERT { << ?s e:p ?o >> e:by e:me } WHERE { ?s e:p ?o }",
    "insert data { e:lower e:case 1 } ; delete where { e:lower ?p ?o }",
    "INSERT DATA {} ; DELETE DATA {}",
]  # fmt: skip


def started() -> Store:
    store = Store()
    store.update(START)
    return store


def content(store: Store) -> tuple[set[Quad], set[str]]:
    """The dataset with its blank nodes in canonical form, and the names of its graphs."""
    quads = Dataset(store)
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(quads), {str(graph) for graph in store.named_graphs()}


def applied(store: Store, change: Change) -> None:
    for graph in change.created:
        store.add_graph(graph)
    for quad in change.remove:
        store.remove(quad)
    for graph in change.dropped:
        store.remove_graph(graph)
    store.extend(change.add)


def copy_of(store: Store) -> Store:
    """The same dataset in another store, with the same blank nodes and empty graphs."""
    copy = Store()
    copy.extend(store)
    for graph in store.named_graphs():
        copy.add_graph(graph)
    return copy


@pytest.mark.parametrize("text", UPDATES)
def test_change_comes_to_what_the_engine_itself_does(text: str) -> None:
    whole = text if text.startswith("PREFIX") else f"PREFIX e: <http://e/> {text}"
    engine, ours = started(), started()
    before = copy_of(ours)
    engine.update(whole)

    work = Updating(ours, lambda change: applied(ours, change))
    work.run(Update(whole))

    assert content(ours) == content(engine)
    # The net change alone leads from before to after, and its undoing back.
    replayed = copy_of(before)
    applied(replayed, work.net())
    assert set(replayed) == set(ours)
    work.undo()
    assert set(ours) == set(before)
    assert {str(one) for one in ours.named_graphs()} == {str(one) for one in before.named_graphs()}


@pytest.mark.parametrize(
    "text",
    [
        "DROP GRAPH <http://e/no>",
        "CREATE GRAPH <http://e/g1>",
        "INSERT DATA { <http://e/z> <http://e/p> 1 } ; CLEAR GRAPH <http://e/no>",
    ],
)
def test_failed_operation_leaves_what_can_be_taken_back(text: str) -> None:
    store = started()
    before = set(store)
    work = Updating(store, lambda change: applied(store, change))

    with pytest.raises(EngineError, match="http://e/"):
        work.run(Update(text))
    work.undo()

    assert set(store) == before


def test_text_that_does_not_parse_does_nothing() -> None:
    store = started()
    before = set(store)
    with pytest.raises(SyntaxError):
        Updating(store, lambda change: applied(store, change)).run(
            Update("INSERT DATA { <http://e/z> <http://e/p> 1 } ; DELETE WERE { ?s ?p ?o }")
        )
    assert set(store) == before


def test_prologue_may_stand_before_each_operation() -> None:
    store = Store()
    Updating(store, lambda change: applied(store, change)).run(
        Update(
            "PREFIX f: <http://f/> INSERT DATA { f:a f:b f:c, f:d } ; "
            "PREFIX h: <http://h/> DELETE DATA { f:a f:b f:c } ; INSERT DATA { h:a h:b f:e }"
        )
    )
    assert {str(quad) for quad in store} == {
        "<http://f/a> <http://f/b> <http://f/d>",
        "<http://h/a> <http://h/b> <http://f/e>",
    }


def test_where_is_evaluated_once_so_new_names_agree() -> None:
    store = started()
    Updating(store, lambda change: applied(store, change)).run(
        Update(
            "INSERT { GRAPH <http://e/u1> { ?id <http://e/p> 1 } "
            "GRAPH <http://e/u2> { ?id <http://e/p> 1 } } WHERE { BIND(UUID() AS ?id) }"
        )
    )
    one, two = (
        [quad.subject for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))]
        for graph in ("http://e/u1", "http://e/u2")
    )
    assert one == two
    assert len(one) == 1


def test_request_names_the_dataset_of_where() -> None:
    store = started()
    using = Graphs(False, ("http://e/g1",), ())
    Updating(store, lambda change: applied(store, change)).run(
        Update("INSERT { ?s <http://e/u> ?o } WHERE { ?s <http://e/p> ?o }", using)
    )
    found = store.quads_for_pattern(None, NamedNode("http://e/u"), None, DefaultGraph())
    assert {quad.subject.value for quad in found} == {"http://e/a", "http://e/b"}
    with pytest.raises(QueryError, match="using-graph-uri"):
        Updating(store, lambda change: None).run(
            Update("INSERT { ?s ?p 1 } USING <http://e/g2> WHERE { ?s ?p ?o }", using)
        )


def test_patched_graph_stands_for_the_default_graph() -> None:
    store = started()
    Updating(store, lambda change: applied(store, change)).run(
        Update("DELETE { ?s ?p 7 } INSERT { ?s ?p 8 } WHERE { ?s ?p 7 }", graph="http://e/g1")
    )
    found = store.quads_for_pattern(None, NamedNode("http://e/age"), None, NamedNode("http://e/g1"))
    assert [quad.object.value for quad in found] == ["8"]


def test_operations_are_parted_where_no_string_or_brace_is() -> None:
    found = operations("INSERT DATA { <a> <b> ';' } ; # ;\n CLEAR GRAPH <g> ;")
    assert [one.words[0] for one in found] == ["INSERT", "CLEAR"]
