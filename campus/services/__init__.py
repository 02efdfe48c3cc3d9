"""One verb per function: check, change, record."""
