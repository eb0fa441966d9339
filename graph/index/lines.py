"""The rows of a batch from its statements, which is faster than to ask the graph for them.

Owns the reading of N-Quads as columns, piece by piece: memory holds what the rows need, however
long the file is.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from comity.graph.index.rows import ACTS, LINKS, Rows, shaped
from comity.ontology.namespaces import VOCABULARY

# Properties by the column that they fill, and by the link that they are.
_COLUMNS = {
    "kind": "kind",
    "holder": "holder",
    "earliest": "dateEarliest",
    "latest": "dateLatest",
    "sign": "sign",
    "behalf": "onBehalfOf",
    "response": "inResponseTo",
    "venue": "venue",
}
_LINKS = {
    "targets": "target",
    "addressees": "addressee",
    "speakers": "speaker",
    "about": "about",
    "sources": "source",
}
_NAMES = (*_COLUMNS.values(), *_LINKS.values(), "evidence", "inDocument")
_LINE = (
    rf"^<(?P<subject>[^>]*)> <{VOCABULARY}(?P<property>{'|'.join(_NAMES)})> "
    r'(?:<(?P<iri>[^>]*)>|"(?P<text>[^"]*)")'
)
_PIECE = 16 * 1024 * 1024


def rows_of_lines(file: Path, graph: str) -> Rows:
    """The rows of a batch.

    Args:
        file: N-Quads, all in one graph, the statements of one act together or not.
        graph: IRI of the graph.
    """
    said = _said(file)
    acts = said["kind"].rename_columns(["act", "kind"])
    for column, name in _COLUMNS.items():
        if column != "kind":
            at = pc.index_in(acts["act"], value_set=said[name]["subject"])
            acts = acts.append_column(column, said[name]["value"].take(at))
    acts = acts.filter(pc.is_valid(acts["holder"]))
    links = [
        said[name].rename_columns(["act", "other"]).append_column("link", _same(link, said[name]))
        for link, name in _LINKS.items()
    ]
    evidence, told = said["evidence"], said["inDocument"]
    at = pc.index_in(evidence["value"], value_set=told["subject"])
    documents = pa.table({"act": evidence["subject"], "other": told["value"].take(at)})
    documents = documents.filter(pc.is_valid(documents["other"]))
    links.append(documents.append_column("link", _same("sources", documents)))
    return Rows(
        shaped(acts.append_column("graph", _same(graph, acts)), ACTS),
        shaped(
            pa.concat_tables(links).append_column("graph", _same(graph, pa.concat_tables(links))),
            LINKS,
        ),
    )


def _said(file: Path) -> dict[str, pa.Table]:
    """Subjects and values by property."""
    found: dict[str, list[pa.Table]] = {name: [] for name in _NAMES}
    lines = arrow_csv.open_csv(
        file,
        read_options=arrow_csv.ReadOptions(column_names=["line"], block_size=_PIECE),
        parse_options=arrow_csv.ParseOptions(delimiter="\x01", quote_char=False),
        convert_options=arrow_csv.ConvertOptions(column_types={"line": pa.string()}),
    )
    for piece in lines:
        parts = pc.extract_regex(piece["line"], pattern=_LINE).drop_null()
        subject, property, iri, text = parts.flatten()
        value = pc.if_else(pc.equal(iri, ""), text, iri)
        for name, tables in found.items():
            mine = pc.equal(property, name)
            tables.append(pa.table({"subject": subject.filter(mine), "value": value.filter(mine)}))
    empty = pa.table({"subject": pa.array([], pa.string()), "value": pa.array([], pa.string())})
    return {
        name: pa.concat_tables([empty, *tables]).combine_chunks() for name, tables in found.items()
    }


def _same(text: str, rows: pa.Table) -> pa.Array:
    return pa.array([text], pa.string()).take(pa.nulls(rows.num_rows, pa.int32()).fill_null(0))
