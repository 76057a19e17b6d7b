"""pydantic: calls and models with our types."""

import pytest

import defector_stats as ds

pydantic = pytest.importorskip("pydantic")

CONFIG = {"arbitrary_types_allowed": True}


def test_validated_call():
    checked = pydantic.validate_call(config=CONFIG)(ds.arrivals)

    assert (checked(2020), checked("2020-Q2"), checked(2025, as_of="2026-01-25")) == (229, 12, 224)
    with pytest.raises(pydantic.ValidationError):
        checked(2020.5)


def test_validated_answer():
    checked = pydantic.validate_call(config=CONFIG, validate_return=True)(ds.series)

    assert len(checked(start=2020)) == 6


class Report(pydantic.BaseModel):
    model_config = CONFIG

    headline: str
    figure: ds.Observation


def test_model_keeps_observation():
    report = Report(headline="Arrivals", figure=ds.arrivals(2020))

    assert report.figure.sources == ds.arrivals(2020).sources
    assert report.model_dump() == {"headline": "Arrivals", "figure": 229}
    assert report.model_dump_json() == '{"headline":"Arrivals","figure":229}'


def test_model_refuses_bare_number():
    with pytest.raises(pydantic.ValidationError):
        Report(headline="Arrivals", figure=229)
