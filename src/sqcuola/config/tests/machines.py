"""Whole installations beside the one that is tested: each runs in processes of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection


class Machine:
    """One installation: a home of its own, on PostgreSQL a database of its own; `like` another that has none of us on it."""

    def __init__(self, folder: Path, name: str, like: "Machine | None" = None, **env: str) -> None:
        self.home = folder / name
        if like:
            shutil.copytree(like.home, self.home)
        self.env = {
            "PATH": "/usr/bin:/bin",
            "SQCUOLA_HOME": str(self.home),
            "SQCUOLA_MODE": "development",
            **env,
        }
        self.database = f"machine_{name}_{os.getpid()}"
        if connection.vendor == "postgresql":
            self._sql(f"CREATE DATABASE {self.database}" + (f" TEMPLATE {like.database}" if like else ""))
            here = settings.DATABASES["default"]
            word = f":{quote(here['PASSWORD'], '')}" if here["PASSWORD"] else ""
            port = f":{here['PORT']}" if here["PORT"] else ""
            self.env["SQCUOLA_DATABASE_URL"] = (
                f"postgresql://{quote(here['USER'], '')}{word}@{quote(here['HOST'], '')}{port}/{self.database}"
            )

    def _sql(self, statement: str) -> None:
        here = connection.get_connection_params() | {"dbname": "postgres"}
        with psycopg.connect(**here, autocommit=True) as link:
            link.execute(statement)

    def leave(self) -> None:
        if connection.vendor == "postgresql":
            self._sql(f"DROP DATABASE {self.database} WITH (FORCE)")

    def run(self, *words: str, code: int = 0) -> str:
        answer = subprocess.run(
            [sys.executable, *words],
            env=self.env,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == code, answer.stdout + answer.stderr
        return answer.stdout

    def sqcuola(self, *words: str | Path, code: int = 0) -> str:
        return self.run("-m", "sqcuola", *map(str, words), code=code)

    def python(self, source: str, *words: str) -> str:
        before = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'sqcuola.config.settings'\n"
        return self.run("-c", before + source, *words)
