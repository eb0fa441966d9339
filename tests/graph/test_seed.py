"""Data folders: what is right becomes quads, what is wrong is refused whole, with its line."""

from pathlib import Path

import pytest

from comity.errors import DataError
from comity.graph.sources.seed import read_seed

ACT = "documents/paper-1.yaml"


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_seed(folder)
    return [str(problem) for problem in caught.value.problems]


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_sound_folder_becomes_quads_without_repetition(data_folder: Path) -> None:
    quads = list(read_seed(data_folder).quads())
    assert len(quads) == len(set(quads))
    assert len({(quad.subject, quad.predicate, quad.object) for quad in quads}) == len(quads)


def test_each_statement_is_in_the_graph_of_its_source(data_folder: Path) -> None:
    graphs = {
        quad.subject.value.rpartition("/")[2]: quad.graph_name.value.rpartition("/")[2]
        for quad in read_seed(data_folder).quads()
    }
    assert graphs["csto-arm"] == "page-1"
    assert graphs["arm-accuse-2022-09-13"] == "paper-1"
    assert graphs["arm"] == "comity-reference"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("memberships.csv", "2002-10-07", "2002-02-30", "memberships.csv:2: start_date: "),
        ("memberships.csv", "2002-10-07,..", "2002-10-07,1999", "before it starts"),
        ("memberships.csv", "csto,arm,member", "csto,arn,member", "did you mean arm?"),
        (
            "memberships.csv",
            "arm,member,",
            "arm,boss,",
            "memberships.csv:2: role: 'boss' is not one of",
        ),
        ("memberships.csv", ",,,page-1", ",,,page-2", "sources: no source has the id 'page-2'"),
        ("memberships.csv", ",,,page-1", ",,,", "a statement needs a source"),
        ("memberships.csv", "id,organisation", "id,organization", "no such column"),
        ("memberships.csv", "csto-arm,", "csto-arm,x,", "is a comma unquoted?"),
        ("states.csv", "aze,Azerbaijan", "arm,Azerbaijan", "arm is already used at states.csv:2"),
        ("states.csv", "aze,Azerbaijan", "AZE,Azerbaijan", "'AZE' is not an id"),
        ("organisations.csv", "alliance", "gang", "type: 'gang' is not one of"),
        (ACT, "kind: accuse", "kind: scold", "paper-1.yaml:5: kind: 'scold' is not one of"),
        (ACT, "    holder: arm\n", "", "holder: must not be empty"),
        (ACT, "holder: arm", "holder: [arm, aze]", "holder: takes one value only"),
        (ACT, "speech: direct", "speech: reported", "quotation marks need direct speech"),
        (ACT, "      words: They attacked us\n", "", "direct speech needs the words"),
        (ACT, "words: They", "passage: " + "one " * 31 + "They", "at most 30 are kept"),
        (ACT, '"2022-09-13"', '"2022-02-30"', "2022-02-30"),
        (ACT, "confidence: high", "sign: -2", "outside -1 to 1"),
        (ACT, "confidence: high", "sign: -1", "needs a reason"),
        (ACT, "confidence: high", "sizn: -1", "no such key"),
        (ACT, "confidence: high", "kind: warn", "a key is given twice"),
        (ACT, "acts:", "acts: [", "this is not YAML"),
    ],
)
def test_fault_is_named_with_file_line_and_remedy(
    data_folder: Path, file: str, old: str, new: str, expected: str
) -> None:
    change(data_folder, file, old, new)
    assert any(expected in fault for fault in faults(data_folder)), faults(data_folder)


def test_all_faults_are_told_at_once(data_folder: Path) -> None:
    change(data_folder, "memberships.csv", "csto,arm", "csto,xyz")
    change(data_folder, ACT, "kind: accuse", "kind: scold")
    assert len(faults(data_folder)) == 2


def test_unknown_table_is_named(data_folder: Path) -> None:
    (data_folder / "member.csv").write_text("id\nx\n", encoding="utf-8")
    assert any("no table is called member" in fault for fault in faults(data_folder))


def test_obligation_between_parties_lasts_while_both_are_bound(data_folder: Path) -> None:
    (data_folder / "treaties.csv").write_text(
        "id,label,signed,end_date,sources\npact,A pact,1992-05-15,..,page-1\n", encoding="utf-8"
    )
    (data_folder / "parties.csv").write_text(
        "id,treaty,member,role,start_date,end_date,alternative_to,sources\n"
        "pact-arm,pact,arm,party,1992-05-15,..,,page-1\n"
        "pact-aze,pact,aze,party,1993-09-24,1999-04-20,,page-1\n",
        encoding="utf-8",
    )
    (data_folder / "obligations.csv").write_text(
        "id,treaty,article,type,obligor,beneficiary,start_date,end_date,sources\n"
        "pact-4,pact,4,defence,each-party,each-other-party,1994-04-20,..,page-1\n",
        encoding="utf-8",
    )
    found = {
        record.id: (record.one("start_date"), record.one("end_date"))
        for record in read_seed(data_folder).records
        if record.shape.name == "obligations"
    }
    assert found == {
        "pact-4-arm-aze": ("1994-04-20", "1999-04-20"),
        "pact-4-aze-arm": ("1994-04-20", "1999-04-20"),
    }
