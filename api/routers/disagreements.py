"""Where sources differ, and by how much."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from comity.api.asked import Page
from comity.api.items import Item, Writer
from comity.api.models import DisagreementItem, Listing
from comity.api.parameters import strict
from comity.graph.disagreement import Disagreement, disagreements
from comity.graph.remembered import Remembered
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import id_of, thing_iri

router = APIRouter(tags=["sources and vocabulary"], dependencies=[Depends(strict)])
_FOUND: Remembered[str, list[Disagreement]] = Remembered()


@router.get(
    "/disagreements", operation_id="listDisagreements", response_model=Listing[DisagreementItem]
)
def list_disagreements(
    page: Page,
    about: Annotated[
        list[str] | None, Query(description="Id of an organisation, treaty, post, event or state.")
    ] = None,
    who: Annotated[list[str] | None, Query(description="Id of a member, holder or side.")] = None,
    source: Annotated[list[str] | None, Query(description="Id of one of the sources.")] = None,
    differs_on: Annotated[
        list[str] | None, Query(description="start, end, role, member, holder or figure.")
    ] = None,
) -> Item:
    """Every fact on which two sources differ, with the size of the difference, by what it is about."""
    known = _FOUND.of(page.engine)
    if "" not in known:
        known[""] = disagreements(page.engine)
    found = {
        str(number): one
        for number, one in enumerate(known[""])
        if (about is None or id_of(one.about) in about)
        and (who is None or id_of(one.who) in who)
        and (source is None or {one.source, one.other_source} & {*source})
        and (differs_on is None or one.differs_on in differs_on)
    }

    def write(numbers: Sequence[str]) -> list[Item]:
        shown = [found[number] for number in numbers]
        writer = page.writer()
        things = {iri for one in shown for iri in (one.about, one.who)}
        sources = {_source(name) for one in shown for name in (one.source, one.other_source)}
        writer.prepare((), things | sources)
        return [_item(writer, one) for one in shown]

    return page.page(list(found), write)


def _item(writer: Writer, one: Disagreement) -> Item:
    return {
        "about": writer.reference(one.about),
        "who": writer.reference(one.who),
        "differs_on": one.differs_on,
        "value": one.value,
        "source": next(iter(writer.sources([_source(one.source)])), None),
        "other_value": one.other_value or None,
        "other_source": next(iter(writer.sources([_source(one.other_source)])), None),
        "size": one.size,
        "covered_from": one.covered_from or None,
        "covered_to": one.covered_to or None,
        "statement": id_of(one.statement),
        "other_statement": id_of(one.other) if one.other else None,
    }


def _source(identifier: str) -> str:
    return thing_iri(Type.SOURCE, identifier)
