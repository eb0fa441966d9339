"""Every setting of the service: environment variables that begin with COMITY_."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the service; each is an environment variable COMITY_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="COMITY_", extra="ignore", frozen=True)

    data: Path = Field(Path("data/graph"), description="Directory of the graph on disk.")
    base_url: str = Field(
        "", description="Public address of this server, where it stands behind a proxy."
    )
    cors_origins: str = Field(
        "", description="Origins that may read, separated by commas; `*` for all."
    )
    embed_origins: str = Field(
        "", description="Origins that may show the pages in a frame, separated by commas."
    )
    query_deadline: float = Field(
        10.0, gt=0, description="Seconds after which a SPARQL query is stopped."
    )
    row_cap: int = Field(10_000, gt=0, description="Rows after which a SPARQL answer is cut.")
    workers: int = Field(2, gt=0, description="Worker processes for SPARQL.")
    max_body: int = Field(
        10 * 1024 * 1024, gt=0, description="Largest request body in bytes; more answers 413."
    )

    def origins(self, text: str) -> list[str]:
        """The origins in one of the two lists."""
        return [origin.strip() for origin in text.split(",") if origin.strip()]
