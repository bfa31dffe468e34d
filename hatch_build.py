"""Compiles the catalogues into the wheel, so that whoever installs it needs no tool."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from tools.messages import compile_all


class CompileMessages(BuildHookInterface):
    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        package = Path(self.root) / "src" / "sqcuola"
        compile_all(package)
        # .mo files are not in git, so hatch would leave them out.
        build_data["artifacts"] += [
            path.relative_to(self.root).as_posix() for path in package.glob("*/locale/*/LC_MESSAGES/*.mo")
        ]
