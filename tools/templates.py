"""Formats the templates with djade: `python tools/templates.py`, or with --check to be told which are not formatted."""

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "sqcuola"


def unformatted(package: Path = PACKAGE, *, check: bool = True) -> list[str]:
    """Return what djade says of the templates, one line each; without `check`, it mends them."""
    paths = [str(path) for path in sorted(package.glob("*/templates/**/*.html"))]
    if not paths:
        return []
    command = [
        Path(sys.executable).with_name("djade"),
        "--target-version",
        "6.1",
        *(["--check"] if check else []),
        *paths,
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return (answer.stdout + answer.stderr).strip().splitlines() if answer.returncode else []


if __name__ == "__main__":
    said = unformatted(check="--check" in sys.argv)
    print("\n".join(said))
    sys.exit(bool(said) and "--check" in sys.argv)
