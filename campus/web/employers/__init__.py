"""The employers area."""
