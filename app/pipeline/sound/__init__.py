"""Sound that belongs to pictures."""
