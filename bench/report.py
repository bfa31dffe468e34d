"""Puts figures into words: the table, the paper, and what was promised and is not so."""

from typing import Any

from bench.names import ANEW

GROWTH = 1.2
HEAD = (
    "| page | CPU-ms | least–most | × bare | queries | promised | {large} applicants: CPU-ms | queries | × |"
)
Database = dict[str, Any]


def table(found: Database, sizes: tuple[int, ...] | list[int]) -> list[str]:
    """Return the rows of one database as a Markdown table."""
    served = any(row["server_ms"] for row in found["sizes"][str(sizes[0])])
    head = HEAD.format(large=sizes[-1]) + (" server's CPU-ms |" if served else "")
    lines = [head, "|---" * (head.count("|") - 1) + "|"]
    for small, large in _pairs(found, sizes):
        cells = [
            small["name"],
            f"{small['cpu_ms']:.2f}",
            f"{small['least']:.2f}–{small['most']:.2f}",
            f"{small['ratio_to_bare']:.1f}",
            str(small["queries"]),
            _promised(small),
            f"{large['cpu_ms']:.2f}",
            str(large["queries"]),
            f"{found['growth'][small['name']]:.2f}",
        ]
        if served:
            cells.append(f"{small['server_ms'] or 0:.2f} → {large['server_ms'] or 0:.2f}")
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _pairs(found: Database, sizes: tuple[int, ...] | list[int]) -> list[tuple[Database, Database]]:
    small, large = found["sizes"][str(sizes[0])], found["sizes"][str(sizes[-1])]
    return list(zip(small, large, strict=True))


def _promised(row: Database) -> str:
    said = []
    if row["target_cpu_ms"] is not None:
        said.append(f"{row['target_cpu_ms']:g} ms")
    if row["target_queries"] is not None:
        said.append(f"{row['target_queries']} queries")
    return ", ".join(said) + ("" if row["meets"] or not said else " (**not met**)")


def misses(found: Database) -> list[str]:
    """Say which page is above its target, and which grows with the number of applicants."""
    wrong = []
    for database in found["databases"]:
        for small, large in _pairs(database, found["sizes"]):
            name, growth = small["name"], database["growth"][small["name"]]
            if not small["meets"]:
                wrong.append(
                    f"{database['database']}, {name}: {small['cpu_ms']:.2f} CPU-ms, {small['queries']} queries;"
                    f" promised: {_promised(small).removesuffix(' (**not met**)')}."
                )
            if small["queries"] != large["queries"]:
                wrong.append(
                    f"{database['database']}, {name}: {small['queries']} queries become {large['queries']}."
                )
            if growth > GROWTH and not name.endswith(ANEW):
                wrong.append(f"{database['database']}, {name}: {growth:.2f} times, at most {GROWTH}.")
    return wrong


def paper(found: Database) -> str:
    """Return docs/benchmarks.md."""
    about, lines = found["machine"], [INTRODUCTION]
    for database in found["databases"]:
        optimised = "--enable-optimizations" in database["compiled"]
        lines += [
            f"\n## {database['database']} {database['version']}\n",
            *table(database, found["sizes"]),
            (
                f"\n{database['rounds']} rounds; Python {database['python']}"
                f"{'' if optimised else ', compiled without --enable-optimizations'}."
            ),
        ]
    wrong = misses(found)
    lines += [
        "\n## The machine\n",
        f"{about['processor']}, {about['cores']} cores, {about['system']}; load {about['load']} when it began.",
        "\n## What is not as promised\n",
        *([f"- {line}" for line in wrong] or ["Every target is met."]),
        "",
    ]
    return "\n".join(lines)


INTRODUCTION = """# Benchmarks

Written by `make bench`, from what it measured; nothing here is typed by hand. `make full` runs it too.

## How it is measured

- Requests go straight into the WSGI application, in one process, under production's settings: every middleware, session,
  second factor and query is in the figure; the network and granian are not.
- CPU time of the process, not time on the clock, so that other programs count little. What PostgreSQL's server takes
  of the CPU for our connection stands in a column of its own; SQLite works inside our process.
- A round asks each page twenty times (the cheapest sixty), the bare view and both schools in turn. The median of the rounds is
  told, and the least and the most. **× bare** is the median of the ratios to a view that answers one word
  behind the same middleware, within the same round: compare it between machines.
- Two schools, equal but for their applicants: 360 and ten times as many, in three editions each (a call that is open, a
  test that goes on, offers that wait), with drafts, attempts, answers, offers, notices and sealed acts. The last **×** is the median
  of the ratios of one round: at most 1.2 is promised.
- "From cache" is the page kept by `front/cache.py` for ten seconds; "without" builds it anew. The cockpit's charts are
  remembered for a minute; "nothing remembered" counts them, and everything else that is kept in memory, at each request.
- Sign-in is by password with a hash that costs nothing: argon2 is meant to be slow, and is the same everywhere.

Tests hold what does not depend on the machine: the queries of these pages, equal for two sizes, and generous ratios to the bare
view (`tests/house/test_speed.py`)."""
