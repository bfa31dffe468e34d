"""Writes requirements.txt and requirements-dev.txt from uv.lock, with hashes: for whoever has pip and no uv.

    python tools/requirements.py

A test compares both files with the lock, without uv.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = {"requirements.txt": ["--no-dev"], "requirements-dev.txt": ["--dev"]}


def uv() -> str:
    kept = ROOT / ".cache" / "uv-venv" / "bin" / "uv"
    found = shutil.which("uv") or (str(kept) if kept.exists() else None)
    if found is None:
        sys.exit("This needs uv: https://docs.astral.sh/uv/")
    return found


def main() -> None:
    for name, groups in LISTS.items():
        command = [uv(), "export", "--quiet", "--locked", "--no-emit-project", "--no-header", "--no-annotate"]
        text = subprocess.run(
            [*command, *groups], cwd=ROOT, env=dict(os.environ), check=True, capture_output=True, text=True
        ).stdout
        (ROOT / name).write_text("# Written by `make requirements` from uv.lock.\n" + text, encoding="utf-8")


if __name__ == "__main__":
    main()
