"""What other engines do differently: the one place for it.

Owns the rewriting of a query so that an engine answers as the standard says, and the
step from the terms it answers with to the terms the embedded store would give. Nothing
else in Comity knows the name of an engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from comity.graph.engine import Term
from comity.graph.guard import Token, tokens
from comity.ontology.namespaces import PREFIXES

_XSD = PREFIXES["xsd"]
