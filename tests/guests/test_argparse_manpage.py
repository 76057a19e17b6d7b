"""argparse-manpage: a manual page, made by the command of the page."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from defector_stats.cli import parser

pytest.importorskip("argparse_manpage")
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"


@pytest.mark.skipif(not PAGE.exists(), reason="not part of the wheel")
def test_manual_page(tmp_path):
    line = re.search(r"^argparse-manpage (.*) > \S+$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[1]
    command = [sys.executable, "-c", "from argparse_manpage.cli import main; main()", *shlex.split(line)]
    made = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

    assert made.startswith('.TH DEFECTOR\\-STATS "1" ')
    assert "defector\\-stats \\- published figures on people who fled North Korea" in made
    for name, options in parser()._actions[2].choices.items():
        assert f"'defector\\-stats {name}'" in made
        wanted = set(options._option_string_actions) - {"-h", "--help"}
        assert [option for option in wanted if option.replace("-", "\\-") not in made] == []
    groff = shutil.which("groff")
    if groff:
        path = tmp_path / "defector-stats.1"
        path.write_text(made, encoding="utf-8")
        shown = subprocess.run([groff, "-man", "-Tutf8", "-ww", str(path)], capture_output=True, check=True)
        assert shown.stderr == b""
        assert "list estimates where no count exists\n" in shown.stdout.decode()
