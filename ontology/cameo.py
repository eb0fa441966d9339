"""The CAMEO codes as importers of coded events need them: by name, and the kind of each.

Codes, names and scores stand in `cameo.ttl`; which kind an act of a code has follows from
how the kinds of `schemes.ttl` are mapped to codes, so that no list is written twice.
"""

from collections.abc import Mapping
from functools import cache

from pyoxigraph import RdfFormat, parse

from comity.ontology.namespaces import PREFIXES, is_thing, thing_and_id
from comity.ontology.terms import concepts, turtle

# An act of such a code is an act of the kind.
_MAPPINGS = frozenset(PREFIXES["skos"] + name for name in ("closeMatch", "narrowMatch"))


def kind_of(code: str) -> str:
    """The kind of the acts of a code: that of the code itself, else of the nearest wider one.

    Raises:
        KeyError: there is no such code.

    Examples:
        >>> kind_of("0256"), kind_of("0254"), kind_of("1123"), kind_of("190")
        ('urge-restraint', 'ask', 'accuse', 'use-force')
    """
    return _kinds()[code]


def code_named(name: str) -> str | None:
    """The code of a name, whatever its case; the narrower where a root is called the same.

    Examples:
        >>> code_named("Consult"), code_named("fight with artillery and tanks"), code_named("?")
        ('040', '194', None)
    """
    return _names().get(name.casefold())


@cache
def _kinds() -> Mapping[str, str]:
    mapped: dict[str, str] = {}
    for statement in parse(turtle("schemes.ttl"), format=RdfFormat.TURTLE):
        target = getattr(statement.object, "value", "")
        if statement.predicate.value not in _MAPPINGS or not is_thing(target):
            continue
        scheme, code = thing_and_id(target)
        if scheme == "cameo":
            mapped[code] = thing_and_id(statement.subject.value)[1]
    found: dict[str, str] = {}
    # The wider of two codes comes first.
    for code, concept in sorted(concepts("cameo").items()):
        found[code] = mapped.get(code) or found[concept.broader or ""]
    return found


@cache
def _names() -> Mapping[str, str]:
    return {concept.label.casefold(): code for code, concept in sorted(concepts("cameo").items())}
