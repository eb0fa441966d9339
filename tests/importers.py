"""Runs an importer over small files, for tests: what it makes of them, and whether it is sound."""

from copy import copy
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from comity.graph.batch import REJECTS, STATEMENTS, Batch
from comity.graph.live import Change
from comity.graph.shape_guard import breaches
from comity.graph.sources.catalogue import importer_named
from comity.graph.sources.files import look_through
from comity.graph.sources.world import World

C = "https://w3id.org/comity/ns#"
# A file of formal alliances by member: its header, and one party of treaty 350.
COW_HEADER = (
    "version4id,ccode,state_name,all_st_day,all_st_month,all_st_year,all_end_day,all_end_month,"
    "all_end_year,ss_type,mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,"
    "mem_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,version\n"
)
CST = '350,{code},"{name}",15,5,1992,,,,"Type I: Defense Pact",15,5,1992,,,,0,1,1,0,0,0,4.1\n'


@dataclass(frozen=True)
class Made:
    """What an importer made of its files.

    Attributes:
        quads: all statements.
        rejects: lines of the reject file without its header.
    """

    quads: tuple[Quad, ...]
    rejects: tuple[str, ...]

    def table(self, class_name: str, *names: str) -> list[tuple[str, ...]]:
        """One row for each thing of a class: the values of its properties, sorted.

        Args:
            class_name: local name of the class.
            names: local names of properties, or prefix:name; ids stand for IRIs of things,
                several values are joined by a blank.
        """
        things: dict[str, dict[str, list[str]]] = {}
        for quad in self.quads:
            name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
            value = quad.object.value
            short = value.rpartition("/")[2].rpartition("#")[2] if "://" in value else value
            things.setdefault(quad.subject.value, {}).setdefault(name, []).append(short)
        return sorted(
            tuple(" ".join(sorted(values.get(name, []))) for name in names)
            for values in things.values()
            if class_name in values.get("type", [])
        )


class ImportBench:
    """Importers on the shipped graph, without a data directory.

    Args:
        quads: of the shipped graph.
        world: of the shipped graph.
        folder: for the files.
    """

    def __init__(self, store: Store, world: World, folder: Path) -> None:
        self._store = store
        self._world = world
        self._folder = folder

    def run(self, name: str, *, mapping: Path | None = None, **texts: str | bytes) -> Made:
        """Reads files and checks that what comes of them breaks no rule of the ontology.

        Args:
            name: of the importer.
            mapping: for `table`.
            texts: content by name of file; the name gets the ending `.csv`.
        """
        paths = []
        for stem, text in texts.items():
            path = self._folder / f"{stem}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        return self.run_files(name, paths, mapping=mapping)

    def run_files(self, name: str, paths: list[Path], *, mapping: Path | None = None) -> Made:
        """The same for files that are there."""
        kind = importer_named(name, mapping)
        files = [look_through(path, kind.forms) for path in paths]
        kind = kind.for_files(files)
        order = [form.name for form in kind.forms]
        files.sort(key=lambda file: (order.index(file.form.name), file.name))
        world = copy(self._world)
        world.things = {thing: set(ids) for thing, ids in self._world.things.items()}
        batch = Batch(self._folder / "batch", kind(world), files, lambda progress: None)
        batch.clear()
        batch.run()
        lines = (batch.folder / STATEMENTS).read_bytes()
        quads = tuple(parse(lines, format=RdfFormat.N_QUADS))
        assert len({quad.triple for quad in quads}) == len(quads), "a triple comes twice"
        rejects = (batch.folder / REJECTS).read_text().splitlines()[1:]
        batch.clear()
        self._check(quads, kind.origin.source)
        return Made(quads, tuple(rejects))

    def _check(self, quads: tuple[Quad, ...], source: str) -> None:
        about = parse(
            f"""@prefix comity: <{C}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <https://w3id.org/comity/id/source/{source}> a comity:Source ; skos:prefLabel "It"@en ;
            comity:sourceKind <https://w3id.org/comity/id/source-kind/dataset> ;
            <http://purl.org/dc/terms/identifier> "{source}" .""",
            format=RdfFormat.TURTLE,
        )
        added = [quad for quad in (*quads, *about) if quad not in self._store]
        self._store.extend(added)
        try:
            assert breaches(self._store, Change(add=quads)) == ()
        finally:
            for quad in added:
                self._store.remove(quad)
