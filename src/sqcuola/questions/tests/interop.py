"""Where the files are that others wrote; tests that read them are marked `interop` and skip where they are absent."""

import os
from pathlib import Path

import pytest


def folder(name):
    """Return SQCUOLA_INTEROP/name, else shared/data/name beside the checkout or above it; skip if there is none."""
    if said := os.environ.get("SQCUOLA_INTEROP"):
        places = [Path(said)]
    else:
        places = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
    found = next((place / name for place in places if (place / name).is_dir()), None)
    if found is None:
        pytest.skip(f"The files of {name} are not here (SQCUOLA_INTEROP says where).")
    return found
