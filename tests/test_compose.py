"""`compose.yaml` and `Containerfile`: what they name exists; no container is started."""

import re
from pathlib import Path

import yaml

from comity.graph.opening import remote_from
from engines.servers import FUSEKI_VERSION

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")


def test_services_are_built_from_stages_that_exist() -> None:
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", CONTAINERFILE, re.MULTILINE))
    for service in COMPOSE["services"].values():
        assert (ROOT / service["build"]["dockerfile"]).is_file()
        assert service["build"]["target"] in stages
        assert service["healthcheck"]["test"][0] == "CMD"
    for path in re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINERFILE, re.MULTILINE):
        assert all((ROOT / one).exists() for one in path.split()), path


def test_service_is_pointed_to_fuseki() -> None:
    service = COMPOSE["services"]["comity"]
    remote = remote_from({name: str(value) for name, value in service["environment"].items()})
    assert remote is not None
    fuseki = (ROOT / "tests/engines/fuseki.ttl").read_text(encoding="utf-8")
    [name] = re.findall(r'a fuseki:Service ;\s+fuseki:name "(\w+)"', fuseki)
    base = f"http://fuseki:3030/{name}"
    assert (remote.query, remote.update, remote.graphs) == (
        f"{base}/query",
        f"{base}/update",
        f"{base}/data",
    )
    for operation in ("query", "update", "data"):
        assert f'fuseki:name "{operation}"' in fuseki
    assert service["depends_on"]["fuseki"]["condition"] == "service_healthy"


def test_data_of_fuseki_outlive_its_container() -> None:
    [volume] = COMPOSE["services"]["fuseki"]["volumes"]
    name, _, place = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert f'"{place}/db"' in CONTAINERFILE


def test_container_has_the_fuseki_that_the_tests_run() -> None:
    named = set(re.findall(r"jena-fuseki-server[:-](\d+\.\d+\.\d+)", CONTAINERFILE))
    assert named == {FUSEKI_VERSION}
