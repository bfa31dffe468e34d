"""Pictures are drawn anew in a process of their own, which may take so much memory and so many seconds and no more."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Final

from django.core.files.base import ContentFile

SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is left of a picture: its pixels."""

    kind: str
    content: bytes

    def as_file(self) -> ContentFile[bytes]:
        return ContentFile(self.content)


def draw_anew(original: IO[bytes]) -> Drawn | None:
    """Return the picture without anything else that was in its file; None when it cannot be drawn within the limits."""
    with tempfile.TemporaryDirectory(prefix="sqcuola-picture-") as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        with source.open("wb") as file:
            copyfileobj(original, file)
        command = [sys.executable, str(Path(__file__).with_name("drawing.py")), str(source), str(target)]
        try:
            done = subprocess.run(command, timeout=SECONDS, capture_output=True, check=False)  # noqa: S603 - our own file
        except subprocess.TimeoutExpired:
            return None
        if done.returncode or not target.exists():
            return None
        return Drawn(done.stdout.decode("ascii").strip(), target.read_bytes())
