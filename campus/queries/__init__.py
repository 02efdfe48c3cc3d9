"""Read only: one function per question a page asks."""
