"""Guards the project's own namespace: what a write may leave behind.

Owns which nodes a change touches and how much of the graph has to be seen to judge them.
The rules themselves are the ontology's shapes. Nodes outside the namespace of things are
the user's own and are not looked at.
"""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, Store, Triple

from comity.graph.live import Change
from comity.ontology.namespaces import PREFIXES, is_thing

_TYPE = NamedNode(PREFIXES["rdf"] + "type")
# The one property that a shape follows backwards: a claim is judged by who takes a position.
_CLAIM = NamedNode(PREFIXES["comity"] + "claim")
# A node that so many others name is judged by these many of them.
_NAMED_BY = 1000


def breaches(store: Store, change: Change) -> tuple[str, ...]:
    """Rules that things touched by a change break in the store as it is after it.

    Args:
        store: the store with the change applied.
        change: what was done.

    Returns:
        One sentence for each broken rule, sorted; nothing when all hold.
    """
    touched = {
        quad.subject
        for quad in (*change.add, *change.remove)
        if isinstance(quad.subject, NamedNode) and is_thing(quad.subject.value)
    }
    touched |= {
        quad.object
        for quad in change.remove
        if quad.predicate == _CLAIM and isinstance(quad.object, NamedNode)
    }
    if not touched:
        return ()
    # A node that is no longer of its class may break the rules of those that name it.
    changed_class = {
        quad.subject
        for quad in change.remove
        if quad.predicate == _TYPE and isinstance(quad.subject, NamedNode)
    }
    for node in touched & changed_class:
        for at, quad in enumerate(store.quads_for_pattern(None, None, node, None)):
            if at == _NAMED_BY:
                break
            if isinstance(quad.subject, NamedNode) and is_thing(quad.subject.value):
                touched.add(quad.subject)
    return _judged(store, touched)


def _judged(store: Store, touched: set[NamedNode]) -> tuple[str, ...]:
    # Imported here: rdflib and pySHACL take half a second to load.
    from rdflib import Graph

    from comity.graph.validate import shacl_violations

    seen: dict[Triple, None] = {}
    around = set(touched)
    for _ in range(3):
        # What a shape looks at lies at most two steps from the node it judges.
        found = [quad for node in sorted(around, key=str) for quad in _about(store, node)]
        seen.update(dict.fromkeys(Triple(one.subject, one.predicate, one.object) for one in found))
        around = {
            quad.object
            for quad in found
            if isinstance(quad.object, NamedNode) and is_thing(quad.object.value)
        } - {triple.subject for triple in seen}
    for node in touched:
        for quad in store.quads_for_pattern(None, _CLAIM, node):
            seen[Triple(quad.subject, quad.predicate, quad.object)] = None
    lines = "".join(f"{triple} .\n" for triple in sorted(seen, key=str))
    names = {node.value for node in touched}
    violations = shacl_violations(Graph().parse(data=lines, format="nt"))
    return tuple(str(one) for one in violations if one.node in names)


def _about(store: Store, node: NamedNode) -> Iterable[Quad]:
    return store.quads_for_pattern(node, None, None, None)
