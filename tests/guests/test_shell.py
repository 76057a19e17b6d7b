"""The shell: the page's lines, with unzip and awk."""

import filecmp
import subprocess
import sys
import zipfile

import pytest

from defector_stats import data_path


@pytest.fixture
def wheel(tmp_path):
    """An archive that has the files of the package where a wheel has them."""
    path = tmp_path / "defector_stats-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("defector_stats/cli.py", "")
        for each in data_path().iterdir():
            file.write(each, f"defector_stats/data/{each.name}")
    return path


def check_same(folder):
    names = [path.name for path in data_path().iterdir()]

    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert filecmp.cmpfiles(data_path(), folder, names, shallow=False)[0] == names


def test_files_unzipped(snippets, program, wheel):
    program("unzip")
    (language, line), *_ = snippets("The shell")
    subprocess.run([program("sh"), "-c", line], cwd=wheel.parent, check=True)

    assert language == "sh"
    check_same(wheel.parent / "data")


def test_files_unzipped_by_module(wheel):
    subprocess.run([sys.executable, "-m", "zipfile", "-e", wheel, wheel.parent], check=True)

    check_same(wheel.parent / "defector_stats" / "data")


def test_year_found(snippets, program, figures):
    program("awk")
    _, (_, line), (_, shown) = snippets("The shell")
    found = subprocess.run([program("sh"), "-c", line], cwd=figures, capture_output=True, encoding="utf-8", check=True)

    assert found.stdout == shown == "229 72 157\n"


def test_first_columns_hold_no_comma(figures):
    lines = (figures / "arrivals-by-year.csv").read_text(encoding="utf-8").splitlines()

    assert not [line for line in lines if '"' in ",".join(line.split(",")[:6])]
