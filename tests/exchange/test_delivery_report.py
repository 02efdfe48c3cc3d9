"""Reports of delivery: who refuses for good, who only for now."""

import pytest

from campus.exchange.delivery_report import Refusal, read_refusals

REPORT = """From: MAILER-DAEMON@mail.exemple.fr
To: campus@exemple.fr
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you...
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.exemple.fr

Final-Recipient: rfc822; Perdue@Exemple.fr
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <perdue@exemple.fr>:
 User unknown
--b--
"""


def test_a_refusal_for_good_is_read_with_its_reason():
    report = REPORT.format(action="failed", status="5.1.1").replace("\n", "\r\n").encode()
    assert read_refusals(report) == [Refusal("perdue@exemple.fr", "5.1.1 550 5.1.1 <perdue@exemple.fr>: User unknown")]


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")])
def test_a_delay_is_no_refusal(action, status):
    assert read_refusals(REPORT.format(action=action, status=status).encode()) == []


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Subject: Re: bonjour\n\nMerci !"])
def test_what_is_no_report_says_nothing(raw):
    assert read_refusals(raw) == []
