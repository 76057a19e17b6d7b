"""Questions, claims and terms, with their figures filled in."""
