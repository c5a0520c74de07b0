"""What every measurement shares: the machine, CPU of processes, clients with kept connections, a table."""

import http.client
import json
import os
import platform
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from tools.installations import cpu_seconds, tree_of


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next(
            (line.partition(":")[2].strip() for line in file if line.startswith("model name")), platform.machine()
        )
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(file.readline().split()[1]) // 1_000_000
    with open("/proc/loadavg", encoding="utf-8") as file:
        load = file.read().split()[0]
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "processor": f"{model}, {os.cpu_count()} cores",
        "memory": f"{memory} GB",
        "load before": load,
        "system": platform.platform(),
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
    }


def database_name(address: str) -> str:
    """PostgreSQL 15.4, SQLite 3.46.1 …, as the server itself says."""
    if not address:
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    import psycopg

    with psycopg.connect(address) as connection:
        said = connection.execute("SHOW server_version").fetchone()
    return f"PostgreSQL {said[0].split()[0]}" if said else "PostgreSQL"


class Cpu:
    """CPU seconds of the web processes and of the database's processes since the last `start`."""

    def __init__(self, web: int, database: int | None) -> None:
        self.web, self.database = web, database

    def start(self) -> None:
        self.began = self._now()

    def used(self) -> tuple[float, float]:
        """(web, database) seconds. With SQLite the database works inside the web process."""
        now = self._now()
        return now[0] - self.began[0], now[1] - self.began[1]

    def _now(self) -> tuple[float, float]:
        return cpu_seconds(tree_of(self.web)), cpu_seconds(tree_of(self.database)) if self.database else 0.0


class Client:
    """One phone: a kept connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """(status, body) of an answer."""
        self.connection.request(
            method, address, body or None, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = self.connection.getresponse()
        return answer.status, answer.read()


@dataclass
class Run:
    """What one run measured; milliseconds."""

    requests: int
    seconds: float
    web_ms: float
    database_ms: float
    middle_ms: float
    slowest_ms: float  # 99th of a hundred

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def run(clients: list[Callable[[], object]], requests: int, cpu: Cpu) -> Run:
    """Lets each client do its share of so many requests at once, and says what they cost."""
    took: list[float] = []
    errors: list[BaseException] = []

    def work(client: Callable[[], object]) -> None:
        own = []
        try:
            for _each in range(requests // len(clients)):
                began = time.perf_counter()
                client()
                own.append(time.perf_counter() - began)
        except BaseException as error:
            errors.append(error)
        took.extend(own)

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    cpu.start()
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    web, database = cpu.used()
    if errors:
        raise errors[0]
    took.sort()
    count = len(took)
    return Run(
        count,
        seconds,
        web / count * 1000,
        database / count * 1000,
        took[count // 2] * 1000,
        took[count * 99 // 100] * 1000,
    )


def table(heads: list[str], rows: list[list[Any]]) -> str:
    """Plain text in columns; numbers to the right."""
    cells = [heads, *[[f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]]
    wide = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = []
    for row in cells:
        said = [cell.ljust(wide[i]) if i < 2 else cell.rjust(wide[i]) for i, cell in enumerate(row)]
        lines.append("  ".join(said).rstrip())
    lines.insert(1, "  ".join("-" * width for width in wide))
    return "\n".join(lines)


def tell(as_json: bool, said: dict[str, Any], text: str) -> None:
    """Prints the result, as JSON or with the machine above the table."""
    if as_json:
        json.dump(said, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    for name, value in said["machine"].items():
        print(f"{name:12} {value}")
    print("\n" + text)
