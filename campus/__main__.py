"""Let `python -m campus` be the `campus` command."""

from campus.cli import main

main()
