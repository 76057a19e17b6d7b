"""Questions, claims and words, with their figures filled in."""
