"""FastAPI: figures as a web service."""

from typing import Any

import pytest

import defector_stats as ds

fastapi = pytest.importorskip("fastapi")
testclient = pytest.importorskip("fastapi.testclient")


@pytest.fixture(scope="module")
def client():
    app = fastapi.FastAPI()

    @app.get("/arrivals/{period}")
    def arrivals(period: str) -> dict[str, Any]:
        return ds.arrivals(period).record()

    @app.get("/series")
    def series(start: int) -> list[dict[str, Any]]:
        return ds.series(start=start).records()

    @app.get("/number/{period}")
    def number(period: str) -> int:
        return ds.arrivals(period)

    return testclient.TestClient(app)


def test_record_as_response(client):
    found = client.get("/arrivals/2020").json()

    assert (found["value"], found["female"], found["released"]) == (229, 157, "2021-01-20")


def test_records_as_response(client):
    assert [row["value"] for row in client.get("/series?start=2024").json()] == [236, 223]


def test_observation_as_response_is_its_number(client):
    assert client.get("/number/2020").json() == 229


def test_openapi_describes_the_endpoints(client):
    paths = client.get("/openapi.json").json()["paths"]

    assert set(paths) == {"/arrivals/{period}", "/series", "/number/{period}"}
    answer = paths["/arrivals/{period}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["type"] == "object"
