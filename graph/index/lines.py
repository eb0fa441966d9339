"""The rows of a batch from its statements, which is faster than to ask the graph for them.

Owns the reading of N-Quads as columns, piece by piece: memory holds what the rows need, however
long the file is. An address stands in memory once for each piece that names it; everything else
has its number.
"""

from pathlib import Path
from typing import Any

import numpy as np
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
_PIECE = 4 * 1024 * 1024
# Rows that stand in memory as texts at once.
_AT_ONCE = 50_000
Numbers = np.ndarray[Any, np.dtype[np.int64]]


def rows_of_lines(file: Path, graph: str) -> Rows:
    """The rows of a batch.

    Args:
        file: N-Quads, all in one graph, the statements of one act together or not.
        graph: IRI of the graph.
    """
    texts, said = _said(file)
    place = np.full(len(texts), -1, np.int64)

    def value_of(name: str, of: Numbers) -> Numbers:
        """Numbers of what some things have as a property, -1 where they have nothing."""
        subjects, values = said[name]
        place[subjects] = values
        found = np.where(of < 0, -1, place[of])
        place[subjects] = -1
        return found

    acts, kinds = said["kind"]
    columns = {"act": acts, "kind": kinds} | {
        column: value_of(name, acts) for column, name in _COLUMNS.items() if column != "kind"
    }
    held = columns["holder"] >= 0
    columns = {name: numbers[held] for name, numbers in columns.items()}
    links = [(link, *said[name]) for link, name in _LINKS.items()]
    told, evidence = said["evidence"]
    documents = value_of("inDocument", evidence)
    links.append(("sources", told[documents >= 0], documents[documents >= 0]))
    named = [
        _table(texts, {"act": act, "other": other}, LINKS, {"graph": graph, "link": link})
        for link, act, other in links
    ]
    return Rows(_table(texts, columns, ACTS, {"graph": graph}), pa.concat_tables(named))


def _table(
    texts: pa.Array, columns: dict[str, Numbers], schema: pa.Schema, same: dict[str, str]
) -> pa.Table:
    """Rows of numbers as rows of a schema, with some columns that are the same in all rows."""
    parts = [schema.empty_table()]
    for start in range(0, len(columns["act"]), _AT_ONCE):
        some = {name: numbers[start : start + _AT_ONCE] for name, numbers in columns.items()}
        size = len(some["act"])
        rows = pa.table(
            {name: texts.take(pa.array(at, mask=at < 0)) for name, at in some.items()}
            | {name: pa.array([text]).take(pa.array(np.zeros(size, np.int8)))
               for name, text in same.items()}
        )  # fmt: skip
        parts.append(shaped(rows, schema))
    return pa.concat_tables(parts)


def _said(file: Path) -> tuple[pa.Array, dict[str, tuple[Numbers, Numbers]]]:
    """All addresses and values, and for each property the numbers of subjects and values."""
    pieces: list[pa.Array] = []
    size = 0
    found: dict[str, list[tuple[Numbers, Numbers]]] = {name: [] for name in _NAMES}
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
        coded = pc.dictionary_encode(pa.concat_arrays([subject, value]))
        numbers = coded.indices.to_numpy().astype(np.int64) + size
        subjects, values = numbers[: len(subject)], numbers[len(subject) :]
        names = pc.dictionary_encode(property)
        which = names.indices.to_numpy()
        for number, name in enumerate(names.dictionary.to_pylist()):
            mine = which == number
            found[name].append((subjects[mine], values[mine]))
        pieces.append(coded.dictionary)
        size += len(coded.dictionary)
    # What several pieces name has one number.
    every = pc.dictionary_encode(pa.concat_arrays([pa.array([], pa.string()), *pieces]))
    number_of = every.indices.to_numpy().astype(np.int64)
    nothing = np.zeros(0, np.int64)
    return every.dictionary, {
        name: (
            number_of[np.concatenate([nothing, *(one for one, _ in parts)])],
            number_of[np.concatenate([nothing, *(other for _, other in parts)])],
        )
        for name, parts in found.items()
    }
