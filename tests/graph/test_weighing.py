"""Weights, signs of pairs, what counts once, alliances and votes; worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from comity.errors import InputError, ParameterError
from comity.graph.engine import EmbeddedEngine
from comity.graph.network import (
    Agreement,
    Bundle,
    End,
    Level,
    Network,
    NetworkQuery,
    Once,
    Relation,
    SignRule,
    Tie,
    Weighing,
    Weight,
)
from comity.graph.projection import project
from comity.graph.things import Thing
from comity.graph.weighing import among, busiest, linked, weighed
from comity.ontology.namespaces import Thing as Type


def act(name: str, who: str, whom: str, sign: str | None, day: int, kind: str = "support") -> Tie:
    when = date(2022, 9, day)
    return Tie(
        subject=End(Type.ACTOR, who),
        object=End(Type.ACTOR, whom),
        relation=Relation.STANCE,
        kind=kind,
        sign=None if sign is None else Decimal(sign),
        count=1,
        acts=(name,),
        statements=(),
        kinds=((kind, 1),),
        first=when,
        last=when,
    )


# a to b: +1, +1 and -0.5 and one without a sign; b to a: +1; c to a: -1 twice on one day.
TIES = (
    act("1", "a", "b", "1", 1),
    act("2", "a", "b", "1", 11),
    act("3", "a", "b", "-0.5", 21, "warn"),
    act("4", "a", "b", None, 21, "deny"),
    act("5", "b", "a", "1", 21),
    act("6", "c", "a", "-1", 21, "accuse"),
    act("7", "c", "a", "-1", 21, "condemn"),
)
UNTIL = date(2022, 9, 21)


def of_pairs(bundle: Bundle = Bundle.PAIR, until: date | None = UNTIL, **how: object) -> list[Tie]:
    query = NetworkQuery(bundle=bundle, until=until, weighing=Weighing(**how))  # type: ignore[arg-type]
    return list(weighed(TIES, query, {"6": ("x", "y")}))


def test_a_pair_counts_its_acts_and_has_the_sign_of_their_sum() -> None:
    found = of_pairs()
    assert [(tie.subject.id, tie.object.id, tie.count, tie.sign, tie.size) for tie in found] == [
        ("a", "b", 4, 1, 4.0),
        ("b", "a", 1, 1, 1.0),
        ("c", "a", 2, -1, 2.0),
    ]
    assert found[0].acts == ("1", "2", "3", "4")
    assert found[0].kinds == (("support", 2), ("deny", 1), ("warn", 1))
    assert (found[0].first, found[0].last) == (date(2022, 9, 1), date(2022, 9, 21))


def test_any_negative_act_makes_a_negative_pair() -> None:
    assert [tie.sign for tie in of_pairs(sign_rule=SignRule.ANY_NEGATIVE)] == [-1, 1, -1]


def test_reciprocal_pairs_point_at_each_other_with_one_sign() -> None:
    found = of_pairs(sign_rule=SignRule.RECIPROCAL)
    assert [(tie.subject.id, tie.object.id) for tie in found] == [("a", "b"), ("b", "a")]


def test_the_mean_sign_leaves_out_acts_without_one() -> None:
    assert [tie.weight for tie in of_pairs(weight=Weight.MEAN)] == [0.5, 1.0, -1.0]
    unsigned = NetworkQuery(weighing=Weighing(weight=Weight.MEAN))
    assert [tie.weight for tie in weighed(TIES[3:4], unsigned, {})] == [0.0]


def test_an_act_a_half_life_ago_weighs_half() -> None:
    # 20 days ago at 10 days is a quarter, 10 days ago a half, today all.
    found = of_pairs(weight=Weight.DECAY, half_life=10)
    assert [tie.weight for tie in found] == pytest.approx([0.25 + 0.5 - 0.5, 1.0, -2.0])


def test_acts_of_one_sign_on_one_day_count_once() -> None:
    assert [tie.count for tie in of_pairs(once=Once.DAY)] == [4, 1, 1]
    # September is one month: +1, -0.5 and no sign.
    assert [tie.count for tie in of_pairs(once=Once.MONTH)] == [3, 1, 1]
    assert [tie.weight for tie in of_pairs(once=Once.MONTH, weight=Weight.MEAN)] == [0.25, 1, -1]
    # Act 6 is in two documents, 7 in none that is known.
    assert [tie.count for tie in of_pairs(once=Once.DOCUMENT)] == [4, 1, 3]
    unbundled = of_pairs(Bundle.NONE, once=Once.DAY)
    assert [(tie.acts, tie.count) for tie in unbundled if tie.subject.id == "c"] == [
        (("6", "7"), 1)
    ]


def test_ties_of_fewer_acts_are_left_out() -> None:
    assert [tie.subject.id for tie in of_pairs(minimum_acts=2)] == ["a", "c"]
    assert [tie.subject.id for tie in of_pairs(minimum_acts=2, once=Once.DAY)] == ["a"]


def test_the_backbone_leaves_ties_that_chance_would_give() -> None:
    # At a: sizes 4, 1, 2 of 7, three ties: (1 - 4/7)^2 = 0.18, (6/7)^2 = 0.73, (5/7)^2 = 0.51.
    # At b: 4 and 1 of 5, two ties: 0.2 and 0.8; at c there is one tie.
    assert [tie.object.id for tie in of_pairs(backbone=0.19)] == ["b"]
    assert [tie.subject.id for tie in of_pairs(backbone=0.6)] == ["a", "c"]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"weighing": {"weight": Weight.DECAY}}, "half_life"),
        ({"weighing": {"half_life": 3}}, "half_life"),
        ({"weighing": {"weight": Weight.DECAY, "half_life": float("nan")}}, "half_life"),
        ({"weighing": {"weight": Weight.DECAY, "half_life": 3}}, "half_life"),
        ({"weighing": {"minimum_acts": 0}}, "minimum_acts"),
        ({"weighing": {"minimum_exposure": 2}}, "minimum_exposure"),
        ({"weighing": {"backbone": 0.1}}, "backbone"),
        ({"weighing": {"sign_rule": SignRule.SUM}}, "sign_rule"),
        ({"weighing": {"agreement": Agreement.CONFLICT, "weight": Weight.MEAN}}, "weight"),
        ({"weighing": {"agreement": Agreement.CONFLICT}, "bundle": Bundle.SIGN}, "bundle"),
        ({"level": Level.ALLIANCE}, "level"),
        ({"alliances": ("csto",)}, "level"),
        ({"since": date(2022, 2, 2), "until": date(2022, 1, 1)}, "since"),
        ({"relations": (Relation.AGREEMENT,)}, "relation"),
    ],
)
def test_what_contradicts_itself_is_refused(values: dict[str, object], named: str) -> None:
    def asked() -> NetworkQuery:
        how = Weighing(**values.pop("weighing", {}))  # type: ignore[arg-type]
        return NetworkQuery(weighing=how, **values)  # type: ignore[arg-type]

    with pytest.raises(ParameterError) as caught:
        asked()
    assert caught.value.parameter == named


def test_counted_acts_cannot_be_told_apart() -> None:
    counted = replace(TIES[0], acts=(), archives=("icews",), count=5)
    query = NetworkQuery(weighing=Weighing(once=Once.DAY))
    with pytest.raises(InputError, match="leave archives out"):
        weighed([counted], query, {})


def test_states_are_rolled_up_to_the_alliances_they_were_in_that_day(
    shipped_engine: EmbeddedEngine,
) -> None:
    asked = NetworkQuery(
        event="attack-on-armenia-2022-09",
        level=Level.ALLIANCE,
        alliances=("csto", "nato"),
        since=date(2022, 9, 12),
        until=date(2022, 9, 22),
        as_of=date(2022, 9, 13),
    )
    found = project(shipped_engine, asked)
    by_state = project(shipped_engine, replace(asked, level=Level.STATE, alliances=()))
    ends = {tie.subject.id for tie in found.ties} | {tie.object.id for tie in found.ties}
    # Members of the two speak as their alliance; Azerbaijan, in neither, as itself.
    assert {"csto", "nato", "aze"} <= ends
    assert not {"arm", "rus", "kaz", "tur", "usa", "fra"} & ends
    turkish = {
        act
        for tie in by_state.ties
        if tie.subject.id == "tur" and tie.object.id == "aze"
        for act in tie.acts
    }
    assert turkish
    between = [tie for tie in found.ties if (tie.subject.id, tie.object.id) == ("nato", "aze")]
    assert turkish <= {act for tie in between for act in tie.acts}
    assert all(tie.subject != tie.object for tie in found.ties)


def test_votes_are_ties_with_a_sign_and_an_absence_is_none(shipped_engine: EmbeddedEngine) -> None:
    found = project(shipped_engine, NetworkQuery(relations=(Relation.VOTE,)))
    signs = {(tie.kind, tie.sign) for tie in found.ties}
    assert signs == {("vote-yes", 1), ("vote-no", -1), ("abstain", 0)}
    assert {tie.object.thing for tie in found.ties} == {Type.EVENT}
    # They are one tie each, not a stance as well.
    both = project(shipped_engine, NetworkQuery(relations=(Relation.VOTE, Relation.STANCE)))
    voted = [tie for tie in both.ties if tie.kind in ("vote-yes", "vote-no", "abstain")]
    assert {tie.relation for tie in voted} == {Relation.VOTE}
    assert len(voted) == len(found.ties)


def network(*ties: Tie, query: NetworkQuery = NetworkQuery()) -> Network:  # noqa: B008 frozen
    ends = {end for tie in ties for end in (tie.subject, tie.object)}
    things = {end: Thing(f"https://w3id.org/comity/id/actor/{end.id}", {}) for end in ends}
    return Network(query, things, ties, (), {}, frozenset())


def test_the_busiest_have_no_more_ties_than_asked_for() -> None:
    # a has 8 acts, b 5, c 3 and d 2; ties are there once both ends are.
    whole = network(*TIES, act("8", "d", "c", None, 1), act("9", "d", "a", None, 1))
    ids = {
        lines: "".join(sorted(end.id for end in busiest(whole, 4, lines).nodes))
        for lines in (4, 5, 6, 7, 8, 9)
    }
    assert ids == {4: "a", 5: "ab", 6: "ab", 7: "abc", 8: "abc", 9: "abcd"}
    assert len(busiest(whole, 4, 7).ties) == 7
    assert {end.id for end in busiest(whole, 3).nodes} == {"a", "b", "c"}
    # Those asked for come first.
    of_d = replace(whole, query=NetworkQuery(actors=("d",)))
    assert {end.id for end in busiest(of_d, 2).nodes} == {"a", "d"}
    # Then parties to the event, and then those with most acts.
    assert {end.id for end in busiest(whole, 2, parties=("d",)).nodes} == {"a", "d"}
    assert {end.id for end in busiest(of_d, 2, parties=("c",)).nodes} == {"c", "d"}


def test_who_has_no_tie_left_is_gone_unless_asked_for() -> None:
    # Without a, whose acts most are, nothing is left between b, c and d but d to c.
    few = among(network(*TIES, act("8", "d", "c", None, 1)), [End(Type.ACTOR, x) for x in "bcd"])
    assert {end.id for end in linked(few).nodes} == {"c", "d"}
    of_b = replace(few, query=NetworkQuery(actors=("b",)))
    assert {end.id for end in linked(of_b).nodes} == {"b", "c", "d"}
