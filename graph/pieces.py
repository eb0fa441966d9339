"""Answers in pieces: rows or statements, one per line, turned into a wanted format.

Inside, an answer travels as lines (TSV for rows, N-Quads for statements), because lines
can be counted and cut exactly. This module turns a run of whole lines into a piece of the
wanted format, and knows how an answer begins, ends, and ends when it was cut:

    JSON      the last key is "comity": {"cut": "rows=10000"}
    XML       <?comity-cut rows=10000?> stands before the closing tag
    the rest  has no way to say so: the connection is broken off instead
"""

from dataclasses import dataclass

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
    serialize,
)

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
NTRIPLES = "application/n-triples"
NQUADS = "application/n-quads"
TURTLE = "text/turtle"
TRIG = "application/trig"
JSONLD = "application/ld+json"
RDFXML = "application/rdf+xml"

_TABLES = {
    JSON: QueryResultsFormat.JSON,
    XML: QueryResultsFormat.XML,
    CSV: QueryResultsFormat.CSV,
    TSV: QueryResultsFormat.TSV,
}
_STATEMENTS = {
    NTRIPLES: RdfFormat.N_TRIPLES,
    NQUADS: RdfFormat.N_QUADS,
    TURTLE: RdfFormat.TURTLE,
    TRIG: RdfFormat.TRIG,
    JSONLD: RdfFormat.JSON_LD,
    RDFXML: RdfFormat.RDF_XML,
}
# How an answer ends; what is not here ends with its last line.
_TAILS = {
    JSON: b"]}}",
    XML: b"</results></sparql>",
    JSONLD: b"]}",
    RDFXML: b"</rdf:RDF>",
}


def tail(media_type: str, cut: str | None) -> bytes | None:
    """How an answer ends.

    Args:
        media_type: of the answer.
        cut: why it is not whole; None where it is.

    Returns:
        The last bytes; None where the format has no way to say that it was cut.

    Examples:
        >>> tail(JSON, "rows=2")
        b']},"comity":{"cut":"rows=2"}}'
        >>> tail(CSV, "rows=2") is None
        True
    """
    end = _TAILS.get(media_type, b"")
    if cut is None:
        return end
    reason = cut.encode()
    if media_type == JSON:
        return b']},"comity":{"cut":"' + reason + b'"}}'
    if media_type == JSONLD:
        # A key that is no IRI means nothing in JSON-LD, so no triple is added.
        return b'],"comity-cut":"' + reason + b'"}'
    if media_type in (XML, RDFXML):
        return b"<?comity-cut " + reason + b"?>" + end
    return None


@dataclass(frozen=True, slots=True)
class Rows:
    """The form of an answer with rows.

    Attributes:
        media_type: of the answer.
        header: the first line of the TSV, with its end.
    """

    media_type: str
    header: bytes

    def head(self) -> bytes:
        """How the answer begins."""
        empty = self._written(self.header)
        return empty[: len(empty) - len(_TAILS.get(self.media_type, b""))]

    def whole(self, lines: bytes) -> bytes:
        """A whole answer of these lines."""
        return self._written(self.header + lines)

    def piece(self, lines: bytes, *, first: bool) -> bytes:
        """Some whole lines in the wanted format."""
        if self.media_type == TSV:
            return lines
        text = self._written(self.header + lines)
        body = text[len(self.head()) : len(text) - len(_TAILS.get(self.media_type, b""))]
        return body if first or self.media_type != JSON else b"," + body

    def _written(self, lines: bytes) -> bytes:
        if self.media_type == TSV:
            return lines
        rows = parse_query_results(lines, format=QueryResultsFormat.TSV)
        if not isinstance(rows, QuerySolutions):
            raise RuntimeError("rows became a truth value")
        return rows.serialize(format=_TABLES[self.media_type]) or b""


@dataclass(frozen=True, slots=True)
class Statements:
    """The form of an answer with triples or quads.

    Attributes:
        media_type: of the answer.
        lines_type: what the lines are, N-Triples or N-Quads.
    """

    media_type: str
    lines_type: str = NTRIPLES

    def head(self) -> bytes:
        """How the answer begins."""
        if self.media_type == JSONLD:
            return b'{"@graph":['
        if self.media_type == RDFXML:
            empty = serialize([], format=RdfFormat.RDF_XML) or b""
            return empty.removesuffix(_TAILS[RDFXML])
        return b""

    def whole(self, lines: bytes) -> bytes:
        """A whole answer of these lines."""
        return self.head() + self.piece(lines, first=True) + _TAILS.get(self.media_type, b"")

    def piece(self, lines: bytes, *, first: bool) -> bytes:
        """Some whole lines in the wanted format."""
        if self.media_type == self.lines_type:
            return lines
        quads = parse(lines, format=_STATEMENTS[self.lines_type])
        if self.lines_type == NQUADS:
            text = serialize(quads, format=_STATEMENTS[self.media_type]) or b""
        else:
            triples = (quad.triple for quad in quads)
            text = serialize(triples, format=_STATEMENTS[self.media_type]) or b""
        if self.media_type == JSONLD:
            inner = text.strip().removeprefix(b"[").removesuffix(b"]")
            return inner if first or not inner else b"," + inner
        if self.media_type == RDFXML:
            return text.strip()[len(self.head()) : -len(_TAILS[RDFXML])]
        return text


def truth(media_type: str, value: bool) -> bytes:
    """The answer of an ASK; CSV and TSV have no standard form and give one word."""
    if media_type in (CSV, TSV):
        return b"true\n" if value else b"false\n"
    answer = Store().query("ASK {}" if value else "ASK { FILTER(false) }")
    if not isinstance(answer, QueryBoolean):
        raise TypeError("an ASK gave no truth value")
    return answer.serialize(format=_TABLES[media_type]) or b""


def rdf_format(media_type: str) -> RdfFormat | None:
    """The RDF format of a media type, where this service reads and writes it."""
    return _STATEMENTS.get(media_type)
