"""An SMTP server of our own that notes what it takes, and fails one mail in so many."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes


class PostOffice(socketserver.ThreadingTCPServer):
    """What came in, by Message-ID; `fails_every` 10 refuses the tenth mail, cuts the line at the twentieth."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, fails_every: int) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.fails_every, self.asked, self.failed = fails_every, 0, 0
        self.taken: Counter[str] = Counter()
        self.lock = threading.Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a line that a killed worker left open."""

    @property
    def url(self) -> str:
        """Give the address for CAMPUS_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, raw: bytes) -> str:
        """Take a mail, or fail: "" for taken, else the answer; "cut" closes the line without one."""
        with self.lock:
            self.asked += 1
            if self.asked % self.fails_every == 0:
                self.failed += 1
                return "451 4.3.0 try again later" if self.asked % (2 * self.fails_every) else "cut"
            self.taken[message_from_bytes(raw)["Message-ID"]] += 1
        return ""


class _Line(socketserver.StreamRequestHandler):
    """One conversation (RFC 5321, as much of it as smtplib speaks)."""

    server: PostOffice

    def handle(self) -> None:
        self._say("220 post office")
        while command := self.rfile.readline().strip().upper():
            if command == b"DATA":
                self._say("354 go on")
                raw = self._read()
                if raw is None or (answer := self.server.take(raw)) == "cut":
                    return
                self._say(answer or "250 taken")
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _read(self) -> bytes | None:
        """Read a mail to its end; None when the sender was cut off before."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def post_office(*, fails_every: int) -> Iterator[PostOffice]:
    """Open the post office for as long as the block runs."""
    with PostOffice(fails_every) as office:
        thread = threading.Thread(target=office.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
