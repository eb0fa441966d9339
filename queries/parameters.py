"""Parameters of questions: their types, and how a text becomes a term.

Owns the list of types and the check of values against the graph. Binding itself is in
`comity.graph.binding`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from comity.errors import DateError, ParameterError
from comity.graph.terms import day_term, node
from comity.ontology.dates import parse_day
from comity.ontology.namespaces import Thing, is_id
from comity.ontology.terms import concepts

Term = NamedNode | Literal

TODAY = "today"

# Parameter types that name a thing, and the thing they name.
THINGS: Mapping[str, Thing] = {
    "actor": Thing.ACTOR,
    "organisation": Thing.ACTOR,
    "state": Thing.ACTOR,
    "person": Thing.ACTOR,
    "post": Thing.POST,
    "event": Thing.EVENT,
    "issue": Thing.ISSUE,
    "claim": Thing.CLAIM,
    "treaty": Thing.TREATY,
    "source": Thing.SOURCE,
    "stance": Thing.STANCE,
}
# Parameter types that are concepts; the type is the scheme.
SCHEMES = frozenset({"kind", "role", "status", "obligation-type", "office", "claim-position"})
PLAIN = frozenset({"date", "number", "text"})

# Whether a thing exists in the graph, and which ids are near.
Exists = Callable[[Thing, str], bool]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: as in the file, with underscores.
        type: one of `THINGS`, `SCHEMES` or `PLAIN`.
        meaning: for people.
        default: text used when none is given; None for none.
        required: whether it must be given when it has no default.
        many: whether it may be given several times (any of them).
    """

    name: str
    type: str
    meaning: str
    default: str | None
    required: bool
    many: bool

    def choices(self) -> tuple[str, ...]:
        """The values allowed, where they are a fixed list; else nothing."""
        return tuple(concepts(self.type)) if self.type in SCHEMES else ()


def bound_terms(
    parameters: Sequence[Parameter], given: Mapping[str, Sequence[str]], exists: Exists
) -> dict[str, list[Term]]:
    """The terms for every parameter, from the texts that a user gave.

    Args:
        parameters: of the question.
        given: texts by parameter name.
        exists: asks the graph whether a thing is in it.

    Raises:
        ParameterError: a parameter is unknown, missing, repeated, or its value is not
            of its type or not in the graph.
    """
    names = [parameter.name for parameter in parameters]
    for name in given:
        refuse_unknown(name, names)
    terms: dict[str, list[Term]] = {}
    for parameter in parameters:
        texts = list(given.get(parameter.name, ()))
        if not texts and parameter.default is not None:
            texts = [parameter.default]
        if not texts and parameter.required:
            raise ParameterError(
                f"This question needs {parameter.name}: {parameter.meaning}.",
                parameter=parameter.name,
                expected=parameter.type,
            )
        if len(texts) > 1 and not parameter.many:
            raise ParameterError(
                f"{parameter.name} takes one value.",
                parameter=parameter.name,
                got=", ".join(texts),
                expected="one value",
            )
        terms[parameter.name] = [_term(parameter, text, exists) for text in texts]
    return terms


def refuse_unknown(name: str, known: Iterable[str]) -> None:
    """Refuses a parameter name that does not exist, with the nearest one that does.

    Raises:
        ParameterError: the name is not among the known ones.
    """
    names = sorted(known)
    if name in names:
        return
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    raise ParameterError(
        f"There is no parameter '{name}' here; parameters: {', '.join(names) or 'none'}.",
        parameter=name,
        expected=", ".join(names),
        did_you_mean=near[0] if near else None,
    )


def day_of(name: str, text: str) -> date:
    """A day given as a parameter; `today` is today in UTC.

    Raises:
        ParameterError: the text is no day.
    """
    if text == TODAY:
        return datetime.now(UTC).date()
    try:
        return parse_day(text)
    except DateError as error:
        raise ParameterError(
            str(error), parameter=name, got=text, expected="a day as YYYY-MM-DD"
        ) from None


def _term(parameter: Parameter, text: str, exists: Exists) -> Term:
    if parameter.type in THINGS:
        thing = THINGS[parameter.type]
        if not is_id(text) or not exists(thing, text):
            raise ParameterError(
                f"There is no {parameter.type} with the id '{text}'.",
                parameter=parameter.name,
                got=text,
                expected=f"id of a {parameter.type}",
            )
        return node(thing, text)
    if parameter.type in SCHEMES:
        return node(parameter.type, concept_of(parameter.name, parameter.type, text))
    if parameter.type == "date":
        return day_term(day_of(parameter.name, text))
    if parameter.type == "number":
        if not text.removeprefix("-").isdecimal():
            raise ParameterError(
                f"{parameter.name} must be a whole number.",
                parameter=parameter.name,
                got=text,
                expected="a whole number",
            )
        return Literal(int(text))
    return Literal(text)


def concept_of(name: str, scheme: str, text: str) -> str:
    """A value of a fixed list.

    Raises:
        ParameterError: the text is not in the list.
    """
    values = tuple(concepts(scheme))
    if text not in values:
        near = get_close_matches(text, values, n=1)
        raise ParameterError(
            f"{name} must be one of {', '.join(values)}.",
            parameter=name,
            got=text,
            expected=", ".join(values),
            did_you_mean=near[0] if near else None,
        )
    return text
