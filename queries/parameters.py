"""Parameters of questions: their types, and how a text becomes a term.

Owns the list of types. What a graph allows is asked of a callable, see
`comity.queries.choices`; binding itself is in `comity.graph.binding`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from comity.errors import DateError, ParameterError
from comity.graph.terms import day_term, node
from comity.ontology.dates import parse_day
from comity.ontology.namespaces import Thing, is_id_of
from comity.ontology.terms import concepts

Term = NamedNode | Literal

TODAY = "today"

# Parameter types that name a thing, and the thing they name.
THINGS: Mapping[str, Thing] = {
    "actor": Thing.ACTOR,
    "alliance": Thing.ACTOR,
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
PLAIN = frozenset({"date", "number", "text"})


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A list of allowed values that a query gives.

    Attributes:
        name: such as `alliances`.
        text: SPARQL with the columns `value` and `label`.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: as in the file, with underscores.
        type: one of `THINGS` or `PLAIN`, or the id of a concept scheme such as `kind`.
        meaning: for people.
        default: text used when none is given; None for none.
        required: whether it must be given when it has no default.
        many: whether it may be given several times (any of them).
        choices: the only values allowed, where a query gives them.
        low: the smallest number allowed, or None.
        high: the largest number allowed, or None.
    """

    name: str
    type: str
    meaning: str
    default: str | None
    required: bool
    many: bool
    choices: ChoiceList | None = None
    low: int | None = None
    high: int | None = None


# Refuses, by raising ParameterError, a value that the graph does not allow.
Check = Callable[[Parameter, str], object]


def is_type(name: str) -> bool:
    """Whether parameters can be of that type."""
    return name in THINGS or name in PLAIN or bool(concepts(name))


def bound_terms(
    parameters: Sequence[Parameter], given: Mapping[str, Sequence[str]], check: Check
) -> dict[str, list[Term]]:
    """The terms for every parameter, from the texts that a user gave.

    Args:
        parameters: of the question.
        given: texts by parameter name.
        check: refuses what the graph does not allow; called with each text.

    Raises:
        ParameterError: a parameter is unknown, missing, repeated, or its value is not
            of its type or not allowed.
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
        for text in texts:
            check(parameter, text)
        terms[parameter.name] = [_term(parameter, text) for text in texts]
    return terms


def refuse_unknown(name: str, known: Iterable[str], what: str = "parameter") -> None:
    """Refuses the name of a parameter or column that does not exist, with the nearest one.

    Raises:
        ParameterError: the name is not among the known ones.
    """
    names = sorted(known)
    if name in names:
        return
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    raise ParameterError(
        f"There is no {what} '{name}' here; {what}s: {', '.join(names) or 'none'}.",
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


def _term(parameter: Parameter, text: str) -> Term:
    if parameter.type in THINGS:
        if not is_id_of(THINGS[parameter.type], text):
            raise ParameterError(
                f"'{text}' is no id (lower-case letters, digits, hyphens).",
                parameter=parameter.name,
                got=text,
                expected=f"id of a {parameter.type}",
            )
        return node(THINGS[parameter.type], text)
    if parameter.type == "date":
        return day_term(day_of(parameter.name, text))
    if parameter.type == "number":
        return Literal(_number(parameter, text))
    if parameter.type == "text":
        return Literal(text)
    return node(parameter.type, concept_of(parameter.name, parameter.type, text))


def _number(parameter: Parameter, text: str) -> int:
    low, high = parameter.low, parameter.high
    bounds = f"{'' if low is None else f' from {low}'}{'' if high is None else f' up to {high}'}"
    # More digits than a 64-bit integer has are no number to any engine.
    number = int(text) if _is_whole(text) and len(text) < 19 else None
    if number is None or (low is not None and number < low) or (high is not None and number > high):
        raise ParameterError(
            f"{parameter.name} must be a whole number{bounds}.",
            parameter=parameter.name,
            got=text,
            expected=f"a whole number{bounds}",
        )
    return number


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal()
