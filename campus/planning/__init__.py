"""Who gets which seat: pure functions, values in, values out."""
