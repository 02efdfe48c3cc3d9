"""Judge needs against courses: values in, values out; no Flask, no SQLAlchemy, no clock."""
