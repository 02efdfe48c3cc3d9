"""The demo campus: invented firms and people, real trades, courses that could exist."""
