"""The trainers area: made for a phone in a workshop."""
