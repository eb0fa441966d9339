"""Names of one version of the graph, laid out for comparison.

Owns what the graph is asked for when names are compared: who bears which name, who is a
person or a state, and which names share words with another at all, so that few are compared
word by word.
"""

import heapq
from functools import cached_property

from rapidfuzz import fuzz, process

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.spelling import Spelling, folded, sound
from comity.ontology.namespaces import id_of

# "Republic of China" is not the People's Republic of China.
MODIFIERS = frozenset(sound(word) for word in ("democratic", "people", "peoples", "socialist"))
# How like two words must be for their names to be compared, and how many names are.
_LIKE, _COMPARED = 80.0, 60
# What the same name has in common with itself.
_MOST = 1_000


class NameIndex:
    """The names of all actors.

    Args:
        engine: the graph.
        imported: whether actors of imported sources count; an import cannot name those.
    """

    def __init__(self, engine: Engine, *, imported: bool) -> None:
        self._engine = engine
        self._imported = imported
        # Words of the graph that are like a word that was asked for.
        self._liked: dict[str, list[str]] = {}

    def in_common(self, wanted: Spelling) -> list[int]:
        """Names that share words with one, or words like its own; those that share most."""
        shared: dict[int, int] = dict.fromkeys(self._by_plain.get(wanted.plain, ()), _MOST)
        for word in {*wanted.words, *wanted.without_titles().words}:
            for other in self._like(word):
                for index in self._by_word[other]:
                    shared[index] = shared.get(index, 0) + 2 * len(other)
        lengths = self._lengths
        return heapq.nlargest(_COMPARED, shared, key=lambda one: shared[one] - lengths[one])

    def _like(self, word: str) -> list[str]:
        found = self._liked.get(word)
        if found is None:
            hits = process.extract(
                word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None
            )
            found = self._liked[word] = [hit[0] for hit in hits]
        return found

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """IRI of an actor and a name of it; ids are names too."""
        asked = "spellings" if self._imported else "names_to_import_by"
        named = sorted({(row["actor"], row["name"]) for row in self._rows(asked)})
        known = {iri for iri, _ in named}
        return named + [
            (row["actor"], id_of(row["actor"]))
            for row in self._rows("actors")
            if self._imported or row["actor"] in known
        ]

    @cached_property
    def persons(self) -> set[str]:
        """IRIs of persons."""
        return {row["person"] for row in self._rows("persons")}

    @cached_property
    def states(self) -> set[str]:
        """States, but for those of which the republic of that name may be another."""
        states = {row["state"] for row in self._rows("lifetimes")}
        for (iri, _), one in zip(self.names, self.spellings, strict=True):
            if "republik" in one.words and MODIFIERS & {*one.words}:
                states.discard(iri)
        return states

    @cached_property
    def spellings(self) -> list[Spelling]:
        """The names in the forms in which they are compared, in the same order."""
        # An id is found as it is written only: many have words of their own in them.
        return [
            Spelling(folded(name), "", (), ()) if name == id_of(iri) else Spelling.of(name)
            for iri, name in self.names
        ]

    @cached_property
    def _lengths(self) -> list[int]:
        return [sum(map(len, one.words)) for one in self.spellings]

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, one in enumerate(self.spellings):
            for word in {*one.words}:
                found.setdefault(word, []).append(index)
        return found

    @cached_property
    def _vocabulary(self) -> list[str]:
        return list(self._by_word)

    @cached_property
    def _by_plain(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for index, one in enumerate(self.spellings):
            found.setdefault(one.plain, set()).add(index)
        return found

    def _rows(self, name: str) -> list[dict[str, str]]:
        return self._engine.select(bind(request(name), {})).ordered()
