"""Text as wide as the terminal, in the signs that it has."""

import io
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import FileError, arrivals, estimates, series
from defector_stats._output import terminal
from defector_stats._output.terminal import wrap
from defector_stats._output.text import draw_bars
from defector_stats.cli import main

QUESTIONS = [
    "", "--help", "2020 --all-sources", "total", "compare 2019 2020", "verify 947 1998", "revisions 2009", "estimates",
    "about 2009", "breakdown occupation", "breakdown residence", "destinations 2016", "series",
    "series --frequency quarter", "chart",
    "faq", "faq why-leave", "claims", "glossary", "cite 2020", "measures", "areas", "sources", "freshness",
]  # fmt: skip


def width_of(text):
    """The columns that a text takes; the letters of Korean, Chinese and Japanese take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1 for sign in text)


def test_wrap_keeps_columns_of_table():
    assert wrap("2,927  2012-01  Ministry of Unification", 36) == [
        "2,927  2012-01  Ministry of",
        " " * 16 + "Unification",
    ]
    assert wrap("2,927  2012-01  Ministry of Unification", 39) == ["2,927  2012-01  Ministry of Unification"]
    assert wrap("2,927  2012-01  Ministry", 24) == ["2,927  2012-01  Ministry"]


def test_wrap_moves_last_column_without_room():
    """With less than sixteen columns beside the others, the last column gets lines of its own."""
    line = "2,927  2012-01  Ministry of Unification"

    assert wrap(line, 32) == ["2,927  2012-01  Ministry of", " " * 16 + "Unification"]
    assert wrap(line, 31) == ["2,927  2012-01", "    Ministry of Unification"]
    assert wrap(line, 20) == ["2,927  2012-01", "    Ministry of", "    Unification"]
    assert wrap(line, 1) == ["2,927  2012-01", "    Ministry", "    of", "    Unification"]


def test_wrap_hangs_lists_and_indents():
    assert wrap("- one two three", 10) == ["- one two", "  three"]
    assert wrap("12. one two three", 11) == ["12. one two", "    three"]
    assert wrap("  one two three", 10) == ["  one two", "  three"]
    assert wrap("one two three", 10) == ["one two", "three"]
    assert wrap("", 10) == [""]


def test_wrap_counts_wide_letters_twice():
    assert wrap("한국 입국 북향민", 16) == ["한국 입국 북향민"]
    assert wrap("한국 입국 북향민", 15) == ["한국 입국", "북향민"]
    assert wrap("\uff21\uff22 \uff23", 7) == ["\uff21\uff22 \uff23"]  # full-width letters
    assert wrap("\uff21\uff22 \uff23", 6) == ["\uff21\uff22", "\uff23"]


def test_wrap_cuts_no_address():
    address = f"https://example.org/{'x' * 90}-{'y' * 90}"

    assert wrap(f"- A title {address} (2020)", 40) == ["- A title", f"  {address}", "  (2020)"]


@given(
    st.lists(st.text("ab-한é.", min_size=1, max_size=12), min_size=1),
    st.sampled_from(["", "- ", "  "]),
    st.integers(20, 60),
)
def test_wrap_loses_no_word(words, head, width):
    lines = wrap(head + " ".join(words), width)

    assert " ".join(lines).split() == [*head.split(), *words]
    assert all(width_of(line) <= width or len(line.split()) == 1 + (line[:2] == "- ") for line in lines)


def test_bars_fit_width_and_name_marks():
    lines = draw_bars(series(start=2019), 40)

    assert lines[0] == f"2019  1,047  {'█' * 27}"
    assert [line[:12].rstrip() for line in lines[1:7]] == [
        "2020    229", "2021     63", "2022     67", "2023    196", "2024    236", "2025    223*",
    ]  # fmt: skip
    assert lines[7:] == ["* provisional"]
    assert max(map(len, lines)) == 40
    assert draw_bars(series(start=2019), 1)[0] == "2019  1,047  █"
    assert draw_bars(series(start=1992, end=1994), 30)[:2] == ["1992   8? ███", "1993   8? ███"]


def test_bars_of_nothing():
    assert draw_bars(series(start=2030), 80) == ["2030  after-coverage"]
    zero = series("us-refugee-admissions", start=2024, end=2024)
    assert [int(figure) for figure in zero] == [0]
    assert draw_bars(zero, 80) == ["2024  0"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize("width", [80, 100, 120])
def test_terminal_no_word_cut(width):
    """In a real terminal, nothing but an address goes past the margin."""
    import fcntl
    import pty
    import struct
    import termios

    mother, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    asked = "; ".join(f"ask({question.split()!r})" for question in QUESTIONS)
    code = (
        "from defector_stats.cli import main\ndef ask(words):\n    try:\n        assert main(words) == 0\n"
        f"    except SystemExit as stop:\n        assert not stop.code\n{asked}"
    )
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-c", code]
    shown = b""
    with subprocess.Popen(command, stdout=child, env={**environment, "PYTHONIOENCODING": "utf-8"}) as process:
        os.close(child)
        while True:
            try:
                part = os.read(mother, 65536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not part:
                break
            shown += part
    os.close(mother)
    lines = shown.decode().replace("\r", "").split("\n")

    assert process.returncode == 0
    assert len(lines) > 2000
    too_wide = [line for line in lines if width_of(line) > width]
    assert [line for line in too_wide if not ("http" in line and len(line.split()) == 1)] == []
    # Where there is room, it is used.
    assert max(width_of(line) for line in lines if line not in too_wide) > width - 4


def test_width_without_terminal(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    command = [sys.executable, "-c", "from defector_stats._output.terminal import columns; print(columns())"]

    def told(**environment):
        return subprocess.run(
            command, capture_output=True, check=True, text=True, env={**os.environ, **environment}
        ).stdout.strip()

    assert (told(), told(COLUMNS="100"), told(COLUMNS="0"), told(COLUMNS="wide")) == ("80", "100", "80", "80")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp949", "cp932", "cp437", "latin-1"])
def test_signs_stand_in(encoding, monkeypatch):
    shown = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setenv("COLUMNS", "400")
    for question in ("compare 2019 2020", "", "chart --from 2024", "estimates in-china --during 1998", "2020"):
        assert main(question.split()) == 0
    text = shown.buffer.getvalue().decode(encoding)

    assert "\\" not in text
    assert any(f"818 fewer ({minus}78.1%)" in text for minus in "-−")
    assert "2024  236  " in text
    bar = text.partition("2024  236  ")[2].partition("\n")[0]
    assert set(bar) <= {"#", "█"}
    assert len(bar) == 60
    # A title in letters that the console lacks is left out, and the rest of the source stays.
    publisher = "- Newsis, via Barun Economy (2021-01-20) http"
    assert (publisher in text) == (encoding != "cp949")
    assert ("지난해 입국 탈북민 229명" in text) == (encoding == "cp949")
    if encoding == "ascii":
        assert '- Ministry of Unification, "Settlement Support for North Korean Defectors" (2024) http' in text


def replace_output(monkeypatch, encoding):
    """Return the bytes of a new standard output with an encoding."""
    shown = io.TextIOWrapper(io.BytesIO(), encoding, newline="\n")
    monkeypatch.setattr(sys, "stdout", shown)
    return shown.buffer


def test_lines_wrapped_each_with_stand_ins(monkeypatch):
    """The stand-ins count, so that the line is no longer than the console is wide."""
    monkeypatch.setenv("COLUMNS", "8")
    shown = replace_output(monkeypatch, "ascii")
    terminal.print_text(["one two three", "a b", "abc def…", "−5"])

    assert shown.getvalue().decode() == "one two\nthree\na b\nabc\ndef...\n-5\n"


def test_stand_in_of_each_sign(monkeypatch):
    """Those of sentences, of quotations and of charts."""
    monkeypatch.setenv("COLUMNS", "80")
    shown = replace_output(monkeypatch, "ascii")
    terminal.print_text(["818 fewer (−78.1%) in 2019–2020…", "“It’s” ‘so’", "▶ ●──█"])

    assert shown.getvalue() == b"818 fewer (-78.1%) in 2019-2020...\n\"It's\" 'so'\n> o--#\n"


def test_exact_text_has_stand_ins(monkeypatch):
    monkeypatch.setenv("COLUMNS", "8")
    shown = replace_output(monkeypatch, "ascii")
    terminal.print_exact("It fell\tby −5 “북”.")

    assert shown.getvalue() == b'It fell\tby -5 "\\ubd81".\n'


def test_stream_without_encoding_takes_all_signs(monkeypatch):
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    terminal.print_text(["−5 북"])

    assert shown.getvalue() == "−5 북\n"
    assert terminal.require_printable("−5 북") == "−5 북"


def test_text_for_programs_is_never_changed(monkeypatch):
    replace_output(monkeypatch, "ascii")

    assert terminal.require_printable("one") == "one"
    with pytest.raises(FileError) as caught:
        terminal.require_printable("북")
    assert caught.value.args == (
        "standard output",
        "cannot show every character of the answer (its encoding is ascii)",
        "Set PYTHONIOENCODING=utf-8, or ask for JSON.",
    )


WRITERS = [(terminal.print_text, ["one"]), (terminal.print_exact, "one"), (terminal.print_bytes, b"one")]


@pytest.mark.parametrize(("write", "text"), WRITERS)
def test_no_standard_output(write, text, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(FileError) as caught:
        write(text)
    assert caught.value.args == (
        "standard output",
        "is closed",
        "Let it lead to a terminal, a file or another program.",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize(("write", "text"), WRITERS)
def test_full_standard_output(write, text, monkeypatch):
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        with pytest.raises(FileError) as caught:
            write(text)
    # The file could be closed, so the rest was discarded.
    assert caught.value.args == (
        "standard output",
        "cannot be written (No space left on device)",
        "See that there is room where it leads.",
    )


@pytest.mark.parametrize(("write", "text"), WRITERS)
def test_reader_that_stops_is_no_error(write, text, monkeypatch):
    read, end = os.pipe()
    os.close(read)
    with os.fdopen(end, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        write(text)
        monkeypatch.undo()


def test_full_standard_error_is_silent(monkeypatch):
    class Full(io.StringIO):
        def flush(self):
            raise OSError

    monkeypatch.setattr(sys, "stderr", Full())
    terminal.print_error("one")


def test_stand_ins_of_standard_error(monkeypatch):
    shown = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stderr", shown)
    terminal.print_error("It fell\nby −5 “북”.")

    assert shown.buffer.getvalue() == b'It fell by -5 "\\ubd81".\n'


@pytest.mark.parametrize("form", ["csv", "json", "sdmx-csv", "jsonld"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "ascii"])
def test_export_to_standard_output(form, encoding, monkeypatch, tmp_path):
    """A pipe gets the bytes of the file, whatever the console holds."""
    shown = io.TextIOWrapper(io.BytesIO(), encoding)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", shown)
        assert main(["export", form, "-", "--estimates", "departures"]) == 0
    # Without a name of its own, the description names the file of figures after the rows.
    estimates_file = tmp_path / "estimates-departures"
    assert main(["export", form, str(estimates_file), "--estimates", "departures"]) == 0

    assert shown.buffer.getvalue() == estimates_file.read_bytes()
    assert len(estimates("departures")) > 1
    assert not Path("-").exists()


def test_chart_to_file_and_standard_output(monkeypatch, tmp_path, capsys):
    pytest.importorskip("matplotlib")
    path = tmp_path / "arrivals.svg"
    assert main(["chart", "--from", "2015", "-o", str(path)]) == 0
    assert capsys.readouterr().out == f"Wrote {path}.\n"
    assert "Column chart. Arrivals in South Korea by year, 2015 to 2025" in path.read_text(encoding="utf-8")
    assert main(["chart", "--from", "2015", "-o", str(path)]) == 3
    assert capsys.readouterr().err == f"'{path}' exists already. Choose another path, or add --overwrite.\n"
    assert main(["chart", "--from", "2015", "-o", str(path), "--overwrite"]) == 0
    shown = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", shown)
    assert main(["chart", "--from", "2015", "-o", "-"]) == 0
    assert shown.buffer.getvalue() == path.read_bytes()


def test_export_to_stream_of_text(monkeypatch):
    """What replaces standard output in a notebook takes text alone."""
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    assert main(["export", "csv", "-", "--from", "2020", "--to", "2020"]) == 0

    assert f",{int(arrivals(2020))},72,157," in shown.getvalue()
