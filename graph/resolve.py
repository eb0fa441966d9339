"""Finds the actor that a name means, however it is spelt.

Owns the comparison of names: case, accents and transliterations of one another count
little. Labels, aliases, official names and known misspellings are compared.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.things import read_names
from comity.ontology.namespaces import id_of

# Below this a candidate is noise: "Turkey" would bring "Turkmenistan" and more.
ENOUGH = 72.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a name may mean.

    Attributes:
        id: of the actor.
        label: of the actor.
        type: of the actor.
        iri: of the actor.
        score: 0 to 100, how near the name is to the one matched.
        matched: the name of the actor that was nearest.
    """

    id: str
    label: str
    type: str
    iri: str
    score: float
    matched: str


class Resolver:
    """Names of one version of the graph, ready for comparison.

    Args:
        engine: the graph.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def candidates(self, name: str, limit: int = 5) -> list[Candidate]:
        """Actors that a name may mean, best first; empty when none is near.

        Args:
            name: as somebody wrote it.
            limit: how many at most.
        """
        wanted = folded(name)
        if not wanted:
            return []
        hits = process.extract(wanted, self._folded, scorer=_score, limit=None, score_cutoff=ENOUGH)
        best: dict[str, tuple[float, str]] = {}
        for _, score, index in hits:
            iri, given = self._names[index]
            if score > best.get(iri, (0.0, ""))[0]:
                best[iri] = (score, given)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], id_of(item[0])))[:limit]
        names = read_names(self._engine, (iri for iri, _ in ranked))
        return [
            Candidate(id_of(iri), names[iri].label, names[iri].type, iri, round(score, 1), matched)
            for iri, (score, matched) in ranked
        ]

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        rows = self._engine.select(bind(request("spellings"), {})).texts()
        return [(row["actor"], row["name"]) for row in rows] + [
            (row["actor"], id_of(row["actor"]))
            for row in self._engine.select(bind(request("actors"), {})).texts()
        ]

    @cached_property
    def _folded(self) -> list[str]:
        return [folded(name) for _, name in self._names]


# An import asks for the same name several times in a row.
@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without case, accents and punctuation.

    Examples:
        >>> folded("Türkiye"), folded("Çavuşoğlu, Mevlüt")
        ('turkiye', 'cavusoglu mevlut')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    kept = "".join(
        char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)
    )
    return " ".join(kept.casefold().split())


def _score(one: str, other: str, *, score_cutoff: float | None = None, **_: object) -> float:
    """How near two folded names are: whole names first, a surname alone counts too."""
    whole = fuzz.ratio(one, other)
    if whole == 100:
        return 100.0
    words = other.split()
    # A single word may be the surname, which is the last word or, in some lists, the first.
    part = max((fuzz.ratio(one, word) for word in words), default=0.0) if len(words) > 1 else 0.0
    reordered = fuzz.token_sort_ratio(one, other)
    return max(float(whole), 0.95 * part, 0.98 * reordered)
