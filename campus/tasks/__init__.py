"""What runs later or by the clock: each a call of one service, in a transaction of its own."""
