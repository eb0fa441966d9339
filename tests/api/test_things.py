"""Single things: every kind has an address, JSON and RDF, and leads to its sources."""

import httpx
import pytest


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ("/actors/arm", "official_name", "Republic of Armenia"),
        ("/organisations/csto", "type", "alliance"),
        ("/alliances/nato", "type", "alliance"),
        ("/treaties/cst", "signed", "1992-05-15"),
        ("/posts/usa-secretary-of-state", "office", "foreign-minister"),
        ("/memberships/csto-arm", "role", "member"),
        ("/tenures/antony-blinken-usa-secretary-of-state", "start_date", "2021-01-26"),
        ("/sources/seed-article", "kind", "article"),
        ("/events/csto-session-2022-09-13", "event_type", "session"),
        ("/claims/claim-armenian-provocation-2022-09-12", "type", "claim"),
        ("/stances/arm-appeal-for-help-2022-09-14", "kind", "appeal-for-help"),
    ],
)
def test_thing_answers_as_json_and_as_rdf(
    client: httpx.Client, path: str, key: str, value: str
) -> None:
    item = client.get(path, params={"as_of": "2022-09-13"}).json()
    assert item[key] == value
    assert item["iri"].startswith("https://w3id.org/comity/id/")
    for form, kind in (
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
    ):
        answer = client.get(path, params={"format": form})
        assert answer.headers["content-type"].startswith(kind)
        assert item["iri"].rpartition("/")[2] in answer.text


def test_treaty_has_its_obligations_in_legal_shape(client: httpx.Client) -> None:
    treaty = client.get("/treaties/cst", params={"as_of": "2022-09-13"}).json()
    assert treaty["organisation"]["id"] == "csto"
    assert treaty["codes"]["cow-alliance"] == "350"
    help_ = [
        one
        for one in treaty["obligations"]
        if (one["obligor"]["id"], one["beneficiary"]["id"], one["role"])
        == ("rus", "arm", "defence")
    ]
    assert [
        (one["article"], one["trigger"], one["on_request"], one["mandatory"]) for one in help_
    ] == [("Art. 4", "armed-attack", True, True)]
    assert all(one["sources"] for one in treaty["obligations"])


def test_parties_and_holders_on_a_day(client: httpx.Client) -> None:
    parties = client.get("/treaties/cst/parties", params={"as_of": "1999-04-20"}).json()
    assert parties["total"] == 9
    after = client.get("/treaties/cst/parties", params={"as_of": "1999-04-21"}).json()
    assert {item["member"]["id"] for item in after["items"]} == {
        "arm", "blr", "kaz", "kgz", "rus", "tjk",
    }  # fmt: skip
    holders = client.get("/posts/arm-prime-minister/holders", params={"as_of": "2021-05-01"}).json()
    assert [(one["person"]["id"], one["status"]) for one in holders["items"]] == [
        ("nikol-pashinyan", "acting")
    ]


def test_source_lists_what_rests_on_it(client: httpx.Client) -> None:
    found = client.get("/sources/tass-world-1506687/statements").json()
    assert {"rus-express-concern-2022-09-13", "rus-urge-restraint-2022-09-13"} <= {
        item["id"] for item in found["items"]
    }
    source = client.get("/sources/cia-orgs-2020").json()
    assert (source["coverage_start"], source["coverage_end"]) == ("2020-01-01", "2020-12-31")


def test_memberships_of_an_actor_and_stances_in_both_directions(client: httpx.Client) -> None:
    bodies = {
        (item["organisation"] or item["treaty"])["id"]
        for item in client.get(
            "/actors/arm/memberships", params={"as_of": "2022-09-13", "limit": 1000}
        ).json()["items"]
    }
    assert {"csto", "cst", "un", "coe", "eaeu", "osce"} <= bodies
    assert "nato" not in bodies

    def total(direction: str) -> int:
        answer = client.get("/actors/aze/stances", params={"direction": direction})
        return int(answer.json()["total"])

    assert total("given") < total("both") <= total("given") + total("received")


def test_vocabulary_is_served(client: httpx.Client) -> None:
    kinds = {item["id"]: item["sign"] for item in client.get("/schemes/kind").json()["items"]}
    assert (kinds["support"], kinds["condemn"], kinds["warn"], kinds["ask"]) == (1, -1, -0.5, 0)
    assert (kinds["deny"], kinds["rule-out"], len(kinds)) == (None, None, 36)
    for form in ("ttl", "jsonld", "nt"):
        assert "StanceAct" in client.get("/ontology", params={"format": form}).text
    assert "skos" in client.get("/context.jsonld").json()["@context"]


def test_label_comes_in_the_language_wanted(client: httpx.Client) -> None:
    assert client.get("/actors/arm", params={"lang": "ru"}).json()["label"] == "Армения"
    assert client.get("/actors/arm", params={"lang": "xx"}).json()["label"] == "Armenia"


def test_pages_of_documentation_and_problems(client: httpx.Client) -> None:
    page = client.get("/docs").text
    assert "listStances" in page
    assert "/organisations/{id}/members" in page
    assert client.get("/problems/none").status_code == 404
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg")
    assert client.get("/ready").json()["status"] == "ready"


def test_obligations_at_an_event_name_behaviour_and_acts(client: httpx.Client) -> None:
    path = "/events/attack-on-armenia-2022-09/obligations"
    found = client.get(path, params={"side": "aze"}).json()
    assert found["as_of"] == "2022-09-13"
    shusha = [one for one in found["items"] if (one["treaty"] or {}).get("id") == "shusha-2021"]
    assert {(one["obliged"]["id"], one["behaviour"]) for one in shusha} == {("tur", "spoke-for-it")}
    assert shusha[0]["acts"][0]["acts"][0]["url"].startswith("http")
    assert ("north-atlantic-treaty", "Art. 5") in {
        (one["treaty"]["id"], one["article"]) for one in found["not_triggered"]
    }
    wrong = client.get(path, params={"side": "fra"})
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (422, "side")
    assert client.get("/events/nothing/obligations").status_code == 404


def test_cohesion_of_an_organisation_on_a_day(client: httpx.Client) -> None:
    path = "/organisations/csto/cohesion"
    found = client.get(path, params={"as_of": "2022-09-30"}).json()
    assert [one["id"] for one in found["members"]] == ["arm", "blr", "kaz", "kgz", "rus", "tjk"]
    pair = found["most_discordant"]
    assert {pair["source"], pair["target"]} <= {one["id"] for one in found["members"]}
    assert found["differences"][0]["source_acts"][0]["url"].startswith("http")
    hidden = client.get("/organisations/nato/cohesion", params={"as_of": "2022-09-30"}).json()
    assert (hidden["rice"], hidden["agreement_index"], hidden["pairs"]) == (None, None, [])
    assert "30%" in hidden["hidden_because"]
    assert client.get("/organisations/CSTO/cohesion", follow_redirects=False).status_code == 308
    assert client.get("/organisations/nothing/cohesion").status_code == 404
    assert client.get(path, params={"as_of": "1900-01-01"}).status_code == 422
    assert client.get(path, params={"common": 0}).status_code == 422
