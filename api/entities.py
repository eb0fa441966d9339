"""One thing, as JSON or as RDF."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pyoxigraph import RdfFormat, parse, serialize

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.listing import matching
from comity.api.service import Service
from comity.errors import NotFoundError
from comity.graph.binding import Values
from comity.graph.engine import Engine
from comity.graph.index.finding import act_ids
from comity.graph.terms import term
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import PREFIXES, id_of, is_id_of, thing_iri
from comity.ontology.namespaces import Thing as Type

_CLASSES = {
    Type.ACTOR: "Actor",
    Type.TREATY: "Treaty",
    Type.EVENT: "Event",
    Type.CLAIM: "Claim",
    Type.SOURCE: "Source",
    Type.POST: "Post",
    Type.ISSUE: "Issue",
    Type.STANCE: "StanceAct",
    Type.MEMBERSHIP: "Membership",
    Type.TENURE: "Tenure",
}
ENTITY_FORMATS = ("json", "jsonld", "ttl", "nt")
_RDF = {"jsonld": RdfFormat.JSON_LD, "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}


def existing(service: Service, thing: Type, identifier: str) -> Thing:
    """A thing by id.

    Raises:
        NotFoundError: there is none; with the nearest id.
    """
    if is_id_of(thing, identifier):
        iri = thing_iri(thing, identifier)
        found = read_things(service.engine, [iri]).get(iri)
        if found is not None:
            return found
    raise NotFoundError(
        f"There is no {thing} with the id '{identifier}'.",
        did_you_mean=nearest(service, (thing,), identifier),
    )


def nearest(service: Service, things: Iterable[Type], identifier: str) -> str | None:
    """The id that is nearest to one that does not exist; None where none is near."""
    # Imported here: most answers do not need it.
    from rapidfuzz import fuzz, process

    ids = [one for thing in things for one in _ids_of(service.engine, thing)]
    found = process.extractOne(identifier.lower(), ids, scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def _ids_of(engine: Engine, thing: Type) -> Sequence[str]:
    if thing is Type.STANCE and (known := act_ids(engine)) is not None:
        return known
    values: Values = {"class": [term(_CLASSES[thing])]}
    return [id_of(iri) for iri in matching(engine, "of_class", values)]


def answer_entity(
    request: Request, service: Service, thing: Thing, write: Callable[[], dict[str, Any]]
) -> Response:
    """A thing in the format wanted.

    Raises:
        FormatError: the format is not given.
    """
    wanted = chosen_format(request, ENTITY_FORMATS)
    if wanted == "json":
        return JSONResponse(write())
    triples = (
        quad.triple
        for quad in parse(service.engine.describe(thing.iri), format=RdfFormat.N_TRIPLES)
    )
    body = serialize(triples, format=_RDF[wanted], prefixes=PREFIXES)
    return Response(body, media_type=MEDIA_TYPES[wanted])


def moved(request: Request, collection: str, old: str, rest: str = "") -> Response:
    """A permanent redirect from an id with capitals to the id."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{collection}/{old.lower()}{rest}{query}", status_code=308)
