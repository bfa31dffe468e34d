"""The wheel alone, in an environment that has what it declares and nothing else, serves a page."""

import re
import signal
import subprocess
import sys
import urllib.request
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from tests.house.test_environment import listed
from tests.house.tree import ROOT

from sqcuola.config.tests.test_processes import a_port

PLAIN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    answer = subprocess.run(
        command, cwd=cwd, env={**PLAIN, **env}, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def bring(site: Path) -> None:
    """Put the locked run-time packages into an environment, without a network: as links to those we have."""
    here = {normal(dist.metadata["Name"]): dist for dist in metadata.distributions()}
    for name, _version in listed((ROOT / "requirements.txt").read_text()):
        if normal(name) not in here:
            continue  # for another system or another Python
        dist = here[normal(name)]
        for top in {file.parts[0] for file in dist.files or [] if file.parts[0] not in {"..", "__pycache__"}}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(dist.locate_file(top)).resolve())


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("environment")
    try:
        venv.create(folder, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        pytest.skip("this Python has no ensurepip (Debian and Ubuntu: apt install python3-venv)")
    python = folder / "bin" / "python"
    bring(next((folder / "lib").glob("python3*/site-packages")))
    # --no-index: what the wheel declares must be among what was brought, or pip says so.
    run(python, "-m", "pip", "install", "-q", "--no-index", wheel, cwd=folder)
    return folder


def test_the_wheel_has_words_and_faces_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert "sqcuola/editions/locale/it/LC_MESSAGES/django.mo" in names
    assert "sqcuola/front/templates/front/home.html" in names
    assert any(name.endswith(".woff2") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert [name for name in names if "/tests/" in name or name.startswith(("tests", "tools"))] == []


def test_an_empty_environment_serves_a_page_in_production(installed, tmp_path):
    env = {
        "SQCUOLA_HOME": str(tmp_path / "school"),
        "SQCUOLA_MODE": "production",
        "SQCUOLA_SECRET_KEY": "a key of this test and of no school at all, long enough",
        "SQCUOLA_URL": "http://127.0.0.1",
    }
    command = installed / "bin" / "sqcuola"
    assert "Now: sqcuola serve" in run(command, "init", cwd=tmp_path, **env)

    process = subprocess.Popen([command, "serve", "--port", str(a_port())], cwd=tmp_path, env={**PLAIN, **env},
                               stdout=subprocess.PIPE, text=True)  # fmt: skip
    try:
        where = process.stdout.readline().split()[4]
        with urllib.request.urlopen(where, timeout=10) as answer:
            page = answer.read().decode()
        assert "<h1" in page
        for kind in (r"css", r"svg"):
            found = re.search(rf'href="(/[^"]+\.{kind})"', page)
            assert found, f"the page has no {kind}"
            with urllib.request.urlopen(where + found[1], timeout=10) as answer:
                assert len(answer.read()) > 100
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        process.stdout.close()
    assert [path.name for path in tmp_path.iterdir()] == ["school"]
