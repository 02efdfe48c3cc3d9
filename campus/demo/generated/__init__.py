"""The rows of a generated campus, noun by noun."""
