"""What is spoken of: periods, observations, records; it knows no file."""
