"""What one process costs: instructions, memory and size, each in an environment of its own."""

import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / ".nox" / "bench"
VERSIONS = ("3.11", "3.12", "3.13")
# How often a call is repeated; the difference is what is counted. Some peers take long for one.
OFTEN, SELDOM = (1000, 5000), (20, 100)


@cache
def environment(requirement: str, made_by: str = sys.executable) -> Path:
    """Return the Python of an environment that has one thing and what it needs; made once."""
    suffix = "" if made_by == sys.executable else f"-{Path(made_by).name}"
    folder = ENVIRONMENTS / (re.sub(r"\W+", "-", Path(requirement).name) + suffix)
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([made_by, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", requirement], check=True)
    return python


def version_of_us(version: str) -> Path:
    """Return a Python of a version that has this library."""
    found = shutil.which(f"python{version}")
    if found is None:
        sys.exit(f"python{version} is not on the PATH.")
    return environment(str(ROOT), found)


def run(python: Path, code: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, the same each time; code that begins with ``-m`` is a module to run."""
    fixed = {"PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    surroundings = {**os.environ, **fixed, "PYTHONDONTWRITEBYTECODE": ""}  # what is measured was compiled before
    arguments = code.split(" ") if code.startswith("-m ") else ["-c", code]
    command = [*before, python, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd="/", env=surroundings)


@cache
def instructions(python: Path, code: str) -> int:
    """User-space instructions of one Python process, its files compiled before."""
    run(python, code)
    done = run(python, code, "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    (count,) = re.findall(r"Collected : (\d+)", done.stderr)
    return int(count)


def count_all(jobs: Iterable[tuple[Path, str]]) -> None:
    """Count the instructions of several processes side by side; `instructions` has the counts afterwards."""
    # Counts do not depend on what else runs, unlike times.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda job: instructions(*job), jobs))


def each_call(python: Path, setup: str, call: str, counts: tuple[int, int] = OFTEN) -> float:
    """Instructions of one call, without the loop around it and the first calls."""
    few, many = (instructions(python, f"{setup}\n{call}\nfor _ in range({count}): {call}") for count in counts)
    bare = [instructions(python, f"{setup}\n{call}\nfor _ in range({count}): pass") for count in counts]
    return ((many - few) - (bare[1] - bare[0])) / (counts[1] - counts[0])


def peak(python: Path, code: str) -> int:
    """Return the highest resident memory of one Python process, in KiB; the least of several runs."""
    probe = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    return min(int(run(python, f"{code}\n{probe}").stdout) for _ in range(9))


def installed(python: Path) -> int:
    """KiB of what an environment holds beside pip."""
    folder = next((python.parents[1] / "lib").glob("python*")) / "site-packages"
    files = (path for path in folder.rglob("*") if path.is_file())
    tools = ("pip", "setuptools", "pkg_resources", "_distutils_hack")
    return sum(path.stat().st_size for path in files if not path.relative_to(folder).parts[0].startswith(tools)) // 1024


def wheel_over_xz() -> float:
    """Return the size of the built wheel over that of its files as one solid xz archive."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, str(ROOT)]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        packed = BytesIO()
        with zipfile.ZipFile(wheel) as files, tarfile.open(fileobj=packed, mode="w") as archive:
            for name in files.namelist():
                entry = tarfile.TarInfo(name)
                entry.size = files.getinfo(name).file_size
                archive.addfile(entry, BytesIO(files.read(name)))
        return wheel.stat().st_size / len(lzma.compress(packed.getvalue(), preset=9 | lzma.PRESET_EXTREME))
