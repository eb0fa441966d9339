"""Every setting of the service: environment variables that begin with COMITY_."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from comity.graph.archives.engines import MEMORY


class Settings(BaseSettings):
    """Settings of the service; each is an environment variable COMITY_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="COMITY_", extra="ignore", frozen=True)

    data: Annotated[Path, Field(description="Directory of the graph on disk.")] = Path("data/graph")
    questions: Annotated[
        Path | None,
        Field(description="Folder with theme folders of questions beside the shipped ones."),
    ] = None
    translation: Annotated[
        Path | None,
        Field(description="A .mo file with the words of the pages in another language."),
    ] = None
    engine: Annotated[
        Literal["embedded", "sparql"],
        Field(description="Where the graph is: in `data`, or on the SPARQL server below."),
    ] = "embedded"
    sparql_query: Annotated[str, Field(description="Query address of that server.")] = ""
    sparql_update: Annotated[str, Field(description="Update address of that server.")] = ""
    sparql_graphs: Annotated[str, Field(description="Graph store address of that server.")] = ""
    sparql_user: Annotated[str, Field(description="User name on that server.")] = ""
    sparql_password: Annotated[SecretStr, Field(description="Password on that server.")] = (
        SecretStr("")
    )
    sparql_timeout: Annotated[
        float, Field(gt=0, description="Seconds to wait for that server.")
    ] = 30.0
    base_url: Annotated[
        str, Field(description="Public address of this server, where it stands behind a proxy.")
    ] = ""
    cors_origins: Annotated[
        str, Field(description="Origins that may read, separated by commas; `*` for all.")
    ] = ""
    embed_origins: Annotated[
        str, Field(description="Origins that may frame the pages, separated by commas.")
    ] = ""
    default_graph: Annotated[
        Literal["union", "exact"],
        Field(
            description="What a SPARQL query is asked of where it names no dataset: the union "
            "of all graphs, or exactly the default graph."
        ),
    ] = "union"
    query_deadline: Annotated[
        float, Field(gt=0, description="Seconds after which a SPARQL query is stopped.")
    ] = 10.0
    measure_deadline: Annotated[
        float, Field(gt=0, description="Seconds after which a measure is stopped.")
    ] = 600.0
    row_cap: Annotated[int, Field(gt=0, description="Rows after which a SPARQL answer is cut.")] = (
        1_000_000
    )
    byte_cap: Annotated[
        int, Field(gt=0, description="Bytes after which a SPARQL answer or a graph is cut.")
    ] = 1024**3
    workers: Annotated[int, Field(gt=0, description="Worker processes for short queries.")] = 4
    spare_workers: Annotated[
        int, Field(ge=0, description="Workers kept ready to replace one that turned out heavy.")
    ] = 2
    heavy_workers: Annotated[
        int, Field(ge=0, description="Heavy queries that may run beside the short ones.")
    ] = 8
    queue: Annotated[
        int, Field(ge=0, description="Queries that may wait for a worker; more answer 503.")
    ] = 64
    worker_memory: Annotated[
        int, Field(ge=1024, description="Memory that one worker may use, in MiB.")
    ] = 2048
    archive_engine: Annotated[
        Literal["duckdb", "spark"], Field(description="Who answers for archives of acts.")
    ] = "duckdb"
    archive_memory: Annotated[
        int, Field(ge=64, description="Memory for an archive before it goes to disk, in MiB.")
    ] = MEMORY
    spark_master: Annotated[
        str, Field(description="The Spark cluster for archives; a local one when empty.")
    ] = ""
    write_token: Annotated[
        SecretStr, Field(description="Token of writers; without it nothing can be written.")
    ] = SecretStr("")
    dump_deadline: Annotated[
        float, Field(gt=0, description="Seconds that writing out a whole graph may take.")
    ] = 600.0
    update_deadline: Annotated[
        float, Field(gt=0, description="Seconds after which a write is stopped.")
    ] = 60.0
    service_allow: Annotated[
        str,
        Field(description="Addresses that SERVICE and LOAD may call, separated by commas."),
    ] = ""
    max_body: Annotated[
        int, Field(gt=0, description="Largest request body in bytes; more answers 413.")
    ] = 10 * 1024**2
    max_upload: Annotated[
        int, Field(gt=0, description="Largest graph that may be sent to /graphs, in bytes.")
    ] = 512 * 1024**2

    def remote(self) -> dict[str, str]:
        """The settings of another server, as `comity.graph.opening.remote_from` takes them."""
        return {
            "COMITY_ENGINE": self.engine,
            "COMITY_SPARQL_QUERY": self.sparql_query,
            "COMITY_SPARQL_UPDATE": self.sparql_update,
            "COMITY_SPARQL_GRAPHS": self.sparql_graphs,
            "COMITY_SPARQL_USER": self.sparql_user,
            "COMITY_SPARQL_PASSWORD": self.sparql_password.get_secret_value(),
            "COMITY_SPARQL_TIMEOUT": str(self.sparql_timeout),
        }

    def archives(self) -> dict[str, str]:
        """The settings of archives, as `comity.graph.archives.engines` takes them."""
        return {
            "COMITY_ARCHIVE_ENGINE": self.archive_engine,
            "COMITY_ARCHIVE_MEMORY": str(self.archive_memory),
            "COMITY_SPARK_MASTER": self.spark_master,
        }

    @property
    def allowed_services(self) -> frozenset[str]:
        """Addresses that queries and updates may call."""
        return frozenset(self.origins(self.service_allow))

    def origins(self, text: str) -> list[str]:
        """The addresses in one of the lists."""
        return [origin.strip() for origin in text.split(",") if origin.strip()]
