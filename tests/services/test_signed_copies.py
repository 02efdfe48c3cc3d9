"""Signed letters: taken in by what they hold, opened by the firm and the campus alone, read over once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campus import db
from campus.models import Mail
from campus.queries.commitments import ladder_of
from campus.queries.signed_copies import copies_to_check, copy_of
from campus.services import signed_copies as services
from campus.services.commitments import CommitmentStep, NotYourFirm, declare, sign_letter, take_back
from campus.services.signed_copies import (
    LARGEST,
    CopyIsRead,
    FileIsTooLarge,
    NoLetterToSign,
    NoPaperInFile,
    RefusalNeedsReason,
    accept_copy,
    send_back,
    take_in,
)

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0....\xff\xd9"


@pytest.fixture
def firm(make):
    return make.employer()


@pytest.fixture
def need(make, firm):
    made = make.need(make.organisation_of(firm), firm, posts=3)
    declare(firm, made)
    sign_letter(firm, made, number="CAMP-2027-000001", signatory="Ana Ruiz")
    return made


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")],
    ids=["pdf", "png", "jpeg"],
)
def test_a_paper_is_known_by_what_it_holds(need, firm, content, kind):
    copy = take_in(firm, need, content)
    assert (copy.media_type, copy.size) == (kind, len(content))
    assert copy_of(firm, copy.id).content == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b"MZ\x90 %PDF-1.7 %%EOF",
        PDF[:-7],
        PDF.replace(b"/Type", b"/S /Launch /Type"),
        PDF.replace(b"/Type", b"/S /JavaScript /Type"),
    ],
    ids=["empty", "page", "program", "cut", "launches", "runs"],
)
def test_what_is_no_whole_paper_is_refused(need, firm, content):
    with pytest.raises(NoPaperInFile):
        take_in(firm, need, content)


def test_a_file_of_more_than_four_megabytes_is_refused(need, firm):
    with pytest.raises(FileIsTooLarge):
        take_in(firm, need, PDF + b" " * LARGEST)


def test_the_same_file_sent_twice_is_kept_once(need, firm):
    assert take_in(firm, need, PDF) is take_in(firm, need, PDF)
    assert len(ladder_of(need).copies) == 1


def test_without_a_letter_that_stands_there_is_nothing_to_sign(need, firm):
    take_back(firm, need, ladder_of(need).standing[CommitmentStep.LETTER], reason="Projet reporté.")
    with pytest.raises(NoLetterToSign):
        take_in(firm, need, PDF)


def test_nobody_of_another_firm_hands_in_or_opens_a_letter(make, need, firm):
    other = make.employer()
    make.organisation_of(other)
    with pytest.raises(NotYourFirm):
        take_in(other, need, PDF)
    copy = take_in(firm, need, PDF)
    assert copy_of(other, copy.id) is None
    assert copy_of(make.staff(), copy.id) is copy


def test_a_copy_is_read_over_once_by_a_named_person(make, need, firm):
    staff, copy = make.staff(), take_in(firm, need, PDF)
    assert list(copies_to_check()) == [copy]
    accept_copy(staff, copy)
    assert (copy.checked_by, copy.refusal, list(copies_to_check())) == (staff, "", [])
    with pytest.raises(CopyIsRead):
        send_back(staff, copy, "Illisible.")


def test_a_copy_sent_back_tells_its_firm_why_and_leaves_the_commitment(make, need, firm):
    copy = take_in(firm, need, PDF)
    with pytest.raises(RefusalNeedsReason):
        send_back(make.staff(), copy, " ")
    send_back(make.staff(), copy, "La page de la signature manque.")
    db.session.flush()
    (mail,) = db.session.scalars(select(Mail).where(Mail.kind == "signed_copy_refused"))
    assert mail.recipient == firm.email
    assert "La page de la signature manque." in mail.text
    assert ladder_of(need).reached["letter"] == 3
    assert services.take_in(firm, need, PNG) is ladder_of(need).copies[0]
