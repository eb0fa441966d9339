"""Acts found in the index are those that SPARQL finds, in the same order."""

from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode

from comity.graph.binding import Term, bind, parameters_in
from comity.graph.engine import EmbeddedEngine
from comity.graph.index.finding import ActFilter, found_acts
from comity.graph.terms import day_term, node, truth_term
from comity.ontology.namespaces import THINGS, Thing
from comity.queries.catalogue import record_query

WHO = ("holder", "speaker", "target", "addressee", "actor", "venue")
EVENT = "attack-on-armenia-2022-09"
FILTERS = [
    ActFilter(),
    ActFilter(holder=("rus",)),
    ActFilter(holder=("rus",), exact=True),
    ActFilter(holder=("arm", "kaz"), since=date(2022, 9, 13), until=date(2022, 9, 14)),
    ActFilter(holder=("usa",), about=(f"event/{EVENT}",)),
    ActFilter(speaker=("nikol-pashinyan",)),
    ActFilter(target=("aze",), sign=(Decimal(-1),)),
    ActFilter(addressee=("csto",)),
    ActFilter(actor=("tur",)),
    ActFilter(event=(EVENT,), kind=("condemn", "call-for-restraint")),
    ActFilter(about=("event/unga-vote-62-243", "issue/second-front-georgia")),
    ActFilter(source=("seed-article", "unga-votes-2020")),
    ActFilter(venue=("unsc",), holder=("sun",)),
    ActFilter(sign=(Decimal("0.5"), Decimal(0))),
    ActFilter(holder=("vut",)),
]


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_acts_found_are_those_of_sparql(shipped_engine: EmbeddedEngine, wanted: ActFilter) -> None:
    text = record_query("stances")
    values: dict[str, list[Term]] = {name: [] for name in parameters_in(text)}
    values |= {name: [node(Thing.ACTOR, one) for one in getattr(wanted, name)] for name in WHO}
    values["exact"] = [truth_term(True)] if wanted.exact else []
    values["about"] = [NamedNode(f"{THINGS}{one}") for one in wanted.about]
    values["event"] = [node(Thing.EVENT, one) for one in wanted.event]
    values["source"] = [node(Thing.SOURCE, one) for one in wanted.source]
    values["kind"] = [node("kind", one) for one in wanted.kind]
    values["sign"] = [Literal(float(one)) for one in wanted.sign]
    values["since"] = [day_term(wanted.since)] if wanted.since else []
    values["until"] = [day_term(wanted.until)] if wanted.until else []
    rows = shipped_engine.select(bind(text, values)).texts()
    found = found_acts(shipped_engine, wanted)
    assert found is not None
    ordered = sorted((row["order"], row["item"]) for row in rows)
    assert list(found) == list(dict.fromkeys(iri for _, iri in ordered))
    assert [found[at] for at in range(len(found))][:5] == found[:5]
    assert bool(found) == (wanted.holder != ("vut",))
