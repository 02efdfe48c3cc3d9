"""The entry point of production servers: `gunicorn wsgi:app`."""

import os
import sys
import threading

os.environ.setdefault("CAMPUS_ENV", "production")

from campus import create_app
from campus.config import BadSettings
from campus.queries import demand_facts, live_index, uncovered, understanding

try:
    app = create_app()
except BadSettings as refusal:
    sys.exit(f"Campus ne démarre pas. {refusal.message}")

threading.Thread(target=understanding.warm_up, kwargs={"serving": True}, name="warm-up", daemon=True).start()
threading.Thread(target=live_index.warm_up, name="live-index", daemon=True).start()
threading.Thread(target=demand_facts.warm_up, name="demand", daemon=True).start()
threading.Thread(target=uncovered.warm_up, name="uncovered", daemon=True).start()
