"""Every saved question against a small hand-written graph, and some against the shipped one.

A folder `cases/{question}` or `cases/{question}--{case}` holds a graph (`input.ttl`), the
parameters given (`parameters.yaml`, absent for none) and the rows that follow from the
graph by reading it (`expected.csv`). Cells are ids, texts, numbers, true or false; an
empty cell is an unbound variable. Rows are compared in order.
"""

import csv
from pathlib import Path

import pytest
import yaml
from pyoxigraph import NamedNode, RdfFormat, Store

from comity.errors import ParameterError
from comity.graph.binding import bind
from comity.graph.engine import Engine, select
from comity.ontology.namespaces import THINGS
from comity.ontology.terms import turtle
from comity.queries.catalogue import THEMES, catalogue, question
from comity.queries.parameters import bound_terms
from comity.queries.run import Named, ask

CASES = Path(__file__).parent / "cases"
CASE_NAMES = sorted(folder.name for folder in CASES.iterdir())
QUESTIONS = sorted(catalogue())


def parameters_of(case: str) -> dict[str, list[str]]:
    """What a case gives; every value as a list of texts."""
    file = CASES / case / "parameters.yaml"
    given = yaml.load(file.read_text(), Loader=yaml.BaseLoader) if file.exists() else {}  # noqa: S506
    return {name: one if isinstance(one, list) else [one] for name, one in given.items()}


def store_of(case: str) -> Store:
    """The graph of a case, in one named graph, and the schemes in another."""
    store = Store()
    for graph, text in (
        (f"{THINGS}source/case", (CASES / case / "input.ttl").read_text(encoding="utf-8")),
        (f"{THINGS}source/comity-ontology", turtle("schemes.ttl")),
    ):
        store.load(text, format=RdfFormat.TURTLE, to_graph=NamedNode(graph))
    return store


def cell(term: object) -> str:
    """A term as it stands in `expected.csv`."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return term.value.rpartition("/")[2]
    return term.value


@pytest.mark.parametrize("case", CASE_NAMES)
def test_question_on_a_small_graph_gives_the_rows_written_by_hand(case: str) -> None:
    asked = question(case.partition("--")[0])
    with (CASES / case / "expected.csv").open(encoding="utf-8", newline="") as file:
        header, *expected = csv.reader(file)
    terms = bound_terms(asked.parameters, parameters_of(case), lambda parameter, text: None)

    answer = select(store_of(case), bind(asked.text, terms))

    assert list(answer.columns) == header
    assert [[cell(term) for term in row] for row in answer.rows] == expected


@pytest.mark.parametrize("identifier", QUESTIONS)
def test_question_has_a_case_and_a_whole_header(identifier: str) -> None:
    asked = question(identifier)

    answer = select(Store(), bind(asked.text, {one.name: [] for one in asked.parameters}))

    assert any(case.partition("--")[0] == identifier for case in CASE_NAMES)
    assert tuple(asked.columns) == answer.columns
    assert asked.title
    assert asked.question.endswith("?")
    assert asked.keywords
    said = (asked.title, asked.question, asked.note, *asked.columns.values())
    meant = (parameter.meaning for parameter in asked.parameters)
    assert "query" not in " ".join((*said, *meant)).lower()


@pytest.mark.parametrize("identifier", QUESTIONS)
def test_every_question_can_be_asked_as_of_a_day(identifier: str) -> None:
    found = [one for one in question(identifier).parameters if one.name == "as_of"]

    assert [(one.type, one.required) for one in found] == [("date", False)]
    assert found[0].default


def test_the_catalogue_covers_its_themes() -> None:
    themes = [one.theme for one in catalogue().values()]

    assert list(THEMES) == [
        "alliances",
        "officials",
        "stances",
        "events",
        "obligations",
        "sources",
        "disagreements",
        "networks",
        "data-quality",
    ]
    assert len(themes) >= 60
    assert min(themes.count(theme) for theme in THEMES) >= 4


def test_cases_belong_to_questions() -> None:
    assert {case.partition("--")[0] for case in CASE_NAMES} <= set(QUESTIONS)


@pytest.mark.parametrize("identifier", QUESTIONS)
def test_declared_example_answers_with_rows_on_the_shipped_graph(
    identifier: str, shipped_engine: Engine
) -> None:
    asked = question(identifier)

    rows = ask(shipped_engine, asked, {name: [text] for name, text in asked.example.items()})

    assert rows.rows


@pytest.mark.parametrize("identifier", [one for one in QUESTIONS if not question(one).missing(())])
def test_question_without_arguments_answers_on_the_shipped_graph(
    identifier: str, shipped_engine: Engine
) -> None:
    rows = ask(shipped_engine, question(identifier), {})

    assert rows.rows


@pytest.mark.parametrize("given", [{}, {"type": ["defence"]}])
def test_question_that_needs_one_of_several_says_which(
    given: dict[str, list[str]], shipped_engine: Engine
) -> None:
    with pytest.raises(ParameterError, match="needs one of obligor, beneficiary, treaty"):
        ask(shipped_engine, question("who-owes-whom"), given)


@pytest.mark.parametrize(("name", "text"), [("obligor", "rus"), ("treaty", "cst")])
def test_one_of_several_is_enough(name: str, text: str, shipped_engine: Engine) -> None:
    rows = ask(shipped_engine, question("who-owes-whom"), {name: [text], "as_of": ["2022-09-13"]})

    assert rows.rows
    at = rows.columns.index(name)
    assert {row[at].id for row in rows.rows if isinstance(row[at], Named)} == {text}


def answers(engine: Engine, identifier: str, **given: str) -> list[dict[str, str]]:
    """Rows of a question on the shipped graph, as ids and texts."""
    rows = ask(engine, question(identifier), {name: [text] for name, text in given.items()})
    return [
        {
            name: one.id if isinstance(one, Named) else "" if one is None else str(one)
            for name, one in zip(rows.columns, row, strict=True)
        }
        for row in rows.rows
    ]


def ids(rows: list[dict[str, str]], column: str) -> list[str]:
    """The values of a column, sorted; a repeated value stays repeated."""
    return sorted(row[column] for row in rows)


@pytest.mark.parametrize(
    ("organisation", "member", "last_day", "next_day"),
    [
        ("eu", "gbr", "2020-01-31", "2020-02-01"),
        ("coe", "rus", "2022-03-15", "2022-03-16"),
        ("cis", "geo", "2009-08-17", "2009-08-18"),
        ("csto", "uzb", "2012-12-19", "2012-12-20"),
    ],
)
def test_member_is_listed_on_its_last_day_and_not_on_the_next(
    shipped_engine: Engine, organisation: str, member: str, last_day: str, next_day: str
) -> None:
    on_last = answers(shipped_engine, "members-of", alliance=organisation, as_of=last_day)
    on_next = answers(shipped_engine, "members-of", alliance=organisation, as_of=next_day)

    assert member in ids(on_last, "member")
    assert member not in ids(on_next, "member")


@pytest.mark.parametrize(
    ("organisation", "day", "members"),
    [
        ("nato", "2022-09-13", 30),
        ("nato", "2023-04-03", 30),
        ("nato", "2023-04-04", 31),
        ("csto", "2022-09-13", 6),
        ("eu", "2022-09-13", 27),
        ("eu", "2020-01-31", 28),
        ("ots", "2022-09-13", 5),
        ("sco", "2022-09-13", 8),
        ("coe", "2022-09-13", 46),
        ("cis", "2022-09-13", 9),
        ("unsc", "2022-09-13", 15),
        ("un", "2022-09-13", 193),
    ],
)
def test_organisation_has_as_many_members_as_counted(
    shipped_engine: Engine, organisation: str, day: str, members: int
) -> None:
    rows = answers(shipped_engine, "members-of", alliance=organisation, role="member", as_of=day)

    assert len(set(ids(rows, "member"))) == len(rows) == members


def test_csto_has_its_six_members_on_the_day(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "members-of", alliance="csto", as_of="2022-09-13")

    assert ids(rows, "member") == ["arm", "blr", "kaz", "kgz", "rus", "tjk"]
    assert {row["status"] for row in rows} == {"active"}


def test_frozen_member_stays_listed_with_its_status(shipped_engine: Engine) -> None:
    before = answers(shipped_engine, "members-of", alliance="csto", as_of="2024-02-21")
    after = answers(shipped_engine, "members-of", alliance="csto", as_of="2024-02-22")

    assert {row["status"] for row in before if row["member"] == "arm"} == {"active"}
    assert {row["status"] for row in after if row["member"] == "arm"} == {"frozen"}


def test_no_state_is_in_both_csto_and_nato(shipped_engine: Engine) -> None:
    members = {
        body: set(
            ids(
                answers(
                    shipped_engine, "members-of", alliance=body, role="member", as_of="2022-09-13"
                ),
                "member",
            )
        )
        for body in ("csto", "nato")
    }

    assert not members["csto"] & members["nato"]


def test_invitee_is_no_member(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "members-of", alliance="nato", as_of="2022-09-13")

    assert {row["member"]: row["role"] for row in rows if row["role"] != "member"} == {
        "fin": "invitee",
        "swe": "invitee",
    }


def test_handover_day_has_both_holders(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "holders-of-post", post="arm-prime-minister", as_of="2021-08-02")

    assert [row["acting"] for row in rows] == ["True", ""]


def test_blinken_held_the_post_on_the_day(shipped_engine: Engine) -> None:
    rows = answers(
        shipped_engine, "holders-of-post", post="usa-secretary-of-state", as_of="2022-09-13"
    )

    assert ids(rows, "person") == ["antony-blinken"]


@pytest.mark.parametrize(
    ("post", "day", "holders"),
    [
        ("usa-president", "2021-01-19", []),
        ("usa-president", "2021-01-20", ["joe-biden"]),
        ("usa-president", "2025-01-20", ["joe-biden"]),
        ("usa-president", "2025-01-21", []),
        ("csto-secretary-general", "2022-12-31", ["stanislav-zas"]),
        ("csto-collective-security-council-chair", "2022-09-13", ["nikol-pashinyan"]),
        ("tur-foreign-minister", "2022-09-13", ["mevlut-cavusoglu"]),
        ("irn-foreign-minister", "2021-08-24", []),
        ("irn-foreign-minister", "2021-08-25", ["hossein-amir-abdollahian"]),
    ],
)
def test_post_is_held_from_the_first_day_to_the_last(
    shipped_engine: Engine, post: str, day: str, holders: list[str]
) -> None:
    rows = answers(shipped_engine, "holders-of-post", post=post, as_of=day)

    assert ids(rows, "person") == holders


def test_kobakhidze_was_party_chair_and_not_prime_minister(shipped_engine: Engine) -> None:
    prime_minister = answers(
        shipped_engine, "holders-of-post", post="geo-prime-minister", as_of="2022-09-13"
    )
    officials = answers(shipped_engine, "officials-of", body="geo", as_of="2022-09-13")
    chair = answers(
        shipped_engine, "holders-of-post", post="georgian-dream-chair", as_of="2022-09-13"
    )

    assert ids(prime_minister, "person") == ["irakli-garibashvili"]
    assert "irakli-kobakhidze" not in ids(officials, "person")
    assert ids(chair, "person") == ["irakli-kobakhidze"]


def test_defence_of_armenia_was_owed_by_five_parties_and_by_russia_twice(
    shipped_engine: Engine,
) -> None:
    rows = answers(
        shipped_engine, "who-owes-whom", beneficiary="arm", type="defence", as_of="2022-09-13"
    )
    certain = [(row["obligor"], row["treaty"]) for row in rows if row["certain"] == "True"]

    assert sorted(certain) == [
        ("blr", "cst"),
        ("kaz", "cst"),
        ("kgz", "cst"),
        ("rus", "cst"),
        ("rus", "rus-arm-1997"),
        ("tjk", "cst"),
    ]


@pytest.mark.parametrize("day", ["1999-04-21", "2005-01-01", "2012-12-20", "2022-09-13"])
def test_uzbekistan_owes_nothing_by_the_treaty_after_leaving_it(
    shipped_engine: Engine, day: str
) -> None:
    assert not answers(shipped_engine, "who-owes-whom", obligor="uzb", treaty="cst", as_of=day)


def test_those_who_left_the_treaty_owed_by_it_up_to_the_last_day(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "who-owes-whom", obligor="uzb", treaty="cst", as_of="1999-04-20")

    assert {"arm", "aze", "geo", "rus"} <= set(ids(rows, "beneficiary"))


def test_help_is_owed_at_request_only_since_the_change_of_2010(shipped_engine: Engine) -> None:
    given = {"obligor": "rus", "beneficiary": "arm", "treaty": "cst", "type": "defence"}
    before = answers(shipped_engine, "who-owes-whom", **given, as_of="2010-12-09")
    after = answers(shipped_engine, "who-owes-whom", **given, as_of="2010-12-10")

    assert [row["on_request"] for row in before] == ["False"]
    assert [row["on_request"] for row in after] == ["True"]


def test_bound_to_help_shows_acts_or_silence_of_every_one_bound(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "bound-to-help-and-what-they-did", until="2022-09-30")

    assert {row["obligor"] for row in rows} == {"blr", "kaz", "kgz", "rus", "tjk"}
    assert {row["obligor"] for row in rows if row["silence"]} == {"blr", "kgz", "tjk"}
    assert "support" not in {row["kind"] for row in rows}


def test_list_of_1992_keeps_azerbaijan_in_the_treaty_where_the_record_does_not(
    shipped_engine: Engine,
) -> None:
    rows = answers(shipped_engine, "party-disagreements", treaty="cst", as_of="2005-01-01")

    assert {row["party"] for row in rows if row["differs_on"] == "the day"} == {"aze", "geo", "uzb"}


def test_stale_list_leaves_out_the_two_latest_members(shipped_engine: Engine) -> None:
    rows = answers(
        shipped_engine, "membership-disagreements", organisation="nato", as_of="2020-06-01"
    )

    assert {row["member"] for row in rows if row["differs_on"] == "list"} == {"mkd", "mne"}


def test_figures_of_both_sides_together_are_one_row_each(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "casualty-figures")

    assert len(ids(rows, "report")) == len(set(ids(rows, "report")))
    assert {row["together_with"] for row in rows} == {"", "aze"}


def test_denial_of_the_provocation_claim_is_not_in_the_article(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "what-a-document-says", source="seed-article")

    assert "denies" not in ids(rows, "what")
    assert {row["what"] for row in rows if row["who"] == "tur"} == {"affirms", "support"}


def test_nato_grows_by_year_to_thirty_members(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "members-by-year", alliance="nato", as_of="2022-12-31")

    assert {row["year"]: row["members"] for row in rows if row["year"] >= "1999"} == {
        "1999": "19",
        "2004": "26",
        "2009": "28",
        "2017": "29",
        "2020": "30",
        "2022": "30",
    }


def test_what_changed_in_the_csto_names_the_leaving_and_the_freeze(shipped_engine: Engine) -> None:
    rows = answers(
        shipped_engine,
        "changes-in-alliance",
        alliance="csto",
        since="2012-01-01",
        as_of="2024-12-31",
    )

    assert [(row["day"], row["change"], row["member"]) for row in rows] == [
        ("2012-06-20", "status began", "uzb"),
        ("2012-12-19", "left", "uzb"),
        ("2012-12-19", "status ended", "uzb"),
        ("2024-02-22", "status began", "arm"),
    ]


def test_nobody_belongs_to_both_the_csto_and_nato(shipped_engine: Engine) -> None:
    assert not answers(shipped_engine, "in-both-organisations", a="csto", b="nato")


def test_dyad_of_armenia_and_azerbaijan_has_the_codes_of_the_year(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "dyad-years", state="aze", other="arm")

    assert [(row["year"], row["from"], row["from_cow"], row["to_cow"]) for row in rows] == [
        ("2022", "arm", "371", "373"),
        ("2022", "aze", "373", "371"),
    ]
    assert all(int(row["negative"]) > int(row["positive"]) for row in rows)


def test_serbia_has_another_code_in_each_list_of_states(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "code-disagreements")

    assert [(row["code"], row["other_code"]) for row in rows if row["actor"] == "srb"] == [
        ("345", "340")
    ]


def test_help_on_a_threat_is_consultation_and_on_an_attack_defence(shipped_engine: Engine) -> None:
    rows = answers(shipped_engine, "owed-on-what-trigger", beneficiary="arm", as_of="2022-09-13")

    assert {row["type"] for row in rows if row["trigger"] == "threat"} == {"consultation"}
    assert {row["type"] for row in rows if row["trigger"] == "armed-attack"} == {"defence"}
