"""`sqcuola serve`: one command, every process of a small school."""

import os
import socket
import sys
import urllib.error
import urllib.request
from http import HTTPStatus

from sqcuola.config import asking, starting
from sqcuola.config.asking import Parser
from sqcuola.config.processes import Child, Supervisor

USUAL_PORT = 8000


def main(arguments: list[str]) -> int:
    """Answer `sqcuola serve`."""
    parser = Parser("serve", "Serve the school: pages and jobs, until it is told to stop (Ctrl+C, SIGTERM).")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on: 127.0.0.1 unless said")
    parser.add_argument(
        "--port", type=asking.PORT, metavar="N", help=f"{USUAL_PORT} unless said; a free one if that is taken"
    )
    parser.add_argument(
        "--workers",
        type=asking.number(1, 64),
        default=2,
        metavar="N",
        help="how many processes answer pages: 2 unless said",
    )
    given = parser.parse_args(arguments)
    port = given.port or free_port(given.host)
    if taken(given.host, port):
        starting.say(f"Port {port} is taken by another program.")
        return 1
    os.environ.setdefault("SQCUOLA_URL", f"http://{given.host}:{port}")
    starting.prepare()
    return supervisor(given.host, port, given.workers).run()


def supervisor(host: str, port: int, workers: int) -> Supervisor:
    """Return the parent of web and worker, which prints where the school is once its home page answers."""
    local = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared, not bound

    def announce() -> None:
        starting.say(f"The school answers at {local} (Ctrl+C ends it).")
        if local != os.environ["SQCUOLA_URL"]:
            starting.say(f"People reach it as {os.environ['SQCUOLA_URL']}.")
        if words := starting.first_run(f"{local}/first-run/"):
            starting.say(words)

    children = [
        Child("web", web(host, port, workers)),
        Child("worker", [sys.executable, "-m", "sqcuola", "worker"]),
    ]
    return Supervisor(children, ready=lambda: answers(f"{local}/"), announce=announce)


def web(host: str, port: int, workers: int) -> list[str]:
    """Return granian's command line. Four threads a worker: pages are Python's work, and a database has its limits."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "10", "--log-level", "warning", "sqcuola.config.wsgi:application"),
    ]


def answers(url: str) -> bool:
    """Tell whether a page is there: anything but an error of the server itself."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError as error:
        return error.code < HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False


def taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        # As the server itself does: a port that was left a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def free_port(host: str) -> int:
    """Return the usual port, one of the next twenty, or whichever the system gives."""
    for port in range(USUAL_PORT, USUAL_PORT + 20):
        if not taken(host, port):
            return port
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
