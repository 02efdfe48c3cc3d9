"""The trainees area."""
