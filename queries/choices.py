"""Allowed values: which texts a graph takes as values of a question's parameters.

Owns the check of a value against the graph, the lists that forms and descriptions show,
and the nearest value for one that is not allowed. A list stands in `choices/NAME.rq`; it
is asked once per version of the graph.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from comity.errors import ParameterError
from comity.graph.binding import with_prefixes
from comity.graph.engine import Engine
from comity.graph.remembered import Remembered
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import is_id_of, is_thing, thing_and_id, thing_iri
from comity.ontology.terms import concepts
from comity.queries.catalogue import choice_list
from comity.queries.parameters import THINGS, ChoiceList, Parameter

# The class that a value must have, where the type says more than the IRI does.
_CLASSES: Mapping[str, str] = {
    "alliance": "Organisation",
    "organisation": "Organisation",
    "person": "Person",
    "state": "State",
}
# Lists of everything of a type.
_EVERYTHING: Mapping[str, str] = {
    "actor": "actors",
    "alliance": "alliances",
    "event": "events",
    "issue": "issues",
    "organisation": "organisations",
    "person": "persons",
    "post": "posts",
    "source": "sources",
    "state": "states",
    "treaty": "treaties",
}
# Types of which there are too many for a list to choose from.
_UNLISTED = frozenset({"actor", "source"})
# Up to so many values an error names them all.
_FEW = 12
# Below this a value is no suggestion: "csto" would bring "osce".
_NEAR = 70.0


@dataclass(frozen=True, slots=True)
class Choice:
    """An allowed value.

    Attributes:
        value: as it is given.
        label: for people.
    """

    value: str
    label: str


def list_name(parameter: Parameter) -> str | None:
    """The list in `choices/` that holds a parameter's values; None where there is none."""
    if parameter.choices is not None:
        return parameter.choices.name
    return None if parameter.type in _UNLISTED else _EVERYTHING.get(parameter.type)


def fixed(parameter: Parameter) -> tuple[Choice, ...]:
    """The values of a parameter that no graph changes: those of a concept scheme."""
    return tuple(Choice(one.id, one.label) for one in concepts(parameter.type).values())


_READ: Remembered[str, tuple[Choice, ...]] = Remembered()


class Allowed:
    """The values that a graph allows.

    Args:
        engine: the graph.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def values(self, parameter: Parameter) -> tuple[Choice, ...]:
        """Every value that a parameter takes, by label; none where they are not listed."""
        if list_name(parameter) is None:
            return fixed(parameter)
        return self.suggestions(parameter)

    def suggestions(self, parameter: Parameter) -> tuple[Choice, ...]:
        """The values of a parameter; where they are not listed, everything of its type."""
        if parameter.choices is not None:
            return self._read(parameter.choices)
        if parameter.type in _EVERYTHING:
            return self._read(choice_list(_EVERYTHING[parameter.type]))
        return fixed(parameter)

    def check(self, parameter: Parameter, text: str) -> None:
        """Refuses a value that this graph does not allow.

        Raises:
            ParameterError: there is no such thing, it is of another class, or the value is
                not in the list; with the nearest value.
        """
        label = ""
        if parameter.type in THINGS:
            thing = self._thing(parameter, text)
            label = f"{thing.label} ({text})"
            wanted = _CLASSES.get(parameter.type)
            if wanted and not any(iri.endswith(f"#{wanted}") for iri in thing.texts("rdf:type")):
                kind = thing.class_name.replace("-", " ")
                raise ParameterError(
                    f"{label} is {with_article(kind)}, not {with_article(parameter.type)}.",
                    parameter=parameter.name,
                    got=text,
                    expected=f"id of {with_article(parameter.type)}",
                )
        if parameter.choices is not None:
            allowed = self.values(parameter)
            if all(one.value != text for one in allowed):
                raise self._not_listed(parameter, text, label or f"'{text}'")

    def _thing(self, parameter: Parameter, text: str) -> Thing:
        thing = THINGS[parameter.type]
        iri = thing_iri(thing, text) if is_id_of(thing, text) else ""
        found = read_things(self._engine, [iri]) if iri else {}
        if iri not in found:
            raise ParameterError(
                f"There is no {parameter.type} with the id '{text}'.",
                parameter=parameter.name,
                got=text,
                expected=f"id of {with_article(parameter.type)}",
                did_you_mean=self._near(parameter, text),
            )
        return found[iri]

    def _not_listed(self, parameter: Parameter, text: str, label: str) -> ParameterError:
        name = parameter.choices.name if parameter.choices else parameter.type
        values = [one.value for one in self.values(parameter)]
        named = f": {', '.join(values)}" if len(values) <= _FEW else ""
        return ParameterError(
            f"{label} is not one of the {len(values)} {name} that {parameter.name} takes{named}.",
            parameter=parameter.name,
            got=text,
            expected=", ".join(values) if named else f"one of {len(values)} {name}",
            did_you_mean=self._near(parameter, text),
        )

    def _near(self, parameter: Parameter, text: str) -> str | None:
        # Imported here, as in `_ask`: comparing names is rare, and slow to load.
        from rapidfuzz import fuzz, process

        from comity.graph.resolve import folded

        pool = self.suggestions(parameter)
        wanted = folded(text)
        best: tuple[float, str] | None = None
        for names in ([one.value for one in pool], [folded(one.label) for one in pool]):
            hit = process.extractOne(wanted, names, scorer=fuzz.ratio, score_cutoff=_NEAR)
            if hit is not None and (best is None or hit[1] > best[0]):
                best = (hit[1], pool[hit[2]].value)
        return best[1] if best else None

    def _read(self, wanted: ChoiceList) -> tuple[Choice, ...]:
        lists = _READ.of(self._engine)
        if wanted.text not in lists:
            lists[wanted.text] = self._ask(wanted)
        return lists[wanted.text]

    def _ask(self, wanted: ChoiceList) -> tuple[Choice, ...]:
        from comity.graph.resolve import folded

        found: dict[str, str] = {}
        for value, label in self._engine.select(with_prefixes(wanted.text)).rows:
            if value is not None:
                named = isinstance(value, NamedNode) and is_thing(value.value)
                text = thing_and_id(value.value)[1] if named else value.value
                found.setdefault(text, label.value if label is not None else text)
        return tuple(
            Choice(value, label)
            for value, label in sorted(found.items(), key=lambda one: (folded(one[1]), one[0]))
        )


def with_article(name: str) -> str:
    """A word with its article."""
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
