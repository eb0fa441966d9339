"""Reads the one YAML file that says what the columns of an analyst's own table mean.

Owns its form and what is said when it is wrong; `table` follows it. See docs/importing.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from comity.errors import DataError, Problem
from comity.graph.sources.importer import Origin
from comity.graph.sources.record import Shape
from comity.graph.sources.shapes import ACTS, ORGANISATION_CLASSES, TABLES
from comity.ontology.namespaces import is_id
from comity.ontology.terms import concepts

# What a row can be, and the shape that it becomes.
KINDS: Mapping[str, Shape] = {
    "membership": TABLES["memberships"],
    "party": TABLES["parties"],
    "tenure": TABLES["tenures"],
    "stance": ACTS,
    "event": TABLES["events"],
}
MADE = ("person", "state", *ORGANISATION_CLASSES)
_TIMES = ("start_date", "end_date", "date", "observed")
_ORIGIN = {
    "name": True, "version": False, "label": True, "publisher": True, "licence": True,
    "may_pass_on": True, "url": False, "coverage_start": False, "coverage_end": False,
    "note": False,
}  # fmt: skip
_KEYS = ("column", "value", "by", "values", "empty", "between", "form", "make")


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the texts of one field come from.

    Attributes:
        column: the column; empty where `value` says it for every row.
        value: what it is in every row.
        by: how things are named in it: `id`, `name`, or a code scheme.
        values: other texts for some of those in the column.
        empty: what an empty cell stands for.
        between: what stands between several values in one cell; empty for one value.
        form: how a date is written, as strptime has it; empty for EDTF.
        make: what an actor is that is not in the graph; empty to refuse the row.
    """

    column: str = ""
    value: str = ""
    by: str = "id"
    values: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""
    between: str = ""
    form: str = ""
    make: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a table is: its source, what its rows are, and a rule for each field."""

    origin: Origin
    kind: str
    fields: Mapping[str, Rule]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file must have."""
        return tuple(dict.fromkeys(rule.column for rule in self.fields.values() if rule.column))


def read_mapping(path: Path) -> TableMapping:
    """Reads a mapping.

    Raises:
        DataError: it is not of the form; every fault is named with its place.
    """
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError([Problem(path.name, 0, "", f"cannot be read: {error}")]) from None
    faults: list[tuple[str, str]] = []
    if not isinstance(found, dict):
        raise DataError([Problem(path.name, 0, "", "source, rows and fields are needed")])
    faults += _unknown(found, "", ("source", "rows", "fields"))
    origin = _origin(found.get("source"), faults)
    kind = str(found.get("rows", ""))
    if kind not in KINDS:
        faults.append(("rows", f"'{kind}' is not one of {', '.join(KINDS)}"))
    rules = _rules(found.get("fields"), kind, faults)
    if faults:
        raise DataError([Problem(path.name, 0, place, message) for place, message in faults])
    return TableMapping(origin, kind, rules)


def _origin(found: Any, faults: list[tuple[str, str]]) -> Origin:
    given = found if isinstance(found, dict) else {}
    faults += _unknown(given, "source.", tuple(_ORIGIN))
    for key, needed in _ORIGIN.items():
        if needed and given.get(key) in (None, ""):
            faults.append((f"source.{key}", "must not be empty"))
    texts = {key: str(given.get(key, "")) for key in _ORIGIN if key != "may_pass_on"}
    if texts["name"] and not is_id(texts["name"]):
        faults.append(("source.name", "is written in lower-case letters, digits and hyphens"))
    if not isinstance(given.get("may_pass_on", True), bool):
        faults.append(("source.may_pass_on", "is true or false"))
    return Origin(may_pass_on=bool(given.get("may_pass_on")), **texts)


def _rules(found: Any, kind: str, faults: list[tuple[str, str]]) -> dict[str, Rule]:
    shape = KINDS.get(kind)
    if shape is None:
        return {}
    given = found if isinstance(found, dict) else {}
    accepted = {one.name: one for one in shape.fields}
    times = [name for name in _TIMES if name in shape.names]
    rules = {}
    for name, rule in given.items():
        if name not in accepted and name not in times:
            near = get_close_matches(str(name), [*accepted, *times], 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            faults.append((f"fields.{name}", f"a {kind} has no such field{hint}"))
            continue
        made = _rule(name, rule, faults)
        if made is not None:
            rules[name] = made
    for name, one in accepted.items():
        if one.required and name not in given:
            faults.append((f"fields.{name}", f"a {kind} needs it"))
    if kind == "stance" and "date" not in given:
        faults.append(("fields.date", "a stance needs it"))
    return rules


def _rule(name: str, found: Any, faults: list[tuple[str, str]]) -> Rule | None:
    place = f"fields.{name}"
    if isinstance(found, str):
        return Rule(column=found)
    if not isinstance(found, dict) or not ({"column", "value"} & found.keys()):
        faults.append((place, "is the name of a column, or says `column` or `value`"))
        return None
    faults += _unknown(found, f"{place}.", _KEYS)
    texts = {key: str(found.get(key, "")) for key in _KEYS if key not in ("values", "by")}
    by = str(found.get("by", "id"))
    if by not in ("id", "name") and by not in concepts("code-scheme"):
        schemes = ", ".join(concepts("code-scheme"))
        faults.append((f"{place}.by", f"'{by}' is not id, name or one of {schemes}"))
    if texts["make"] and texts["make"] not in MADE:
        faults.append((f"{place}.make", f"'{texts['make']}' is not one of {', '.join(MADE)}"))
    if texts["form"]:
        try:
            datetime.strptime(datetime(2022, 9, 13).strftime(texts["form"]), texts["form"])
        except ValueError:
            faults.append((f"{place}.form", f"'{texts['form']}' is not a form of dates"))
    values = found.get("values", {})
    if not isinstance(values, dict):
        faults.append((f"{place}.values", "is a table of texts"))
        values = {}
    return Rule(by=by, values={str(key): str(text) for key, text in values.items()}, **texts)


def _unknown(
    found: Mapping[str, object], place: str, known: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for key in sorted(map(str, found.keys() - set(known))):
        yield f"{place}{key}", f"there is no such key; keys: {', '.join(known)}"
