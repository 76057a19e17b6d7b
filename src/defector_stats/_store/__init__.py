"""From files to figures."""
