"""Every page there is, in both widths and themes, in a browser: what `make pictures` complains of is a failure of the full run."""

import os
import subprocess
import sys

import pytest
from tests.house.tree import ROOT


@pytest.mark.slow
@pytest.mark.browser
def test_no_page_is_too_wide_or_shuts_anybody_out(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SQCUOLA_", "DJANGO_"))}
    looked = subprocess.run(
        [sys.executable, "tools/pictures.py", "--folder", str(tmp_path / "pictures")],
        env=env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert looked.returncode == 0, looked.stdout[-4000:] + looked.stderr[-2000:]
