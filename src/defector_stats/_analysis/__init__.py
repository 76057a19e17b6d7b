"""What the figures say beside each other."""
