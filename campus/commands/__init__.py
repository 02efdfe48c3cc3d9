"""The commands of the service, one noun a file."""
