"""A PostgreSQL cluster in a temporary folder, for machines with the binaries and no running server."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from functools import partial
from pathlib import Path

OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=100"
_running: list[tuple[Path, Path]] = []


def binaries() -> Path | None:
    """Find the folder of initdb and pg_ctl, on the path or where Debian keeps them."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def start_cluster() -> str | None:
    """Make a cluster and give its address, or None where the binaries are missing or refuse."""
    folder = binaries()
    if folder is None or not (folder / "initdb").exists():
        return None
    home = Path(tempfile.mkdtemp(prefix="campus-postgresql-"))
    owner = _owner()
    if owner:
        shutil.chown(home, owner)
    run = partial(subprocess.run, user=owner, cwd=home, env=_plain_environment(), capture_output=True, check=True)
    port = _free_port()
    try:
        kind = ["--username=campus", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        run([folder / "initdb", "-D", home / "data", *kind])
        flags = f"{OPTIONS} -p {port} -k {home}"
        run([folder / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", flags, "start"])
    except (OSError, subprocess.CalledProcessError):
        shutil.rmtree(home, ignore_errors=True)
        return None
    _running.append((folder, home))
    return f"postgresql+psycopg://campus@127.0.0.1:{port}/postgres"


def stop_cluster() -> None:
    """Stop the cluster that this process started, and remove its folder."""
    while _running:
        folder, home = _running.pop()
        command = [folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop"]
        subprocess.run(command, user=_owner(), cwd=home, env=_plain_environment(), capture_output=True, check=False)
        shutil.rmtree(home, ignore_errors=True)


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
