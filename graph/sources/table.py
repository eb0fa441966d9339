"""An analyst's own table, read as one YAML file says: no code is needed for it.

Rows become memberships, parties, tenures, stances or events. What is not in the graph is
made only where the mapping says what it is; else the row is refused with the name.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, RowError, slug_of
from comity.graph.sources.mapping import KINDS, Rule, TableMapping
from comity.graph.sources.record import Field, Record, Value
from comity.ontology.dates import OPEN, parse_moment
from comity.ontology.namespaces import Thing

_ACTOR = (Thing.ACTOR,)


class TableImporter(Importer):
    """Reads a table by its mapping; `table_importer` makes one for each mapping."""

    mapping: ClassVar[TableMapping]

    def records(self, row: Row) -> Iterable[Record]:
        """The record of a row, after those of the actors that it makes."""
        shape = KINDS[self.mapping.kind]
        fields = {one.name: one for one in shape.fields}
        values: dict[str, tuple[str, ...]] = {}
        made: list[Record] = []
        for name, rule in self.mapping.fields.items():
            texts = self._texts(row, rule)
            if name not in fields:
                values[name] = tuple(_day(text, rule) for text in texts)
        day = _first_day(values)
        for name, rule in self.mapping.fields.items():
            if name not in fields:
                continue
            texts = self._texts(row, rule)
            if fields[name].required and not texts:
                raise RowError(f"{name} is empty")
            values[name] = tuple(self._named(fields[name], text, rule, day, made) for text in texts)
        yield from made
        yield self.record(shape.name, row.locator.replace(":", "-"), **values)

    def _texts(self, row: Row, rule: Rule) -> list[str]:
        if not rule.column:
            return [rule.value]
        cell = row[rule.column] or rule.empty
        texts = cell.split(rule.between) if rule.between else [cell]
        given = [text.strip() for text in texts if text.strip()]
        return [rule.values.get(text, text) for text in given]

    def _named(
        self, field: Field, text: str, rule: Rule, day: date | None, made: list[Record]
    ) -> str:
        """The id of what a text names; an actor that is made for it is added to `made`."""
        if field.value is not Value.REF or rule.by == "id" or not rule.column:
            return text
        if rule.by == "name":
            found = self.world.by_name(text, day)
        else:
            found = self.world.by_code(rule.by, text, day)
        if found is None and rule.make and field.things == _ACTOR:
            slug = slug_of(text)
            found = self.mint(slug)
            if self.is_new("made", found):
                made.append(self._made(slug, text, rule.make))
        if found is None:
            raise RowError(f"{field.name}: nothing is called '{text}' ({rule.by})")
        return found

    def _made(self, slug: str, label: str, kind: str) -> Record:
        if kind == "person":
            return self.record("people", slug, label=label)
        if kind == "state":
            return self.record("states", slug, label=label)
        return self.record("organisations", slug, label=label, type=kind)


def table_importer(mapping: TableMapping) -> type[Importer]:
    """The importer of a mapping."""
    form = Form(mapping.kind, mapping.columns)
    return type(
        "MappedTable",
        (TableImporter,),
        {
            "origin": mapping.origin,
            "forms": (form,),
            "mapping": mapping,
            "settings": repr(mapping),
            "__doc__": "A table.",
        },
    )


def _day(text: str, rule: Rule) -> str:
    if not rule.form or text == OPEN:
        return text
    try:
        return datetime.strptime(text, rule.form).date().isoformat()
    except ValueError:
        raise RowError(f"'{text}' is not a date written {rule.form}") from None


def _first_day(values: dict[str, tuple[str, ...]]) -> date | None:
    """The day on which codes and names of the row are looked up."""
    for name in ("start_date", "date", "observed"):
        for text in values.get(name, ()):
            return parse_moment(text).earliest
    return None
