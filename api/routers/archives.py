"""Acts that stay in Parquet: which archives there are, their ties, and the acts behind a tie."""

import math
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from comity.api.archive_models import ArchivedActs, ArchiveItem, Archives, ArchiveTies
from comity.api.archives import opened
from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import Item, address
from comity.api.parameters import Format, Limit, Since, Until, optional_day, strict
from comity.api.service import Service, service_of
from comity.errors import InputError, ParameterError
from comity.graph.archives.rows import RULES
from comity.graph.archives.shelf import Archive, archives, named
from comity.graph.archives.ties import Period, TieQuery, checked, ties, within
from comity.graph.tables import FORMATS, written
from comity.ontology.namespaces import Thing, thing_iri

router = APIRouter(tags=["archives"], dependencies=[Depends(strict)])
Ids = list[str] | None
Served = Annotated[Service, Depends(service_of)]


def window(
    since: Since = None,
    until: Until = None,
    kind: Annotated[Ids, Query(description="Kinds of act; see /schemes/kind.")] = None,
    holder: Annotated[Ids, Query(description="Ids of those whose acts they are.")] = None,
    object: Annotated[Ids, Query(description="Ids of the other ends of the ties.")] = None,
) -> TieQuery:
    """Dependency: which acts of an archive are meant.

    Raises:
        ParameterError: a day or a kind does not exist.
    """
    return TieQuery(
        since=optional_day("since", since) or date.min,
        until=optional_day("until", until) or date.max,
        kinds=tuple(kind or ()),
        holders=tuple(holder or ()),
        objects=tuple(object or ()),
    )


Window = Annotated[TieQuery, Depends(window)]


@router.get("/archives", operation_id="listArchives", response_model=Archives)
def list_archives(request: Request, service: Served) -> Item:
    """The archives of acts, by id."""
    base = service.base_url(request)
    items = [_archive(base, one) for one in archives(service.engine)]
    return {"items": items, "total": len(items), "graph_version": service.engine.version}


@router.get("/archives/{id}", operation_id="getArchive", response_model=ArchiveItem)
def get_archive(request: Request, service: Served, id: str) -> Item:
    """One archive: its source, how many rows, which days it covers."""
    return _archive(service.base_url(request), named(service.engine, id))


@router.get("/archives/{id}/ties", operation_id="listArchiveTies", response_model=ArchiveTies)
def list_ties(
    request: Request,
    service: Served,
    asked: Window,
    id: str,
    by: Annotated[Period, Query(description="One tie for all, each year or each month.")] = (
        Period.ALL
    ),
    by_kind: Annotated[bool, Query(description="One tie for each kind of act.")] = False,
    rule: Annotated[str, Query(description="Gives the sign: comity-1 or goldstein.")] = "comity-1",
    half_life: Annotated[
        float | None, Query(description="Days after which an act counts half, seen from as_of.")
    ] = None,
    as_of: Annotated[str | None, Query(description="Day up to which acts count.")] = None,
    minimum: Annotated[int, Query(ge=1, description="Acts that a tie must have.")] = 1,
    limit: Limit = 100,
    format: Format = None,
) -> Response:
    """Who is tied to whom, by how many acts, with which sign; CSV and Parquet give all ties."""
    wanted = chosen_format(request, ("json", *(name for name in FORMATS if name != "json")))
    if rule not in RULES:
        raise ParameterError(
            f"There is no rule '{rule}'.", parameter="rule", got=rule, expected=", ".join(RULES)
        )
    try:
        query = checked(
            asked,
            by=by,
            by_kind=by_kind,
            rule=rule,
            half_life=half_life,
            as_of=optional_day("as_of", as_of),
            minimum=minimum,
        )
    except ParameterError:
        raise
    except InputError as error:
        raise ParameterError(str(error), parameter="half_life" if half_life else "kind") from error
    with opened(service, id) as (connection, archive, place):
        table = connection.arrow(ties(connection.table(place), query))
    if wanted != "json":
        return Response(written(table, wanted), media_type=MEDIA_TYPES[wanted])
    rows = table.slice(0, limit).to_pylist()
    answer = {
        "archive": archive.source,
        "items": [_tie(row, query) for row in rows],
        "total": table.num_rows,
        "rule": query.rule,
        "graph_version": service.engine.version,
    }
    return JSONResponse(answer)


@router.get("/archives/{id}/acts", operation_id="listArchivedActs", response_model=ArchivedActs)
def list_acts(
    service: Served,
    asked: Window,
    id: str,
    limit: Limit = 100,
    offset: Annotated[int, Query(ge=0, description="Rows to leave out at the start.")] = 0,
) -> Item:
    """The rows behind a tie: each act with its day and the row of the file it was read from."""
    with opened(service, id) as (connection, archive, place):
        chosen = within(connection.table(place), asked, ties_only=False)
        total = connection.arrow(chosen.aggregate(rows=chosen.count())).to_pylist()[0]["rows"]
        order = chosen.order_by(["day", "act", "object"]).limit(limit, offset=offset)
        rows = connection.arrow(order.drop("year")).to_pylist()
    return {
        "archive": archive.source,
        "items": [{**row, "day": row["day"].isoformat()} for row in rows],
        "total": total,
        "graph_version": service.engine.version,
    }


def _archive(base: str, archive: Archive) -> dict[str, Any]:
    iri = thing_iri(Thing.SOURCE, archive.source)
    return {
        "id": archive.source,
        "label": archive.label,
        "source": address(base, iri),
        "rows": archive.acts,
        "licence": archive.licence,
        "may_be_passed_on": archive.may_pass_on,
        "coverage_start": archive.coverage_start or None,
        "coverage_end": archive.coverage_end or None,
        "ties": f"{base}/archives/{archive.source}/ties",
        "acts": f"{base}/archives/{archive.source}/acts",
    }


def _tie(row: dict[str, Any], query: TieQuery) -> dict[str, Any]:
    weight = row["weight"]
    return {
        "holder": row["holder"],
        "object_type": row["object_type"],
        "object": row["object"],
        "period": row.get("period"),
        "kind": row.get("kind"),
        "acts": row["acts"],
        "positive": row["positive"],
        "neutral": row["neutral"],
        "negative": row["negative"],
        "sum": row["hundredths"] / 100,
        "weight": weight if math.isfinite(weight) else None,
        "first": row["first"].isoformat(),
        "last": row["last"].isoformat(),
    }
