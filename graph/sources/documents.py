"""Reads the YAML files, one per source document, into records.

Owns the form of the files. An act, a claim, a report or an observation becomes a
record; its evidence becomes a child record in the same document's graph.
"""

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from comity.errors import Problem
from comity.graph.sources.record import REFERENCE, Record, Shape
from comity.graph.sources.shapes import (
    ACTS,
    CASUALTY_REPORTS,
    EVIDENCE,
    OBSERVATIONS,
    POSITIONS,
    SOURCES,
    TABLES,
)

_LINE = "__line__"
# How an act stands to a claim, by the key that says so.
_POSITION_KEYS = ("asserts", "affirms", "denies")


class _Loader(yaml.CSafeLoader):
    """Safe YAML whose mappings remember the line they start on; every scalar stays text."""


def _mapping_with_line(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    read = loader.construct_mapping(node, deep=True)
    mapping: dict[str, Any] = {str(key): value for key, value in read.items()}
    if len(mapping) != len(node.value):
        raise yaml.MarkedYAMLError(
            problem="a key is given twice in this entry", problem_mark=node.start_mark
        )
    mapping[_LINE] = node.start_mark.line + 1
    return mapping


def _scalar_as_text(loader: _Loader, node: yaml.ScalarNode) -> str | None:
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_line)
for _tag in ("null", "bool", "int", "float", "timestamp", "str"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _scalar_as_text)


def read_documents(folder: Traversable, problems: list[Problem]) -> Iterator[Record]:
    """Reads every `documents/*.yaml` of a data folder, in order of their names.

    Args:
        folder: the data folder.
        problems: faults are appended here; a faulty entry is left out.
    """
    documents = folder / "documents"
    if not documents.is_dir():
        return
    for entry in sorted(documents.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".yaml"):
            yield from _read_document(
                f"documents/{entry.name}", entry.read_text(encoding="utf-8"), problems
            )


def _read_document(file: str, text: str, problems: list[Problem]) -> Iterator[Record]:
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problems.append(Problem(file, line, "", f"this is not YAML: {error.problem}"))
        return
    if not isinstance(content, dict):
        problems.append(Problem(file, 1, "", "a document is a mapping with id, label, kind"))
        return
    document = _entry(SOURCES, content, file, REFERENCE, problems)
    yield document
    reader = _DocumentReader(file, document.id, problems)
    yield from reader.entries(content)


class _DocumentReader:
    """Reads the entries of one document; they all live in that document's graph."""

    def __init__(self, file: str, home: str, problems: list[Problem]) -> None:
        self.file = file
        self.home = home
        self.problems = problems

    def entries(self, content: Mapping[str, Any]) -> Iterator[Record]:
        for item in self._items(content, "acts"):
            act = self._entry(ACTS, item)
            yield act
            evidence = list(self._evidence(item, act, "e"))
            yield from evidence
            yield from self._positions_of_act(act, item, evidence)
        for number, item in enumerate(self._items(content, "reports"), start=1):
            report = self._entry(EVIDENCE, item, f"{self.home}-r{number}")
            yield Record(
                EVIDENCE, report.id, report.values, self.file, report.line, self.home,
                link="evidence",
            )  # fmt: skip
        for item in self._items(content, "claims"):
            claim = self._entry(TABLES["claims"], item, home=REFERENCE)
            # Without a text the entry adds positions to a claim defined elsewhere.
            if claim.one("text"):
                yield claim
            yield from self._positions_of_claim(claim, item)
        for name, shape in (("casualty_reports", CASUALTY_REPORTS), ("observations", OBSERVATIONS)):
            for item in self._items(content, name):
                record = self._entry(shape, item)
                yield record
                yield from self._evidence(item, record, "e")

    def _items(self, content: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        items = content.get(key) or []
        if isinstance(items, list) and all(isinstance(item, dict) for item in items):
            return items
        self.problems.append(Problem(self.file, 0, key, "must be a list of entries"))
        return []

    def _entry(
        self, shape: Shape, item: Mapping[str, Any], identifier: str = "", home: str = ""
    ) -> Record:
        return _entry(shape, item, self.file, home or self.home, self.problems, identifier)

    def _evidence(self, item: Mapping[str, Any], parent: Record, mark: str) -> Iterator[Record]:
        given = item.get("evidence")
        several = given if isinstance(given, list) else [given] if given else []
        for number, one in enumerate(several, start=1):
            if not isinstance(one, dict):
                self.problems.append(Problem(self.file, parent.line, "evidence", "is no mapping"))
                continue
            number_mark = mark if len(several) == 1 else f"{mark}{number}"
            read = self._entry(EVIDENCE, one, f"{parent.id}-{number_mark}")
            yield Record(
                EVIDENCE, read.id, read.values, self.file, read.line, self.home, parent, "evidence"
            )

    def _positions_of_act(
        self, act: Record, item: Mapping[str, Any], evidence: list[Record]
    ) -> Iterator[Record]:
        for key in _POSITION_KEYS:
            for claim in _texts(item.get(key)):
                values = {
                    "claim": (claim,),
                    "actor": act.all("holder"),
                    "position": (key,),
                    "act": (act.id,),
                    "confidence": act.all("confidence"),
                }
                yield Record(
                    POSITIONS,
                    f"{act.id}-{key}-{claim}",
                    {name: texts for name, texts in values.items() if texts},
                    self.file,
                    act.line,
                    self.home,
                )

    def _positions_of_claim(self, claim: Record, item: Mapping[str, Any]) -> Iterator[Record]:
        for one in self._items(item, "positions"):
            keys = {field.name for field in POSITIONS.fields} | {_LINE}
            mine = {key: value for key, value in one.items() if key in keys}
            theirs = {key: value for key, value in one.items() if key not in keys}
            # `position` is taken by the position to the claim.
            theirs["position"] = theirs.pop("text_position", None)
            actor = "-".join(_texts(one.get("actor"))) or "nobody"
            position = self._entry(
                POSITIONS,
                mine | {"claim": claim.id},
                f"{claim.id}-{'-'.join(_texts(one.get('position')))}-{actor}-{self.home}",
            )
            yield position
            evidence = theirs | {_LINE: one[_LINE]}
            yield from self._evidence({"evidence": evidence}, position, "e")


def _entry(
    shape: Shape,
    item: Mapping[str, Any],
    file: str,
    home: str,
    problems: list[Problem],
    identifier: str = "",
) -> Record:
    line = int(item.get(_LINE, 0))
    accepted = shape.accepts()
    values: dict[str, tuple[str, ...]] = {}
    for key, value in item.items():
        if key == _LINE:
            continue
        if key not in accepted:
            allowed = ", ".join(sorted(accepted))
            problems.append(Problem(file, line, str(key), f"no such key; keys: {allowed}"))
        elif not isinstance(value, dict) and not _is_nested(value):
            texts = _texts(value)
            if texts:
                values[key] = texts
    position = item.get("position")
    if isinstance(position, dict):
        for key in ("start", "end", "prefix", "suffix"):
            texts = _texts(position.get(key))
            if texts:
                values[key] = texts
    home_id = values.get("id", ("",))[0]
    return Record(shape, identifier or home_id, values, file, line, home)


def _is_nested(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a scalar or a list; nothing for null and empty."""
    several = value if isinstance(value, list) else [value]
    # White space at either end is kept in passages: prefixes and suffixes need it.
    return tuple(str(one) for one in several if one is not None and str(one).strip())
