"""What a reading request carries, read once: service, time axes, language, page.

Owns the dependencies that list and thing operations share, and what they do with them:
write items, give one page, give one thing in the wanted format.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response
from pyoxigraph import Literal

from comity.api.entities import answer_entity, existing
from comity.api.items import Item, Writer
from comity.api.knowledge import service_then
from comity.api.listing import matching, page
from comity.api.parameters import Cursor, Format, Lang, Limit, Times, times
from comity.api.service import Service
from comity.graph.binding import Values
from comity.graph.engine import Engine
from comity.graph.terms import day_term, term
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading request.

    Attributes:
        request: the request itself.
        service: the open graph.
        when: the time axes.
        lang: language wanted for labels.
    """

    request: Request
    service: Service
    when: Times
    lang: str | None

    @property
    def engine(self) -> Engine:
        """The graph."""
        return self.service.engine

    @property
    def on_day(self) -> list[Literal]:
        """`as_of` as a term to bind; nothing where any day was asked for."""
        return [day_term(self.when.as_of)] if self.when.as_of else []

    def writer(self) -> Writer:
        """A writer of items for this request."""
        base = self.service.base_url(self.request)
        return Writer(self.engine, base, self.when.as_of, self.lang)

    def thing(self, kind: Type, identifier: str) -> Thing:
        """A thing by id.

        Raises:
            NotFoundError: there is none; with the nearest id.
        """
        return existing(self.service, kind, identifier)

    def answer(self, thing: Thing, write: Callable[[], dict[str, Any]]) -> Response:
        """A thing in the format wanted.

        Raises:
            FormatError: the format is not given.
        """
        return answer_entity(self.request, self.service, thing, write)


@dataclass(frozen=True, slots=True)
class AskedPage(Asked):
    """A request for one page of a list.

    Attributes:
        limit: items on the page.
        cursor: where it begins.
    """

    limit: int
    cursor: str | None

    def page(self, found: Sequence[str], write: Callable[[Sequence[str]], list[Item]]) -> Item:
        """One page of some IRIs, as items.

        Raises:
            ParameterError: the cursor is not of this list or this version of the graph.
        """
        version = self.engine.version
        return page(self.request, version, found, self.limit, self.cursor, self.when, write)

    def page_of_class(
        self, class_name: str, q: str | None, write: Callable[[Writer, Thing], Item]
    ) -> Item:
        """One page of everything of a class, by label.

        Args:
            class_name: the class.
            q: a piece of the label; None for all.
            write: makes an item of one thing.
        """
        values: Values = {"class": [term(class_name)], "q": [Literal(q)] if q else []}
        return self.page(
            matching(self.engine, "things", values), lambda iris: self.items(iris, write)
        )

    def items(self, iris: Sequence[str], write: Callable[[Writer, Thing], Item]) -> list[Item]:
        """Things as items, in the given order."""
        things = read_things(self.engine, iris)
        writer = self.writer()
        writer.prepare(things.values())
        return [write(writer, things[iri]) for iri in iris if iri in things]


def asked(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
) -> Asked:
    """Dependency of operations that give JSON."""
    return Asked(request, service, when, lang)


def asked_thing(found: Annotated[Asked, Depends(asked)], format: Format = None) -> Asked:
    """Dependency of operations that give one thing, in several formats."""
    return found


def asked_page(
    found: Annotated[Asked, Depends(asked)], limit: Limit = 100, cursor: Cursor = None
) -> AskedPage:
    """Dependency of lists."""
    return AskedPage(found.request, found.service, found.when, found.lang, limit, cursor)


One = Annotated[Asked, Depends(asked_thing)]
Page = Annotated[AskedPage, Depends(asked_page)]
