"""Binds parameters into SPARQL as terms: the only place where a query text is completed.

A `.rq` file states each parameter as `VALUES ?name { ... }` with an example in it, so
that the file runs as it stands in any SPARQL engine. Binding replaces what is between
the braces by the serialised terms, or takes the whole block out for a parameter that
is left open. Prefixes are added from the ontology.
"""

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from comity.ontology.namespaces import PREFIXES

Term = NamedNode | Literal
# Terms by parameter; none leaves a parameter open.
Values = Mapping[str, Sequence[Term]]

_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{[^{}]*\}")
_PREFIXED = re.compile(r"(?<![\w<\"])([a-z]+):(?=[\w])")


def parameters_in(text: str) -> frozenset[str]:
    """Names of the parameters that a query text has a VALUES block for.

    Examples:
        >>> sorted(parameters_in("SELECT * { VALUES ?kind { 1 } ?s ?p ?kind }"))
        ['kind']
    """
    return frozenset(_VALUES.findall(text))


def bind(text: str, values: Values) -> str:
    """Completes a query text.

    Args:
        text: SPARQL with a VALUES block for each parameter.
        values: terms by parameter; several terms mean any of them, no terms mean that
            the parameter is left open.

    Raises:
        LookupError: a parameter has no block in the text, or a block has no value.

    Examples:
        >>> bind("SELECT ?p { VALUES ?s { 1 } ?s ?p 2 }", {"s": [Literal("x")]})
        'SELECT ?p { VALUES ?s { "x" } ?s ?p 2 }'
    """
    blocks = parameters_in(text)
    if blocks != frozenset(values):
        odd = ", ".join(sorted(blocks ^ frozenset(values)))
        raise LookupError(f"parameters and VALUES blocks differ: {odd}")

    def block(match: re.Match[str]) -> str:
        terms = values[match[1]]
        if not terms:
            return ""
        return values_block(f"?{match[1]}", [str(term) for term in terms])

    return with_prefixes(_VALUES.sub(block, text))


def values_block(variable: str, terms: Sequence[str]) -> str:
    """The block that gives a variable some terms.

    Examples:
        >>> values_block("?day", ["1", "2"])
        'VALUES ?day { 1 2 }'
    """
    return f"VALUES {variable} {{ {' '.join(terms)} }}"


def with_prefixes(text: str) -> str:
    """Puts the PREFIX lines in front that a text uses and does not declare itself."""
    used = set(_PREFIXED.findall(text))
    lines = [
        f"PREFIX {prefix}: <{PREFIXES[prefix]}>"
        for prefix in sorted(used & PREFIXES.keys())
        if not re.search(rf"PREFIX\s+{prefix}:", text, re.IGNORECASE)
    ]
    return "\n".join([*lines, text]) if lines else text
