"""What a SPARQL Update does, as a change: which quads go and which come.

Owns the step from the text of an update to a `Change` on an open store, so that every
write passes the one commit, is logged in full and can be taken back. Each WHERE is
evaluated once, by the engine; templates are read by the engine too, with their variables
standing as IRIs. Semantics: https://www.w3.org/TR/sparql11-update/#formalModel.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolution,
    QuerySolutions,
    Store,
    Triple,
    Variable,
)

from comity.errors import EngineError, QueryError
from comity.graph.guard import Token, inspect_update, tokens
from comity.graph.jobs import Update
from comity.graph.live import Change
from comity.ontology.namespaces import PREFIXES

_VARIABLE = "urn:x-comity:variable:"
_VERBS = frozenset(
    {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
)
_MANAGEMENT = frozenset({"CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})

Item = TypeVar("Item", Quad, NamedNode)
Graph = NamedNode | BlankNode | DefaultGraph
# The default graph of a WHERE and its named graphs; None for all of them.
Dataset = tuple[list[Graph], list[NamedNode | BlankNode] | None]
Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update request.

    Attributes:
        prologue: the PREFIX and BASE lines before it.
        text: the operation itself.
        words: its words and IRIs outside of braces, in order; words in capitals.
        blocks: what stands in its outermost braces, each with the word before it.
    """

    prologue: str
    text: str
    words: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]


def operations(text: str) -> list[Operation]:
    """The operations of an update request that is known to parse.

    Examples:
        >>> [one.words for one in operations("CLEAR ALL ; INSERT DATA { <a> <b> 1 }")]
        [('CLEAR', 'ALL'), ('INSERT', 'DATA')]
    """
    found: list[Operation] = []
    prologue: list[str] = []
    pending: list[Token] = []
    depth = 0
    for token in tokens(text):
        if token.text == "{":
            depth += 1
        elif token.text == "}":
            depth -= 1
        if depth == 0 and token.text == ";":
            found += _operation(text, prologue, pending, token.start)
            pending = []
        else:
            pending.append(token)
    return [*found, *_operation(text, prologue, pending, len(text))]


def _operation(
    text: str, prologue: list[str], pending: list[Token], end: int
) -> Iterator[Operation]:
    at = 0
    while at < len(pending) and pending[at].text.upper() not in _VERBS:
        at += 1
    if pending[:at]:
        stop = pending[at].start if at < len(pending) else end
        prologue.append(text[pending[0].start : stop])
    body = pending[at:]
    if not body:
        return
    words: list[str] = []
    blocks: list[tuple[str, str]] = []
    depth = begun = 0
    for token in body:
        if token.text == "{":
            depth += 1
            if depth == 1:
                begun = token.start + 1
        elif token.text == "}":
            depth -= 1
            if depth == 0:
                blocks.append((words[-1], text[begun : token.start]))
        elif depth == 0:
            words.append(token.text.upper() if token.kind == "word" else token.text)
    yield Operation("\n".join(prologue), text[body[0].start : end], tuple(words), tuple(blocks))


def check_syntax(text: str) -> None:
    """Refuses an update that does not parse, before anything is done.

    Raises:
        SyntaxError: it does not parse.
    """
    try:
        _parse(text)
    except SyntaxError:
        # The engine takes a prologue only before the first operation, the grammar (rule 29)
        # before each: such a text is right when each operation with its prologue is.
        parts = operations(text)
        if len({part.prologue for part in parts}) < 2:
            raise
        for part in parts:
            _parse(f"{part.prologue}\n{part.text}")


def _parse(text: str) -> None:
    try:
        Store().update(text, prefixes=dict(PREFIXES))
    except (RuntimeError, OSError, ValueError):
        # What fails on an empty store, such as dropping a graph, may be right on a full one.
        return


@dataclass(slots=True)
class Updating:
    """An update at work on an open store.

    Attributes:
        store: where it is carried out.
        apply: carries out a change there.
        done: what was done so far, to be taken back or committed.
    """

    store: Store
    apply: Callable[[Change], None]
    done: list[Change] = field(default_factory=list)

    def run(self, update: Update) -> None:
        """Carries out all operations; one after the other, as each sees the one before.

        Raises:
            ForbiddenError: it calls a server that is not allowed; nothing was done.
            SyntaxError: it does not parse; nothing was done.
            QueryError: request and text both name a dataset.
            EngineError: an operation failed; `done` has what was done before it.
        """
        inspect_update(update.text, update.allowed)
        check_syntax(update.text)
        for operation in operations(update.text):
            try:
                self._run_one(operation, update)
            except (OSError, RuntimeError, ValueError) as error:
                raise EngineError(f"The update failed: {error}.") from error

    def net(self) -> Change:
        """Everything that was done, as one change."""
        return joined(self.done)

    def undo(self) -> None:
        """Takes back what was done."""
        for change in reversed(self.done):
            self.apply(change.undone())
        self.done.clear()

    def _run_one(self, operation: Operation, update: Update) -> None:
        verb = operation.words[0]
        if verb == "LOAD":
            self._load(operation)
        elif verb in _MANAGEMENT:
            self._manage(operation)
        else:
            self._do(self._change(operation, update))

    def _do(self, change: Change) -> None:
        if change:
            self.apply(change)
            self.done.append(change)

    def _change(self, operation: Operation, update: Update) -> Change:
        """What an INSERT, DELETE or both do."""
        words, blocks = operation.words, operation.blocks
        default: Graph = NamedNode(update.graph) if update.graph else DefaultGraph()
        if words[:2] == ("INSERT", "DATA"):
            return self._effective((), _quads(operation, blocks[0][1], default))
        if words[:2] == ("DELETE", "DATA"):
            return self._effective(_quads(operation, blocks[0][1], default), ())
        dataset = _dataset(operation, update)
        if words[0] == "WITH":
            default = _iri(operation, words[1])
        where = blocks[-1][1]
        templates = dict(blocks[:-1])
        if len(blocks) == 1:
            # One block only: the pattern is the template as well.
            templates = {"DELETE": where}
        removed = _template(operation, templates.get("DELETE", ""), default)
        added = _template(operation, templates.get("INSERT", ""), default)
        graphs = dataset or (None if isinstance(default, DefaultGraph) else ([default], None))
        found = self._solutions(operation, where, [*removed, *added], graphs)
        gone: list[Quad] = []
        come: list[Quad] = []
        for solution in found:
            gone += _instances(removed, solution)
            come += _instances(added, solution)
        return self._effective(gone, come)

    def _solutions(
        self,
        operation: Operation,
        where: str,
        templates: list[Quad],
        graphs: Dataset | None,
    ) -> list[QuerySolution]:
        names = sorted({name for quad in templates for name in _variables(quad)})
        blank = any(isinstance(node, BlankNode) for quad in templates for node in _nodes(quad))
        # A blank node is a new one for each solution; without any, equal solutions are one.
        select = "SELECT" if blank else "SELECT DISTINCT"
        shown = " ".join(f"?{name}" for name in names) or "(1 AS ?one)"
        result = self.store.query(
            f"{operation.prologue}\n{select} {shown} WHERE {{ {where}\n}}",
            prefixes=dict(PREFIXES),
            default_graph=graphs[0] if graphs else None,
            named_graphs=graphs[1] if graphs else None,
        )
        if not isinstance(result, QuerySolutions):
            raise TypeError("a SELECT gave no rows")
        return list(result)

    def _effective(self, remove: Iterable[Quad], add: Iterable[Quad]) -> Change:
        """Only what makes a difference; a quad that is taken away and added stays."""
        come = dict.fromkeys(add)
        gone = dict.fromkeys(quad for quad in remove if quad not in come)
        added = tuple(quad for quad in come if quad not in self.store)
        removed = tuple(quad for quad in gone if quad in self.store)
        return Change(added, removed, self._new_graphs(added))

    def _new_graphs(self, added: tuple[Quad, ...]) -> tuple[NamedNode, ...]:
        graphs = dict.fromkeys(quad.graph_name for quad in added)
        return tuple(
            graph
            for graph in graphs
            if isinstance(graph, NamedNode) and not self.store.contains_named_graph(graph)
        )

    def _load(self, operation: Operation) -> None:
        into = operation.words.index("INTO") if "INTO" in operation.words else None
        target: Graph = DefaultGraph()
        if into is not None:
            target = _iri(operation, operation.words[into + 2])
        fetched = Store()
        fetched.update(f"{operation.prologue}\n{operation.text}", prefixes=dict(PREFIXES))
        quads = [Quad(one.subject, one.predicate, one.object, target) for one in fetched]
        self._do(self._effective((), quads))

    def _manage(self, operation: Operation) -> None:
        """CLEAR, DROP, CREATE, COPY, MOVE, ADD: the engine's own, with what changed told."""
        touched = self._touched(operation)
        before, there = self._contents(touched)
        self.store.update(f"{operation.prologue}\n{operation.text}", prefixes=dict(PREFIXES))
        after, still = self._contents(touched)
        change = Change(
            tuple(after - before), tuple(before - after), tuple(still - there), tuple(there - still)
        )
        if change:
            self.done.append(change)

    def _touched(self, operation: Operation) -> list[Graph]:
        named: list[Graph] = []
        words = operation.words
        if {"ALL", "NAMED"} & set(words):
            named += self.store.named_graphs()
        if {"ALL", "DEFAULT"} & set(words):
            named.append(DefaultGraph())
        named += [_iri(operation, word) for word in words if word.startswith("<") or ":" in word]
        return named

    def _contents(self, graphs: list[Graph]) -> tuple[set[Quad], set[NamedNode]]:
        quads: set[Quad] = set()
        there: set[NamedNode] = set()
        for graph in graphs:
            quads.update(self.store.quads_for_pattern(None, None, None, graph))
            if isinstance(graph, NamedNode) and self.store.contains_named_graph(graph):
                there.add(graph)
        return quads, there


def joined(changes: Iterable[Change]) -> Change:
    """Several changes, one after the other, as one."""
    add: dict[Quad, None] = {}
    remove: dict[Quad, None] = {}
    created: dict[NamedNode, None] = {}
    dropped: dict[NamedNode, None] = {}
    for change in changes:
        _fold(change.remove, add, remove)
        _fold(change.add, remove, add)
        _fold(change.dropped, created, dropped)
        _fold(change.created, dropped, created)
    return Change(tuple(add), tuple(remove), tuple(created), tuple(dropped))


def _fold(items: Iterable[Item], opposite: dict[Item, None], own: dict[Item, None]) -> None:
    for item in items:
        if item in opposite:
            del opposite[item]
        else:
            own[item] = None


def _quads(operation: Operation, block: str, default: Graph) -> list[Quad]:
    """The quads of a DATA block; those that name no graph go to the default one."""
    reader = Store()
    reader.update(f"{operation.prologue}\nINSERT DATA {{ {block}\n}}", prefixes=dict(PREFIXES))
    return [
        quad
        if not isinstance(quad.graph_name, DefaultGraph)
        else Quad(quad.subject, quad.predicate, quad.object, default)
        for quad in reader
    ]


def _template(operation: Operation, block: str, default: Graph) -> list[Quad]:
    """A template as quads in which an IRI stands for each variable."""
    text, at = "", 0
    for token in tokens(block):
        if token.kind == "variable":
            text += f"{block[at : token.start]} <{_VARIABLE}{token.text[1:]}> "
            at = token.start + len(token.text)
    return _quads(operation, text + block[at:], default)


def _nodes(quad: Quad) -> Iterator[object]:
    stack: list[object] = [quad.subject, quad.predicate, quad.object, quad.graph_name]
    while stack:
        node = stack.pop()
        if isinstance(node, Triple):
            stack += [node.subject, node.predicate, node.object]
        else:
            yield node


def _variables(quad: Quad) -> Iterator[str]:
    for node in _nodes(quad):
        if isinstance(node, NamedNode) and node.value.startswith(_VARIABLE):
            yield node.value.removeprefix(_VARIABLE)


def _instances(templates: list[Quad], solution: QuerySolution) -> Iterator[Quad]:
    """A template with the values of one solution; what would be no RDF is left out."""
    fresh: dict[BlankNode, BlankNode] = {}

    def value(node: Node | Graph) -> Node | Graph | None:
        if isinstance(node, NamedNode) and node.value.startswith(_VARIABLE):
            found: Node | None = solution[Variable(node.value.removeprefix(_VARIABLE))]
            return found
        if isinstance(node, BlankNode):
            return fresh.setdefault(node, BlankNode())
        if isinstance(node, Triple):
            parts = (value(node.subject), value(node.predicate), value(node.object))
            return None if None in parts else Triple(*parts)  # type: ignore[arg-type]
        return node

    for quad in templates:
        parts = [value(one) for one in (quad.subject, quad.predicate, quad.object)]
        graph = value(quad.graph_name)
        if (
            isinstance(parts[0], NamedNode | BlankNode)
            and isinstance(parts[1], NamedNode)
            and isinstance(parts[2], NamedNode | BlankNode | Literal | Triple)
            and isinstance(graph, NamedNode | BlankNode | DefaultGraph)
        ):
            yield Quad(parts[0], parts[1], parts[2], graph)


def _dataset(operation: Operation, update: Update) -> Dataset | None:
    """The graphs that a WHERE is asked of, where the request or the text names them."""
    words = operation.words
    places = [at for at, word in enumerate(words) if word == "USING"]
    if update.using.is_named:
        if places or words[0] == "WITH":
            raise QueryError(
                "The request names using-graph-uri and the update says USING or WITH; leave one."
            )
        return (
            [NamedNode(iri) for iri in update.using.default or ()],
            [NamedNode(iri) for iri in update.using.named or ()],
        )
    if not places:
        return None
    default: list[Graph] = []
    named: list[NamedNode | BlankNode] = []
    for at in places:
        if words[at + 1] == "NAMED":
            named.append(_iri(operation, words[at + 2]))
        else:
            default.append(_iri(operation, words[at + 1]))
    return default, named


def _iri(operation: Operation, word: str) -> NamedNode:
    """An IRI as it stands in the text, prefixed or relative, in full."""
    result = Store().query(
        f"{operation.prologue}\nSELECT ?iri {{ VALUES ?iri {{ {word} }} }}",
        prefixes=dict(PREFIXES),
    )
    if not isinstance(result, QuerySolutions):
        raise TypeError("a SELECT gave no rows")
    found = next(result)["iri"]
    if not isinstance(found, NamedNode):
        raise TypeError(f"{word} is no IRI")
    return found
