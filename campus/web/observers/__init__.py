"""The observers area."""
