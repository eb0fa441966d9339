"""Obligation against behaviour, on the shipped case and on acts made by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from comity.errors import InputError, NotFoundError, ParameterError
from comity.graph.acts import Act
from comity.graph.behaviour import Behaviour, behaviour_of, most_telling
from comity.graph.engine import EmbeddedEngine
from comity.graph.obligations import obligations_at
from comity.graph.obliged import ObligationsAnswer

EVENT = "attack-on-armenia-2022-09"
CLAIM = "https://w3id.org/comity/id/claim/{}"
PLAIN = Act(
    id="x", date="2022-09-13", earliest=date(2022, 9, 13), latest=date(2022, 9, 13), time=None,
    kind="consult", sign=None, holder="c", speakers=(), post=None, on_behalf_of=None, targets=(),
    addressees=(), about=(), requested_act=None, requested_toward=(), in_response_to=None,
    qualified_by=None, possibly_same_as=None, condition=None, modality="plain", venue=None,
    sign_reason=None, confidence="high", note=None, sources=(), evidence=(),
)  # fmt: skip


@pytest.fixture(scope="module")
def answer(shipped_engine: EmbeddedEngine) -> ObligationsAnswer:
    return obligations_at(shipped_engine, EVENT)


def test_the_case_names_who_was_bound_by_what(answer: ObligationsAnswer) -> None:
    # Read in data/seed/treaties: the six parties of the Collective Security Treaty but Armenia.
    bound = {(one.owed_to, one.treaty, one.obliged) for one in answer.items}
    assert {who for to, treaty, who in bound if (to, treaty) == ("arm", "cst")} == {
        "blr", "kaz", "kgz", "rus", "tjk",
    }  # fmt: skip
    assert {("arm", "rus-arm-1997", "rus"), ("arm", "rus-arm-2010", "rus")} <= bound
    assert {("aze", "tur-aze-2010", "tur"), ("aze", "shusha-2021", "tur")} <= bound
    assert answer.day == date(2022, 9, 13)


def test_article_5_of_nato_is_not_triggered_and_says_why(answer: ObligationsAnswer) -> None:
    why = {(one.treaty, one.article): one.why for one in answer.not_triggered}
    assert "not one of them: arm, aze" in why["north-atlantic-treaty", "Art. 5"]
    assert "at all times" in why["cst", "Art. 1"]
    assert "no duty" in why["rus-aze-2022", None]
    assert "north-atlantic-treaty" not in {one.treaty for one in answer.items}


@pytest.mark.parametrize("side", ["arm", "aze"])
def test_article_5_is_named_whatever_the_side(shipped_engine: EmbeddedEngine, side: str) -> None:
    # Turkey owes Azerbaijan and is bound by NATO: whoever asks for Armenia looks for it too.
    found = obligations_at(shipped_engine, EVENT, side)
    assert ("north-atlantic-treaty", "Art. 5") in {
        (one.treaty, one.article) for one in found.not_triggered
    }


def test_who_consulted_and_ruled_help_out_shows_both(answer: ObligationsAnswer) -> None:
    # Kazakhstan sat in the session of the CSTO, and ruled help out the next day.
    kazakhstan = next(
        one
        for one in answer.items
        if (one.obliged, one.treaty, one.owed_to) == ("kaz", "cst", "arm")
    )
    assert kazakhstan.behaviour is Behaviour.CONSULTED
    assert Behaviour.RULED_A_STEP_OUT in kazakhstan.also
    assert "kaz-rule-out-2022-09-14" in dict(kazakhstan.acts)[Behaviour.RULED_A_STEP_OUT]
    assert kazakhstan.says.startswith("consulted; also ruled a step out")
    tajikistan = next(one for one in answer.items if (one.obliged, one.treaty) == ("tjk", "cst"))
    assert (tajikistan.also, tajikistan.says) == ((), "consulted")


def test_what_a_party_owes_others_is_not_listed(shipped_engine: EmbeddedEngine) -> None:
    # Azerbaijan is a party of both, so the reason "not one of them" would be wrong.
    arm = obligations_at(shipped_engine, EVENT, "arm")
    assert not {"shusha-2021", "tur-aze-2010"} & {one.treaty for one in arm.not_triggered}


def test_session_of_the_treatys_body_counts_as_consulted_under_that_treaty_only(
    answer: ObligationsAnswer,
) -> None:
    found = {(one.obliged, one.treaty): one for one in answer.items if one.owed_to == "arm"}
    assert found["tjk", "cst"].behaviour is Behaviour.CONSULTED
    assert found["tjk", "cst"].events == ("csto-session-2022-09-13",)
    assert found["tjk", "cst"].acts == ()
    silent = found["tjk", "cis-charter"]
    assert silent.behaviour is Behaviour.NO_RECORDED_ACT
    assert silent.says.startswith("no recorded act in these sources (")
    # Russia has 10 acts that speak to both sides alike, and none for or against one.
    assert found["rus", "rus-arm-1997"].behaviour is Behaviour.ONLY_CALLED_FOR_RESTRAINT


def test_turkey_spoke_for_the_one_it_owes(answer: ObligationsAnswer) -> None:
    shusha = next(one for one in answer.items if one.treaty == "shusha-2021")
    assert shusha.behaviour is Behaviour.SPOKE_FOR_IT
    assert "tur-support-2022-09-13" in dict(shusha.acts)[Behaviour.SPOKE_FOR_IT]


def test_request_and_disputed_claim_stand_beside_the_obligation(answer: ObligationsAnswer) -> None:
    help_ = next(
        one
        for one in answer.items
        if (one.obliged, one.treaty, one.type) == ("kaz", "cst", "defence")
    )
    assert help_.on_request is True
    # data/seed/documents: asked of CSTO and Russia on the 13th, of the CSTO on the 14th.
    assert help_.requests == ("arm-appeal-for-help-2022-09-13", "arm-appeal-for-help-2022-09-14")
    assert help_.depends_on == ("claim-azerbaijan-attacked-2022-09-13",)
    assert help_.disputed_by == ("claim-armenian-provocation-2022-09-12",)
    older = next(one for one in answer.items if one.treaty == "rus-arm-1997")
    assert older.requests == ("arm-appeal-for-help-2022-09-13",)


def test_bound_to_both_sides(answer: ObligationsAnswer) -> None:
    both = {one.actor: one for one in answer.bound_to_both}
    assert {"rus", "blr", "kaz"} <= both.keys()
    assert "tur" not in both
    # A defence of Armenia and consultation with Azerbaijan can both be kept.
    assert not both["rus"].contradict


def test_uncertain_coverage_is_said(answer: ObligationsAnswer) -> None:
    # Coverage of the data set behind the protocol of 2010 ends on 2012-12-31.
    doubts = {one.treaty for one in answer.items if not one.certain}
    assert doubts == {"rus-arm-2010"}


def test_days_limit_the_acts(shipped_engine: EmbeddedEngine) -> None:
    short = obligations_at(shipped_engine, EVENT, "arm", within_days=0)
    found = next(one for one in short.items if (one.obliged, one.treaty) == ("kaz", "cis-charter"))
    # Both acts of Kazakhstan are of the 14th.
    assert found.behaviour is Behaviour.NO_RECORDED_ACT
    assert {one.owed_to for one in short.items} == {"arm"}


def test_bad_questions_are_refused(shipped_engine: EmbeddedEngine) -> None:
    with pytest.raises(NotFoundError, match="no event 'nowhere'"):
        obligations_at(shipped_engine, "nowhere")
    with pytest.raises(ParameterError, match="parties: arm, aze"):
        obligations_at(shipped_engine, EVENT, "fra")
    with pytest.raises(ParameterError, match="between 0 and"):
        obligations_at(shipped_engine, EVENT, within_days=-1)
    with pytest.raises(InputError, match="names no party"):
        obligations_at(shipped_engine, "sco-summit-2022-09")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "aid", "targets": ("a",)}, Behaviour.GAVE_HELP),
        ({"kind": "aid", "targets": ("b",)}, Behaviour.SPOKE_FOR_OTHER_SIDE),
        ({"kind": "use-force", "targets": ("b",), "sign": Decimal(-1)}, Behaviour.GAVE_HELP),
        ({"kind": "condemn", "targets": ("b",), "sign": Decimal(-1)}, Behaviour.SPOKE_FOR_IT),
        ({"kind": "condemn", "targets": ("a",), "sign": Decimal(-1)},
         Behaviour.SPOKE_FOR_OTHER_SIDE),
        ({"kind": "support", "targets": ("b",), "sign": Decimal(1)},
         Behaviour.SPOKE_FOR_OTHER_SIDE),
        # At both sides alike: for nobody.
        ({"kind": "warn", "targets": ("a", "b"), "sign": Decimal("-0.5")}, Behaviour.OTHER_ACT),
        ({"kind": "affirm", "about": (CLAIM.format("theirs"),)}, Behaviour.SPOKE_FOR_OTHER_SIDE),
        ({"kind": "deny", "about": (CLAIM.format("theirs"),)}, Behaviour.SPOKE_FOR_IT),
        ({"kind": "affirm", "about": (CLAIM.format("mine"),)}, Behaviour.SPOKE_FOR_IT),
        ({"kind": "consult", "addressees": ("a", "b")}, Behaviour.CONSULTED),
        ({"kind": "consult", "addressees": ("b",)}, Behaviour.OTHER_ACT),
        ({"kind": "rule-out"}, Behaviour.RULED_A_STEP_OUT),
        ({"kind": "urge-restraint", "addressees": ("a", "b"), "sign": Decimal(0)},
         Behaviour.ONLY_CALLED_FOR_RESTRAINT),
        ({"kind": "support", "targets": ("a",), "sign": Decimal(1), "modality": "ironic"},
         Behaviour.OTHER_ACT),
    ],
)  # fmt: skip
def test_rule_of_behaviour(changes: dict[str, object], expected: Behaviour) -> None:
    act = replace(PLAIN, **changes)  # type: ignore[arg-type]
    found = behaviour_of(act, "a", frozenset({"b"}), frozenset({"mine"}), frozenset({"theirs"}))
    assert found is expected


def test_word_for_the_other_side_is_not_hidden_by_a_call() -> None:
    found = most_telling([Behaviour.CONSULTED, Behaviour.SPOKE_FOR_OTHER_SIDE])
    assert found is Behaviour.SPOKE_FOR_OTHER_SIDE
