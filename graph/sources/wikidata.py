"""Wikidata: memberships (P463) and positions held (P39), as `wikidata_fetch` writes them.

A row of the states gives a state its item by its ISO code. A row of statements becomes a
membership, or a post, a person and a tenure. Start and end are as exact as Wikidata says
they are; no end means that none is told, so it is unknown and not open. An actor is that of
the graph by its item or, for states, by ISO code; a person by full name of the same state;
an organisation by name. Other people, organisations that states are members of, and posts
are minted with their item as id and code. What else is a member of something that the graph
has not is refused, for its kind is not told. Ranks, references and other qualifiers are
left out, deprecated statements are not fetched.
Source: Wikidata contributors, https://www.wikidata.org.
"""

from collections.abc import Iterable

from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError
from comity.graph.sources.record import Record
from comity.ontology.dates import parse_validity
from comity.ontology.namespaces import Thing

STATES = ("code", "item")
STATEMENTS = (
    *("kind", "statement", "subject", "subject_label", "object", "object_label"),
    *("office", "of", "of_label", "start", "start_precision", "end", "end_precision"),
)
# How much of a time is meant, by Wikibase's number: https://www.wikidata.org/wiki/Help:Dates.
_LENGTHS = {"9": 4, "10": 7, "11": 10}


class Wikidata(Importer):
    """Reads what was fetched from Wikidata or another endpoint of its form."""

    origin = Origin(
        name="wikidata",
        # So that the ranking knows it, and because it is not all of Wikidata.
        version="p39-p463",
        label="Wikidata, positions held (P39) and memberships (P463)",
        publisher="Wikidata contributors",
        licence="CC0",
        may_pass_on=True,
        url="https://www.wikidata.org/",
        note="Written by volunteers; no end means that none is told.",
    )
    forms = (Form("states", STATES), Form("statements", STATEMENTS))

    def records(self, row: Row) -> Iterable[Record]:
        """The item of a state, a membership, or a tenure with the person and the post."""
        if row.form == "states":
            yield from self._state(row)
            return
        statement = row["statement"].rpartition("/")[2].lower()
        identifier = f"{statement}-{row['office']}" if row["office"] else statement
        if not all(part.isalnum() for part in identifier.split("-")):
            raise RowError(f"'{row['statement']}' is no statement")
        # Qualifiers that are given twice make two rows of one statement.
        if identifier in self.memory.setdefault("statements", {}):
            raise RowError("the same statement came before, with other dates or of another body")
        if row["kind"] == "membership":
            yield from self._membership(row, identifier)
        elif row["kind"] == "position":
            yield from self._tenure(row, identifier)
        else:
            raise RowError(f"'{row['kind']}' is neither a membership nor a position")
        self.memory["statements"][identifier] = 1

    def _state(self, row: Row) -> Iterable[Record]:
        item = _item(row["item"])
        actor = self.world.by_code("iso-3166-1-alpha3", row["code"])
        if actor is None or not self.world.has(Thing.ACTOR, actor):
            raise RowError(f"no state has the ISO code '{row['code']}'")
        known = self.memory.setdefault("states", {})
        if known.setdefault(item, actor) != actor:
            raise RowError(f"the item {item} has the codes of two states")
        if self.world.by_code("wikidata", item) is None and self.is_new("codes", item):
            yield self._code(actor, item)

    def _membership(self, row: Row, identifier: str) -> Iterable[Record]:
        member = self._actor(_item(row["subject"]))
        if member is None:
            raise RowError(f"nobody in the graph is the item {row['subject']}")
        item = _item(row["object"])
        name = row["object_label"] or item
        body, days = self._actor(item) or self._named(name), _days(row)
        if body is None:
            if member not in self.world.lifetimes:
                raise RowError(f"'{name}' ({item}) is not in the graph, and its kind is not told")
            body = self.mint(item.lower())
            if self.is_new("minted", item):
                yield self.record(
                    "organisations", item.lower(), type="international-organisation", label=name
                )
                yield self._code(body, item)
        yield self.record(
            "memberships", identifier, organisation=body, member=member, role="member", **days
        )

    def _tenure(self, row: Row, identifier: str) -> Iterable[Record]:
        of = row["of"]
        body = (self._actor(_item(of)) if of else None) or self._named(row["of_label"])
        if body is None:
            raise RowError(f"the body of the post is not in the graph: '{row['of_label'] or of}'")
        item, post = _item(row["subject"]), _item(row["object"])
        name, days = row["subject_label"] or item, _days(row)
        person = self._actor(item) or self.world.person(name, (body,))
        if person is None:
            person = self.mint(item.lower())
            if self.is_new("minted", item):
                country = body if body in self.world.lifetimes and row["office"] else ""
                yield self.record("people", item.lower(), label=name, country=country)
                yield self._code(person, item)
        slug = "-".join(filter(None, (post.lower(), row["office"], body)))
        if self.is_new("posts", slug):
            label = row["object_label"] or post
            yield self.record("posts", slug, label=label, office=row["office"], body=body)
        yield self.record("tenures", identifier, person=person, post=self.mint(slug), **days)

    def _actor(self, item: str) -> str | None:
        found = self.world.by_code("wikidata", item) or self.memory.get("states", {}).get(item)
        return found if found is None or self.world.has(Thing.ACTOR, found) else None

    def _named(self, name: str) -> str | None:
        """An organisation by its name; states are known by their codes."""
        found = self.world.by_name(name) if name else None
        is_other = found in self.world.lifetimes or found in self.world.people
        return None if found is None or is_other else found

    def _code(self, actor: str, item: str) -> Record:
        return self.record(
            "codes",
            f"code-{item.lower()}",
            actor=actor,
            scheme="wikidata",
            code=item,
            end_date="..",
        )


def _item(text: str) -> str:
    """The number of an item, from its IRI or as it is."""
    item = text.rpartition("/")[2]
    if item[:1] != "Q" or not item[1:].isdecimal():
        raise RowError(f"'{text}' is not an item of Wikidata")
    return item


def _days(row: Row) -> dict[str, str]:
    """Start and end as exact as they are told; nothing where they are rougher than a year."""
    found = {}
    for name in ("start", "end"):
        text = row[name].removeprefix("+")
        if text[:1] == "-":
            raise RowError(f"the {name} is before our era: {text}")
        found[f"{name}_date"] = text[: _LENGTHS.get(row[f"{name}_precision"], 0)]
    # Told before anything is minted for the row.
    parse_validity(found["start_date"], found["end_date"])
    return found
