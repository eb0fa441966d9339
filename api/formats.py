"""Content negotiation: which format an answer is given in."""

from collections.abc import Mapping, Sequence

from fastapi import Request

from comity.api.problems import FormatError

JSON = "json"
MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": "text/html",
    "file": "text/html",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "sparql": "application/sparql-query",
    "cytoscape": "application/vnd.cytoscape+json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}


def chosen_format(request: Request, offered: Sequence[str]) -> str:
    """The format of an answer: `format=` first, else Accept with its q-values.

    Args:
        request: the request.
        offered: names of formats this address gives; the first answers `*/*`.

    Raises:
        FormatError: none of them is wanted.
    """
    asked = request.query_params.get("format")
    names = ", ".join(offered)
    if asked is not None:
        if asked in offered:
            return asked
        raise FormatError(
            f"format={asked} is not given here; formats: {names}.", slug="not-acceptable"
        )
    media_types = {name: MEDIA_TYPES[name] for name in offered}
    found = best_match(request.headers.get("accept", "*/*"), media_types)
    if found is None:
        raise FormatError(
            f"None of the accepted types is given here; types: {', '.join(media_types.values())}.",
            slug="not-acceptable",
        )
    return found


def best_match(accept: str, media_types: Mapping[str, str]) -> str | None:
    """The name whose media type an Accept header wants most; the first of equals.

    Source: RFC 9110, section 12.5.1.

    Examples:
        >>> best_match("text/csv;q=0.5, application/json", {"csv": "text/csv", "json": "application/json"})
        'json'
        >>> best_match("image/png", {"json": "application/json"}) is None
        True
    """
    wanted = [_range(part) for part in accept.split(",") if part.strip()]
    best: tuple[float, str] | None = None
    for name, media_type in media_types.items():
        quality = _quality(media_type, wanted)
        if quality > 0 and (best is None or quality > best[0]):
            best = (quality, name)
    return best[1] if best else None


def _range(part: str) -> tuple[str, float]:
    pieces = [piece.strip() for piece in part.split(";")]
    quality = 1.0
    for piece in pieces[1:]:
        if piece.startswith("q="):
            try:
                quality = float(piece[2:])
            except ValueError:
                quality = 0.0
    return pieces[0].lower(), quality


def _quality(media_type: str, wanted: Sequence[tuple[str, float]]) -> float:
    """The q-value of the most exact range that a type falls in."""
    main = media_type.split("/")[0]
    for candidate in (media_type, f"{main}/*", "*/*"):
        for pattern, quality in wanted:
            if pattern == candidate:
                return quality
    return 0.0
