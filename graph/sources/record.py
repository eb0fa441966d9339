"""A record: one row of a table or one entry of a document, still as text, with its place.

The declared form of each kind is a `Shape`: its fields, the property each becomes and
the values it allows. Reading, checking and writing RDF all follow the shape, so a new
column is one line in `shapes`. This module knows no file format and no RDF library.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from comity.ontology.namespaces import Thing

# The source of facts that were known but not read on a page.
UNSOURCED = "unsourced"
# The batch of labels, types, posts, events and source descriptions.
REFERENCE = "comity-reference"


class RowError(Exception):
    """A row of an outside source that cannot be read, with the reason."""


class Value(StrEnum):
    """What the text of a field is."""

    REF = "ref"
    CONCEPT = "concept"
    TEXT = "text"
    NAMES = "names"
    STRING = "string"
    URL = "url"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    EDTF = "edtf"


class Time(StrEnum):
    """How a record is dated."""

    VALIDITY = "validity"
    MOMENT = "moment"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a shape.

    Attributes:
        name: column or key.
        property: local name in the Comity vocabulary, or prefix:name.
        value: what its text is.
        things: for references, the types of things it may name.
        scheme: for concepts, the scheme they are from.
        many: whether it may hold several values (`a|b` in a table, a list in YAML).
        required: whether it must not be empty.
        choices: for strings, the only values allowed.
    """

    name: str
    property: str
    value: Value = Value.STRING
    things: tuple[Thing, ...] = ()
    scheme: str = ""
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """The declared form of one kind of record.

    Attributes:
        name: of the table, or of the list in a document.
        thing: the type its IRI has.
        classes: its classes, the concrete one first.
        fields: everything but id, dates and sources.
        time: how it is dated.
        id_from: fields that make up the id where there is no id column.
        class_field: the field whose value picks the classes from `class_map`,
            and the type of thing from `thing_map` where it differs.
        reference: whether it lives in the reference graph whatever its sources.
        names: other fields the reader accepts (dates, sources, alternative_to ...).
    """

    name: str
    thing: Thing
    classes: tuple[str, ...]
    fields: tuple[Field, ...]
    time: Time = Time.NONE
    id_from: tuple[str, ...] = ()
    class_field: str = ""
    class_map: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    thing_map: Mapping[str, Thing] = field(default_factory=dict)
    reference: bool = False
    names: tuple[str, ...] = ()

    def accepts(self) -> frozenset[str]:
        """Every column or key that may stand in such a record."""
        return frozenset(self.names) | {one.name for one in self.fields} | {self.class_field} - {""}


@dataclass(frozen=True, slots=True)
class Record:
    """One record as read.

    Attributes:
        shape: its form.
        id: its id.
        values: texts by field name; a field with nothing in it is absent.
        file: the file's name within the data folder.
        line: line in that file, from 1.
        home: id of the source whose graph holds it.
        parent: the record it hangs on (evidence on an act), or None.
        link: for children, the property from the parent to this record.
    """

    shape: Shape
    id: str
    values: Mapping[str, tuple[str, ...]]
    file: str
    line: int
    home: str
    parent: "Record | None" = None
    link: str = ""

    def one(self, name: str) -> str:
        """The first text of a field, or the empty text."""
        found = self.values.get(name, ())
        return found[0] if found else ""

    @property
    def thing(self) -> Thing:
        """The type of thing it is."""
        return self.shape.thing_map.get(self.one(self.shape.class_field), self.shape.thing)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources it rests on: its own, its parent's, or the document it is in."""
        own = self.all("sources")
        if own:
            return own
        return self.parent.sources if self.parent else (self.home,)

    def all(self, name: str) -> tuple[str, ...]:
        """Every text of a field."""
        return self.values.get(name, ())
