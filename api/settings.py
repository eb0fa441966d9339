"""Every setting of the service: environment variables that begin with COMITY_."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the service; each is an environment variable COMITY_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="COMITY_", extra="ignore", frozen=True)

    data: Annotated[Path, Field(description="Directory of the graph on disk.")] = Path("data/graph")
    base_url: Annotated[
        str, Field(description="Public address of this server, where it stands behind a proxy.")
    ] = ""
    cors_origins: Annotated[
        str, Field(description="Origins that may read, separated by commas; `*` for all.")
    ] = ""
    embed_origins: Annotated[
        str, Field(description="Origins that may frame the pages, separated by commas.")
    ] = ""
    query_deadline: Annotated[
        float, Field(gt=0, description="Seconds after which a SPARQL query is stopped.")
    ] = 10.0
    row_cap: Annotated[int, Field(gt=0, description="Rows after which a SPARQL answer is cut.")] = (
        10_000
    )
    workers: Annotated[int, Field(gt=0, description="Worker processes for SPARQL.")] = 2
    max_body: Annotated[
        int, Field(gt=0, description="Largest request body in bytes; more answers 413.")
    ] = 10 * 1024 * 1024

    def origins(self, text: str) -> list[str]:
        """The origins in one of the two lists."""
        return [origin.strip() for origin in text.split(",") if origin.strip()]
