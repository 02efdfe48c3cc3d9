"""The entry point of production servers: `gunicorn wsgi:app`."""

import os
import sys
import threading

os.environ.setdefault("CAMPUS_ENV", "production")

from campus import create_app
from campus.config import BadSettings
from campus.queries.understanding import warm_up

try:
    app = create_app()
except BadSettings as refusal:
    sys.exit(f"Campus ne démarre pas. {refusal.message}")

threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
