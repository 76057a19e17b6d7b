"""shtab: completion in a shell, made by the command of the page."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from defector_stats.cli import parser

pytest.importorskip("shtab")
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
needs_page = pytest.mark.skipif(not PAGE.exists(), reason="not part of the wheel")


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    line = re.search(r"^shtab (.*) > \S+$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[1]
    command = [sys.executable, "-m", "shtab", *shlex.split(line)]
    made = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    path = tmp_path_factory.mktemp("completion") / "defector-stats.bash"
    path.write_text(made, encoding="utf-8")
    return path


def completed(script, *words):
    """What bash offers for the last of some words."""
    line = (
        f"source {shlex.quote(str(script))}; COMP_WORDS=(defector-stats {shlex.join(words)}); COMP_CWORD={len(words)}; "
        "$(complete -p defector-stats | sed 's/.*-F \\([^ ]*\\).*/\\1/'); printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split()


@needs_page
@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_bash_completes_commands_and_options(script):
    assert completed(script, "la") == ["latest"]
    assert set(completed(script, "")) >= set(parser()._actions[2].choices)
    assert completed(script, "chart", "--fr") == ["--from", "--frequency"]
    assert completed(script, "series", "--format", "js") == ["json"]
    assert completed(script, "faq", "--al") == []


@needs_page
@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh", "powershell"])
def test_other_shells_know_commands(shell):
    command = [sys.executable, "-m", "shtab", "--shell", shell, "defector_stats.cli.parser"]
    made = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

    assert all(name in made for name in ("latest", "destinations", "all-sources"))
