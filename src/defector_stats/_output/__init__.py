"""Output of the library: files, citations, charts, HTML and text."""
