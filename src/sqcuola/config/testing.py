"""A pytest plugin, loaded before anything reads the settings: tests never touch a real home or a real school."""

import atexit
import os
import shutil
import tempfile

os.environ["SQCUOLA_MODE"] = "test"
if "SQCUOLA_TEST_HOME" not in os.environ:
    # Workers of one run share the home of the process that started them, and leave it to that process to remove.
    os.environ["SQCUOLA_TEST_HOME"] = tempfile.mkdtemp(prefix="sqcuola-test-")
    atexit.register(shutil.rmtree, os.environ["SQCUOLA_TEST_HOME"], ignore_errors=True)
os.environ["SQCUOLA_HOME"] = os.environ["SQCUOLA_TEST_HOME"]
