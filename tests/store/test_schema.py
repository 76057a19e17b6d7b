"""What the descriptor says is what the schema knows; each is made anew, because other tests asked before."""

from defector_stats._store.schema import schema, tables


def test_schema_of_columns():
    """A name, whether it is required and a whole number, its words, its pattern, its maximum, and whom it names."""
    assert schema.__wrapped__("release-calendar").columns == (
        ("measure", True, False, (), "", None, "measures"),
        ("period", True, False, ("year", "H1", "fiscal-year"), "", None, ""),
        ("months", True, True, (), "", 120, ""),
        ("sources", True, False, (), "", None, ""),
        ("note", False, False, (), "", None, ""),
    )
    assert schema.__wrapped__("areas").columns[0] == ("code", True, False, (), "^[A-Z]{3}$", None, "")


def test_schema_of_primary_keys():
    assert [schema.__wrapped__(name).primary_key for name in ("areas", "release-calendar", "any-log")] == [
        ("code",),
        ("measure", "period"),
        ("measure", "area", "period", "released"),
    ]


def test_schema_of_joint_keys():
    """A key of several columns names one row of another table, and no column alone does."""
    breakdowns = schema.__wrapped__("breakdowns")

    assert breakdowns.joint_keys == ((("dimension", "category"), "categories"),)
    assert {column.table for column in breakdowns.columns} == {""}
    assert schema.__wrapped__("release-calendar").joint_keys == ()


def test_schema_knows_tables_beside_logs():
    assert {*tables.__wrapped__()} == {
        "measures", "areas", "sources", "excluded-areas", "gaps", "alternatives", "series-breaks", "misprints",
        "release-calendar", "estimates", "indicators", "breakdowns", "categories", "titles", "breakdown-tables", "faq",
        "faq-statements", "placeholders", "claims", "claim-verdicts", "glossary",
    }  # fmt: skip
