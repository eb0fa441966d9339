"""Finds the actor that a name means, however it is spelt.

Owns the search: what brackets and slashes in a name mean, and when one actor is near enough,
and alone so, to be put forward. How near two names are is the business of
`comity.graph.nearness`. Labels, aliases, official names, known misspellings and ids are
compared.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from comity.graph.engine import Engine
from comity.graph.name_index import MODIFIERS, NameIndex
from comity.graph.nearness import SAME_WORDS, nearness, person_nearness
from comity.graph.spelling import Spelling, folded, is_abjad
from comity.graph.things import read_names
from comity.ontology.namespaces import id_of

__all__ = ["ENOUGH", "SURE", "Candidate", "Resolver", "folded"]

# Below this a candidate is noise: "Turkey" would bring "Turkmenistan" and more.
ENOUGH = 72.0
# At or above this one actor is put forward as the one meant; see benchmarks/names.py.
SURE = 90.0
# By as much it must be nearer than any other.
_LEAD = 1.0
# What a state is worth that is named with its form; a government is not the state.
_FORMS = {"republic": 92.0, "government": 88.0}
# What a part in brackets may be that is no name in the graph: the former name of a state.
_FORMER = re.compile(r"([A-Z][a-z]+ ?){1,2}")
# Of a name with brackets or slashes, where its other part means nobody or somebody else.
_LONG_PART, _SHORT_PART = 95.0, 85.0
# What a part need be worth where the other names the actor, and what both are worth then.
_HALF_AGREES, _PARTS_AGREE = 65.0, 93.0


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


# IRI of an actor to the score and the name of it that was nearest.
_Found = dict[str, tuple[float, str]]


class Resolver:
    """Names of one version of the graph, ready for comparison.

    Args:
        engine: the graph.
        imported: whether actors of imported sources count; an import cannot name those.
    """

    def __init__(self, engine: Engine, *, imported: bool = True) -> None:
        self._engine = engine
        self._known = NameIndex(engine, imported=imported)

    def candidates(self, name: str, limit: int = 5) -> list[Candidate]:
        """Actors that a name may mean, best first; empty when none is near.

        Args:
            name: as somebody wrote it.
            limit: how many at most.
        """
        best = {iri: hit for iri, hit in self._search(name).items() if hit[0] >= ENOUGH}
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], id_of(item[0])))[:limit]
        return self._told(ranked)

    def nearest(self, name: str, sure: float = SURE) -> Candidate | None:
        """The one actor that a name very likely means; None where none or several are near.

        Args:
            name: as somebody wrote it.
            sure: the least score.
        """
        ranked = self.candidates(name, 2)
        if not ranked or ranked[0].score < sure:
            return None
        rivals = [one for one in ranked[1:] if one.score > ranked[0].score - _LEAD]
        return None if rivals else ranked[0]

    def _search(self, name: str) -> _Found:
        whole = self._compare(name)
        # "Myanmar (Burma)", "Southern Common Market/MERCOSUR": each part is a name.
        parts = [part for part in re.split(r"\s*[(/)]\s*", name) if part.strip()]
        if len(parts) < 2:
            return whole
        found = [self._compare(part) for part in parts]
        if "(" in name:
            # "Congress (United States)" is a name, "Men (United Arab Emirates)" is not near one.
            whole = {
                iri: hit if hit[0] >= _LONG_PART else (min(hit[0], _SHORT_PART), hit[1])
                for iri, hit in whole.items()
            }
        is_long = len(Spelling.of(parts[0]).words) > 1
        for iri, (score, matched) in found[0].items():
            others = [hits.get(iri, (0.0, ""))[0] for hits in found[1:]]
            rivals = [max((hit[0] for hit in hits.values()), default=0.0) for hits in found[1:]]
            is_only = all(hit[0] < SURE for one, hit in found[0].items() if one != iri)
            if is_long and is_only and score >= _HALF_AGREES and max(others) >= SAME_WORDS:
                score = max(score, _PARTS_AGREE)
            elif any(rival >= SURE > other for rival, other in zip(rivals, others, strict=True)):
                score = min(score, _SHORT_PART)
            elif max(others) < SURE:
                score = min(score, self._worth(iri, parts))
            if score > whole.get(iri, (0.0, ""))[0]:
                whole[iri] = (score, matched)
        return whole

    def _worth(self, iri: str, parts: list[str]) -> float:
        """What the first part is worth where nothing in the graph bears the other."""
        if len(Spelling.of(parts[0]).words) > 2 or _abbreviates(parts):
            return _LONG_PART
        is_former = iri in self._known.states and all(map(_FORMER.fullmatch, parts[1:]))
        return SURE if is_former else _SHORT_PART

    def _compare(self, name: str) -> _Found:
        wanted, abjad = Spelling.of(name), is_abjad(name)
        if not wanted.plain:
            return {}
        near = range(len(self._known.names)) if abjad else self._known.in_common(wanted)
        best: _Found = {}
        for index in near:
            iri, given = self._known.names[index]
            measure = person_nearness if iri in self._known.persons else nearness
            score = measure(wanted, self._known.spellings[index], abjad=abjad)
            if score > best.get(iri, (0.0, ""))[0]:
                best[iri] = (score, given)
        for word, worth in _FORMS.items():
            words = {*wanted.latin.split()} - {word}
            if len(words) < len(wanted.words) and words and not MODIFIERS & {*wanted.words}:
                self._add_states(best, wanted.without(word), worth)
        return best

    def _add_states(self, best: _Found, bare: Spelling, worth: float) -> None:
        """Adds the states that a name means but for its form: "Republic of Georgia"."""
        for index in self._known.in_common(bare):
            iri, given = self._known.names[index]
            is_same = nearness(bare, self._known.spellings[index]) > SURE
            if is_same and iri in self._known.states and worth > best.get(iri, (0.0, ""))[0]:
                best[iri] = (worth, given)

    def _told(self, ranked: list[tuple[str, tuple[float, str]]]) -> list[Candidate]:
        names = read_names(self._engine, (iri for iri, _ in ranked))
        return [
            Candidate(id_of(iri), names[iri].label, names[iri].type, iri, round(score, 1), matched)
            for iri, (score, matched) in ranked
        ]


def _abbreviates(parts: list[str]) -> bool:
    """Whether the second part is made of the first letters of the first: "(SACEP)"."""
    letters = "".join(word[0] for word in re.findall(r"\w+", parts[0]) if word[0].isupper())
    return parts[1].isupper() and fuzz.ratio(letters, parts[1]) >= 80
