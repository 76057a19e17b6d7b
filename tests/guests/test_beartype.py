"""beartype: calls checked by the hints of the library."""

import pytest

import defector_stats as ds

beartype = pytest.importorskip("beartype")


@pytest.mark.parametrize("name", [name for name in ds.__all__ if name.islower()])
def test_functions_can_be_checked(name):
    assert callable(beartype.beartype(getattr(ds, name)))


def test_checked_call():
    checked = beartype.beartype(ds.arrivals)

    assert (checked(2020), checked("2020-Q2", as_of=2021)) == (229, 12)
    with pytest.raises(beartype.roar.BeartypeCallHintParamViolation):
        checked(2020.5)


def test_own_function_with_our_types():
    @beartype.beartype
    def share(figure: ds.Observation) -> ds.Fraction | None:
        return figure.female_share

    assert share(ds.arrivals(2020)) == ds.Fraction(157, 229)
    with pytest.raises(beartype.roar.BeartypeCallHintParamViolation):
        share(229)
