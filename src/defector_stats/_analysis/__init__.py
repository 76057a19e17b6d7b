"""Comparisons, rankings, series and tables of figures."""
