"""Where sources differ, over HTTP."""

import httpx


def test_figures_of_the_shipped_graph_stand_side_by_side(client: httpx.Client) -> None:
    answer = client.get("/disagreements", params={"differs_on": "figure"}).json()
    # 50 dead soldiers of Azerbaijan in the article, 71 as a UN official said, both of 14 September.
    found = [
        one
        for one in answer["items"]
        if one["who"]["id"] == "aze" and one["covered_to"] == "2022-09-14"
    ]
    [row] = found
    assert (row["value"], row["other_value"], row["size"]) == ("50", "71", 21)
    assert row["source"]["id"] == "seed-article"
    assert row["about"]["id"] == "attack-on-armenia-2022-09"


def test_list_is_filtered_paged_and_refuses_what_it_does_not_know(client: httpx.Client) -> None:
    whole = client.get("/disagreements", params={"limit": 1000}).json()
    assert whole["total"] == len(whole["items"]) > 20
    cst = client.get("/disagreements?about=cst&differs_on=end").json()
    # COW still has these three in the treaty where it ends; as a few quoted rows say.
    assert {one["who"]["id"] for one in cst["items"]} == {"aze", "geo", "uzb"}
    assert {one["size"] for one in cst["items"]} == {5004}
    first = client.get("/disagreements?limit=3").json()
    second = client.get(first["next"]).json()
    assert first["items"] + second["items"] == whole["items"][:6]
    refused = client.get("/disagreements?abuot=cst")
    assert refused.status_code == 422
    assert refused.json()["did_you_mean"] == "about"
