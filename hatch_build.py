"""Build hook: the wheel and the source archive carry the workbench built.

A wheel without it would show a plain form at /sparql and nobody would notice, so a build
that cannot make it fails. An editable install goes on without: `make setup` builds the
workbench itself, where Node.js is there.
"""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WorkbenchHook(BuildHookInterface):  # type: ignore[misc]
    """Runs `api/workbench/bundle.py` when the bundle is not fresh."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the workbench before anything is packed."""
        bundle = _bundle(Path(self.root))
        if bundle.is_fresh():
            return
        if version == "editable":
            bundle.main()
            return
        try:
            bundle.build()
        except bundle.BuildError as error:
            self.app.abort(str(error))


def _bundle(root: Path) -> ModuleType:
    # In a clone and in the source archive alike, the api lies in the package.
    path = root / "src" / "comity" / "api" / "workbench" / "bundle.py"
    spec = importlib.util.spec_from_file_location("bundle", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
