"""Periods, observations and the records beside them; nothing here reads or writes a file."""
