"""What leaves the library: files, references, charts, pages."""
