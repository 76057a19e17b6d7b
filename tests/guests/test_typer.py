"""typer: a command line around a question."""

import pytest

import defector_stats as ds

typer = pytest.importorskip("typer")
testing = pytest.importorskip("typer.testing")


def test_command_around_a_question():
    app = typer.Typer()

    @app.command()
    def women(period: str) -> None:
        print(f"{ds.arrivals(period).female_share:.1%}")  # noqa: T201

    assert testing.CliRunner().invoke(app, ["2020"]).output == "68.6%\n"
