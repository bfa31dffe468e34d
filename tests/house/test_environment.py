"""The two commands: an environment from nothing, and a suite that says what it could not run."""

import os
import subprocess
import tomllib
from pathlib import Path

import psycopg
import pytest
from tests.house.tree import ROOT
from tools import machine, run_tests


def closure(lock: dict, *, dev: bool) -> set[tuple[str, str]]:
    """Return (name, version) of everything the lock would install anywhere, extras included."""
    packages = {package["name"]: package for package in lock["package"]}
    house = packages["sqcuola"]
    todo = [*house["dependencies"], *(house["dev-dependencies"]["dev"] if dev else [])]
    seen: set[tuple[str, str | None]] = set()
    while todo:
        wanted = todo.pop()
        for extra in [None, *wanted.get("extra", [])]:
            if (wanted["name"], extra) not in seen:
                seen.add((wanted["name"], extra))
                package = packages[wanted["name"]]
                todo += (
                    package.get("optional-dependencies", {}).get(extra, [])
                    if extra
                    else package.get("dependencies", [])
                )
    return {(name, packages[name]["version"]) for name, _extra in seen}


def listed(text: str) -> set[tuple[str, str]]:
    pins = [line.split(" ")[0].split(";")[0] for line in text.splitlines() if line[:1].isalnum()]
    return {tuple(pin.split("==")) for pin in pins}


@pytest.mark.parametrize(("name", "dev"), [("requirements.txt", False), ("requirements-dev.txt", True)])
def test_requirements_are_the_lock(name, dev):
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    text = (ROOT / name).read_text()
    hashes = {word.removeprefix("--hash=") for word in text.split() if word.startswith("--hash=")}
    known = {
        file["hash"]
        for package in lock["package"]
        for file in [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    }

    assert listed(text) == closure(lock, dev=dev), "run `make requirements`"
    assert hashes
    assert hashes <= known


def test_the_comparison_with_the_lock_can_fail():
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    text = (ROOT / "requirements.txt").read_text()

    assert listed(text.replace("django==6", "django==5")) != closure(lock, dev=False)
    assert ("pytest", "1") not in listed(text)


def bootstrap(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the bootstrap in `folder` as on a machine that has no Python outside of PATH and homes."""
    (folder / "bin").mkdir(parents=True)
    for name in ("uv.lock", "pyproject.toml", "hatch_build.py"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    source = (ROOT / "bin" / "bootstrap").read_text()
    for place in ("/usr/local/", "/opt/", "/Library/"):
        source = source.replace(f" {place}", f" /nowhere{place}")
    (folder / "bin" / "bootstrap").write_text(source)
    return subprocess.run(
        ["/bin/sh", folder / "bin" / "bootstrap", "run"], env=env, capture_output=True, text=True, check=False
    )


def test_without_a_python_the_bootstrap_says_what_to_install(tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("cat", "cksum", "dirname", "ls", "cut", "id", "rm", "mkdir"):
        place = next(Path(folder, name) for folder in ("/usr/bin", "/bin") if Path(folder, name).exists())
        (tools / name).symlink_to(place)
    # A machine where nobody has a home worth looking in.
    (tools / "getent").write_text("#!/bin/sh\necho nobody:x:1:1::/nowhere:/bin/sh\n")
    (tools / "getent").chmod(0o755)
    answer = bootstrap(tmp_path / "house", PATH=str(tools), HOME=str(tmp_path))

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "Debian 13, Ubuntu 24.04 and later: sudo apt install python3 python3-venv" in answer.stderr
    assert "macOS: brew install" in answer.stderr


@pytest.mark.parametrize("path", ["bin/bootstrap", ".ci/run"])
def test_scripts_are_posix_and_can_be_run(path):
    assert os.access(ROOT / path, os.X_OK)
    assert subprocess.run(["/bin/sh", "-n", ROOT / path], check=False).returncode == 0
    text = (ROOT / path).read_text()
    for bashism in ("[[", "function ", "source ", "<<<", "local "):
        assert bashism not in "\n".join(
            line for line in text.splitlines() if not line.lstrip().startswith("#")
        )


def test_nothing_but_ci_calls_a_package_manager():
    for path in ("bin/bootstrap", "Makefile", "tools/run_tests.py", "tools/machine.py"):
        for line in (ROOT / path).read_text().splitlines():
            assert not line.strip().startswith(("sudo", "apt", "@sudo", "@apt"))


def test_what_could_not_run_is_a_failure_only_in_ci():
    outcome = run_tests.Outcome(runs=["SQLite"], left_out=["Browser stories: no Chromium here."])

    assert outcome.verdict(ci=False) == (0, "Every test that could run passed.")
    assert outcome.verdict(ci=True)[0] == 1
    assert run_tests.Outcome(others_files=["3 × no files"]).verdict(ci=True) == (0, "Every test passed.")
    assert run_tests.Outcome(failed=["SQLite"]).verdict(ci=False)[0] == 1


def test_without_a_browser_or_postgresql_it_says_how_to_get_them(monkeypatch, capsys, tmp_path):
    ran = []
    monkeypatch.setattr(run_tests, "RESULTS", tmp_path)
    monkeypatch.setattr(run_tests, "pytest", lambda name, marks, _outcome, **_more: ran.append((name, marks)))
    monkeypatch.setattr(machine, "chromium", lambda: None)
    monkeypatch.setattr(machine, "postgres_binaries", lambda: None)
    monkeypatch.delenv("CI", raising=False)

    assert run_tests.main([]) == 0
    assert ran == [("SQLite", "not concurrency and not slow and not browser")]
    said = capsys.readouterr().out
    assert "Could not run: Browser stories: no Chromium here. `.venv/bin/playwright install chromium`" in said
    assert "Could not run: PostgreSQL: its programs are not here" in said
    monkeypatch.setenv("CI", "true")
    assert run_tests.main([]) == 1


def test_postgresql_never_runs_as_root(monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine.shutil, "which", lambda name, **_where: f"/sbin/{name}")
    assert machine._as_another()[:2] == ["/sbin/runuser", "-u"]
    assert machine._as_another()[2] != "root"

    monkeypatch.setattr(machine.shutil, "which", lambda _name, **_where: None)
    with pytest.raises(RuntimeError, match="never runs as root"):
        machine._as_another()


def test_the_throwaway_postgresql_leaves_nothing_behind():
    binaries = machine.postgres_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's programs are not here")
    with machine.postgres(binaries) as url:
        folder = Path(url.split("@")[1].split("/")[0].replace("%2F", "/"))
        with psycopg.connect(url) as connection:
            assert connection.execute("select current_user").fetchone() == ("sqcuola",)
            assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert folder.exists()
    assert not folder.exists()
