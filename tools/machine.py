"""What this machine has: a Chromium, a PostgreSQL to throw away. Finds; installs nothing."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of a Chromium: SQCUOLA_CHROMIUM, the system's, or the one Playwright has fetched before."""
    if named := os.environ.get("SQCUOLA_CHROMIUM"):
        return named
    for name in CHROMIUMS:
        if found := shutil.which(
            name, path=os.environ.get("PATH", "") + ":/usr/bin:/usr/local/bin:/snap/bin"
        ):
            return found
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    homes = [
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""),
        "~/.cache/ms-playwright",
        "~/Library/Caches/ms-playwright",
    ]
    for home in filter(None, homes):
        for pattern in ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"):
            if found_here := sorted(glob(f"{Path(home).expanduser()}/{pattern}")):
                return found_here[-1]
    return str(mac) if mac.exists() else None


def postgres_binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest there is."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    places = glob("/usr/lib/postgresql/*/bin/initdb") + glob("/usr/pgsql-*/bin/initdb")
    places += glob("/opt/homebrew/opt/postgresql@*/bin/initdb") + glob("/usr/local/pgsql/bin/initdb")
    return max(
        (Path(place).parent for place in places), key=lambda path: path.parts[-2].zfill(20), default=None
    )


def _as_another() -> list[str]:
    """PostgreSQL refuses to run as root: return the words that make a command another account's."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        if tool := shutil.which("runuser", path="/sbin:/usr/sbin:/bin:/usr/bin"):
            return [tool, "-u", name, "--"]
    raise RuntimeError("PostgreSQL never runs as root, and there is no other account to run it as.")


@contextmanager
def postgres(binaries: Path) -> Iterator[str]:
    """Run a cluster of its own in a short temporary folder (a socket, no port); give its url; leave nothing behind."""
    other = _as_another()
    # Short: the path of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="sq", dir="/tmp"))
    try:
        if other:
            account = pwd.getpwnam(other[2])
            os.chown(folder, account.pw_uid, account.pw_gid)
        _quiet([*other, binaries / "initdb", "-A", "trust", "-U", "sqcuola", "-E", "UTF8", "--locale=C", "-N",
                "-D", folder / "data"])  # fmt: skip
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c synchronous_commit=off"
            " -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB"
        )
        control = [*other, binaries / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
        _quiet([*control, "-o", options, "start"])
        try:
            yield f"postgresql://sqcuola@{str(folder).replace('/', '%2F')}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quiet(command: list[str | Path]) -> None:
    # pg_ctl leaves the server holding its output: a file, not a pipe, or we would wait for ever.
    with tempfile.TemporaryFile() as said:
        code = subprocess.run(command, check=False, stdout=said, stderr=said, cwd="/").returncode
        if code:
            said.seek(0)
            raise RuntimeError(f"{command} ended with {code}: {said.read().decode(errors='replace')[-2000:]}")
