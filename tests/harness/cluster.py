"""A PostgreSQL cluster in a temporary folder, for machines with the binaries and no running server."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=100"


@dataclass(frozen=True)
class Cluster:
    """A cluster of our own: its binaries, its folder, its port."""

    folder: Path
    home: Path
    port: int

    @property
    def url(self) -> str:
        """Give the address of its first database."""
        return f"postgresql+psycopg://campus@127.0.0.1:{self.port}/postgres"

    def run(self, *command: object) -> None:
        """Run one of its binaries as its owner."""
        name, *arguments = command
        subprocess.run(
            [self.folder / str(name), "-D", self.home / "data", *arguments],
            user=_owner(),
            cwd=self.home,
            env=_plain_environment(),
            capture_output=True,
            check=True,
        )

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        flags = f"{OPTIONS} -p {self.port} -k {self.home}"
        self.run("pg_ctl", "-w", "-l", self.home / "log", "-o", flags, "start")

    def stop(self) -> None:
        """Stop it as a crash would: connections are cut off, its log is replayed at the next start."""
        self.run("pg_ctl", "-m", "immediate", "stop")

    def remove(self) -> None:
        """Stop it if it runs, and remove its folder."""
        with suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


_running: list[Cluster] = []


def binaries() -> Path | None:
    """Find the folder of initdb and pg_ctl, on the path or where Debian keeps them."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def make_cluster() -> Cluster | None:
    """Make a cluster and start it; None where the binaries are missing or refuse."""
    folder = binaries()
    if folder is None or not (folder / "initdb").exists():
        return None
    made = Cluster(folder, Path(tempfile.mkdtemp(prefix="campus-postgresql-")), _free_port())
    if owner := _owner():
        shutil.chown(made.home, owner)
    try:
        made.run("initdb", "--username=campus", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        made.start()
    except (OSError, subprocess.CalledProcessError):
        made.remove()
        return None
    return made


def start_cluster() -> str | None:
    """Make a cluster that lives as long as this process, and give its address."""
    made = make_cluster()
    if made is None:
        return None
    _running.append(made)
    return made.url


def stop_cluster() -> None:
    """Stop the cluster that this process started, and remove its folder."""
    while _running:
        _running.pop().remove()


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: name somebody else in that case."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _plain_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
