"""Lists and things over a real socket: boundaries of dates, pages, filters, ids."""

import httpx
import pytest


def ids(client: httpx.Client, path: str, key: str, **parameters: object) -> set[str]:
    answer = client.get(path, params={"limit": 1000, **parameters})
    assert answer.status_code == 200, answer.text
    return {item[key]["id"] for item in answer.json()["items"]}


@pytest.mark.parametrize(
    ("body", "state", "last", "after"),
    [
        ("eu", "gbr", "2020-01-31", "2020-02-01"),
        ("coe", "rus", "2022-03-15", "2022-03-16"),
        ("cis", "geo", "2009-08-17", "2009-08-18"),
        ("csto", "uzb", "2012-12-19", "2012-12-20"),
    ],
)
def test_member_is_listed_on_the_last_day_and_not_after(
    client: httpx.Client, body: str, state: str, last: str, after: str
) -> None:
    path = f"/organisations/{body}/members"
    assert state in ids(client, path, "member", as_of=last)
    assert state not in ids(client, path, "member", as_of=after)


@pytest.mark.parametrize(
    ("body", "count"),
    [("nato", 30), ("csto", 6), ("cis", 9), ("eu", 27), ("ots", 5), ("sco", 8), ("unsc", 15),
     ("un", 193), ("coe", 46), ("osce", 57), ("au", 55), ("arab-league", 22), ("eaeu", 5)],
)  # fmt: skip
def test_number_of_members_on_the_day_of_the_attack(
    client: httpx.Client, body: str, count: int
) -> None:
    answer = client.get(
        f"/organisations/{body}/members", params={"as_of": "2022-09-13", "role": "member"}
    )
    assert answer.json()["total"] == count


def test_members_carry_status_and_who_asserted_it(client: httpx.Client) -> None:
    path = "/organisations/csto/members"
    before = client.get(path, params={"as_of": "2024-02-21"}).json()["items"]
    after = client.get(path, params={"as_of": "2024-02-22"}).json()["items"]
    assert {item["status"] for item in before} == {"active"}
    armenia = next(item for item in after if item["member"]["id"] == "arm")
    assert (armenia["status"], armenia["status_asserted_by"]["id"]) == ("frozen", "arm")
    frozen = client.get(path, params={"as_of": "2024-02-22", "status": "frozen"}).json()
    assert [item["member"]["id"] for item in frozen["items"]] == ["arm"]


def test_source_that_disagrees_is_kept_and_asked_for_by_name(client: httpx.Client) -> None:
    path = "/treaties/cst/parties"
    ours = ids(client, path, "member", as_of="2012-06-01")
    theirs = ids(client, path, "member", as_of="2012-06-01", source="cow-alliances-4-1")
    assert "aze" not in ours
    assert {"aze", "geo", "uzb"} <= theirs
    side_by_side = client.get(path, params={"as_of": "2012-06-01", "source": "all"}).json()
    named = [item["member"]["id"] for item in side_by_side["items"]]
    assert {*named} == ours | theirs
    # Belarus as a page has it, and as COW has it.
    assert named.count("blr") == 2


def test_open_end_of_a_covered_source_is_not_certain_today(client: httpx.Client) -> None:
    answer = client.get(
        "/treaties/cst/parties", params={"as_of": "2022-09-13", "source": "cow-alliances-4-1"}
    )
    azerbaijan = next(item for item in answer.json()["items"] if item["member"]["id"] == "aze")
    assert (azerbaijan["end_state"], azerbaijan["certain"]) == ("not-covered", False)


def test_alliances_are_bodies_with_a_pledge_and_others_are_elsewhere(
    client: httpx.Client,
) -> None:
    alliances = {item["id"] for item in client.get("/alliances").json()["items"]}
    assert {"nato", "csto"} <= alliances
    assert "eu" not in alliances
    answer = client.get("/alliances/eu/members", params={"as_of": "2022-09-13"})
    assert answer.status_code == 308
    assert answer.headers["location"] == "/organisations/eu/members?as_of=2022-09-13"


def test_id_in_capitals_is_moved_for_good(client: httpx.Client) -> None:
    answer = client.get("/actors/ARM", params={"as_of": "2022-09-13"})
    assert (answer.status_code, answer.headers["location"]) == (308, "/actors/arm?as_of=2022-09-13")


def test_officials_in_office_on_the_day(client: httpx.Client) -> None:
    held = client.get("/actors/antony-blinken/tenures", params={"as_of": "2022-09-13"}).json()
    assert [item["role"] for item in held["items"]] == ["foreign-minister"]
    assert held["items"][0]["body"]["id"] == "usa"
    party = client.get("/actors/irakli-kobakhidze/tenures", params={"as_of": "2022-09-13"}).json()
    assert [item["role"] for item in party["items"]] == ["party-chair"]


def test_pages_hold_every_item_once(client: httpx.Client) -> None:
    path, seen = "/stances?limit=37&as_of=2022-12-31", []
    total = client.get(path).json()["total"]
    while path:
        page = client.get(path).json()
        seen += [item["id"] for item in page["items"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == total > 150
    assert client.get("/stances?limit=1").json()["next"].startswith("/stances?limit=1&cursor=")


def test_acts_are_ordered_by_date_then_id(client: httpx.Client) -> None:
    items = client.get("/stances?limit=1000").json()["items"]
    keys = [(item["date"][:10], item["id"]) for item in items]
    assert keys == sorted(keys)


def test_as_of_is_a_last_day_for_acts_and_since_a_first(client: httpx.Client) -> None:
    items = client.get("/stances", params={"as_of": "2022-09-13", "limit": 1000}).json()["items"]
    assert max(item["date"][:10] for item in items) == "2022-09-13"
    items = client.get(
        "/stances", params={"since": "2022-09-16", "until": "2022-09-16", "limit": 1000}
    ).json()["items"]
    assert "2022-09-16" in {item["date"] for item in items}


def test_holder_takes_in_officials_and_bodies_unless_exact(client: httpx.Client) -> None:
    def found(**parameters: object) -> int:
        return int(client.get("/stances", params={"holder": "usa", **parameters}).json()["total"])

    assert found() > found(exact=True) > 0
    rolled = client.get("/stances", params={"holder": "usa", "limit": 1000}).json()["items"]
    assert "antony-blinken" in {item["holder"]["id"] for item in rolled}


def test_repeated_filter_means_or_and_different_filters_and(client: httpx.Client) -> None:
    def total(query: str) -> int:
        return int(client.get(f"/stances?{query}").json()["total"])

    either = total("kind=condemn&kind=reject")
    assert either == total("kind=condemn") + total("kind=reject")
    assert total("kind=condemn&target=aze") < total("kind=condemn")
    assert total("sign=-1&target=aze") == total("sign=-1&target=aze&as_of=2022-12-31")


def test_act_leads_to_words_speaker_office_and_document(client: httpx.Client) -> None:
    items = client.get("/stances", params={"q": "stir the pot"}).json()["items"]
    assert len(items) == 1
    act = items[0]
    assert act["quote"].startswith("Whether Russia tries in some fashion to stir the pot")
    assert (act["holder"]["id"], act["sign"], act["modality"]) == ("usa", 0, "hypothetical")
    assert [one["id"] for one in act["speaker"]] == ["antony-blinken"]
    assert act["post"]["label"].startswith("Secretary of State")
    assert {one["id"] for one in act["sources"]} >= {"seed-article", "devdiscourse-2177319"}
    assert any(one["url"] for one in act["sources"])


def test_event_has_claims_with_sides_and_figures_side_by_side(client: httpx.Client) -> None:
    event = client.get("/events/attack-on-armenia-2022-09").json()
    claims = {claim["id"]: claim for claim in event["claims"]}
    claim = claims["claim-armenian-provocation-2022-09-12"]
    assert "aze" in {one["actor"]["id"] for one in claim["asserted_by"]}
    assert "tur" in {one["actor"]["id"] for one in claim["affirmed_by"]}
    assert "arm" in {one["actor"]["id"] for one in claim["denied_by"]}
    figures = {
        (one["sides"][0]["id"], one["best"])
        for one in event["casualty_reports"]
        if len(one["sides"]) == 1
    }
    assert {("arm", 49), ("arm", 105), ("aze", 50), ("aze", 71)} <= figures
    assert len(event["stances"]) > 100


def test_code_is_looked_up_with_a_date(client: httpx.Client) -> None:
    assert (
        client.get("/actors/sun", params={"as_of": "1991-12-25"}).json()["codes"]["cow-state"]
        == "365"
    )
    assert (
        client.get("/actors/rus", params={"as_of": "1991-12-26"}).json()["codes"]["cow-state"]
        == "365"
    )
    assert (
        "cow-state" not in client.get("/actors/sun", params={"as_of": "1991-12-26"}).json()["codes"]
    )
    assert client.get("/actors/nam").json()["codes"]["iso-3166-1-alpha2"] == "NA"


def test_every_list_and_thing_that_a_list_names_answers(client: httpx.Client) -> None:
    for path in ("/actors", "/organisations", "/alliances", "/treaties", "/posts", "/stances",
                 "/events", "/claims", "/sources", "/queries"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200, path
        items = answer.json()["items"]
        assert items, path
        assert client.get(items[0]["url"]).status_code == 200, items[0]["url"]


def test_names_resolve_alone_and_together(client: httpx.Client) -> None:
    one = client.get("/resolve", params={"name": "Blinkin"}).json()
    assert one["items"][0]["id"] == "antony-blinken"
    many = client.post("/resolve", json={"names": ["Turkey", "nobody at all"]}).json()["results"]
    assert (many[0]["items"][0]["id"], many[1]["items"]) == ("tur", [])
    assert client.post("/resolve", json={"names": ["x"] * 501}).status_code == 400


def test_act_whose_evidence_is_a_row_is_found_by_its_source(client: httpx.Client) -> None:
    # The first vetoed draft of the file, S/PV.23, 16 February 1946: one veto, of the Soviet Union.
    query = {"source": "unsc-vetoes-2022", "since": "1946-02-16", "until": "1946-02-16"}
    answer = client.get("/stances", params=query).raise_for_status().json()
    assert [act["holder"]["id"] for act in answer["items"]] == ["sun"]


def test_words_are_sought_among_the_acts_that_other_filters_leave(client: httpx.Client) -> None:
    def ids(**asked: str) -> list[str]:
        return [one["id"] for one in client.get("/stances", params=asked).json()["items"]]

    said = ids(q="stir the pot")
    assert ids(q="STIR THE POT", holder="usa") == said
    assert ids(q="stir the pot", holder="arm") == []
    assert ids(q="no document says this") == []
    assert ids(q="stir the pot", until="2022-09-12") == []


def test_acts_of_both_directions_come_once_and_by_day(client: httpx.Client) -> None:
    def acts(direction: str) -> dict[str, str]:
        answer = client.get(f"/actors/aze/stances?direction={direction}&limit=1000").json()
        assert answer["total"] == len(answer["items"])
        return {one["id"]: one["date"] for one in answer["items"]}

    both = acts("both")
    assert both == acts("given") | acts("received")
    days = [date for date in both.values() if len(date) == len("2022-09-13")]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/stances/arm-appeal-for-hlp-2022-09-14", "arm-appeal-for-help-2022-09-14"),
        ("/memberships/csto-uzbek", "csto-uzb"),
        ("/events/atack-on-armenia-2022-09", "attack-on-armenia-2022-09"),
        ("/treaties/nothing-like-any", None),
    ],
)
def test_what_does_not_exist_names_the_nearest(
    client: httpx.Client, address: str, near: str | None
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json().get("did_you_mean")) == (404, near)
