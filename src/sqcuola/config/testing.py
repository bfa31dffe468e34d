"""A pytest plugin, loaded before anything reads the settings: tests never touch a real home or a real school."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["SQCUOLA_MODE"] = "test"
if "SQCUOLA_TEST_HOME" not in os.environ:
    # Workers of one run leave the folder to the process that started them to remove.
    os.environ["SQCUOLA_TEST_HOME"] = tempfile.mkdtemp(prefix="sqcuola-test-")
    atexit.register(shutil.rmtree, os.environ["SQCUOLA_TEST_HOME"], ignore_errors=True)
# Each has a home of its own in it, as each has its own database: files that no row of one knows are another's.
home = Path(os.environ["SQCUOLA_TEST_HOME"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
home.mkdir(exist_ok=True)
os.environ["SQCUOLA_HOME"] = str(home)
