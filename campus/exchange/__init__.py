"""Files in and out: parse and render, never write to the database."""
