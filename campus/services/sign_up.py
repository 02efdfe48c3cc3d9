"""Signing up: nothing exists before the address is confirmed, and a known address gets the same answer.

What was typed waits in the link that the mail carries; the password waits as its hash.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from campus import clock, db
from campus.models import Account, LinkPurpose, OneTimeLink, Role
from campus.queries.accounts import account_by_email
from campus.services import attempts, audit, links, mails
from campus.services.joining import Site, join_site
from campus.services.passwords import hash_new_password

ACTION = "sign_up"


@dataclass(frozen=True)
class NewPerson:
    """What a person types to have an account."""

    email: str
    name: str
    password: str
    locale: str = "fr"


def sign_up_trainee(person: NewPerson, *, address: str) -> None:
    """Send a link that makes a trainee's account, or say by mail that there is one."""
    _begin(person, Role.TRAINEE, site=None, address=address)


def sign_up_employer(person: NewPerson, site: Site, *, address: str) -> None:
    """Send a link that makes an employer's account and asks for a place in their organisation."""
    _begin(person, Role.EMPLOYER, site=site, address=address)


def _begin(person: NewPerson, role: Role, *, site: Site | None, address: str) -> None:
    attempts.count(ACTION, *attempts.keys_of(person.email, address))
    email = person.email.strip().lower()
    known = account_by_email(email)
    hashed = hash_new_password(person.password, (person.email, person.name, site.name if site else ""))
    # A known address costs the same work, so that the time of the answer does not tell it.
    token = links.issue(
        LinkPurpose.CONFIRM_ADDRESS,
        account=known,
        email=email,
        role=role.value,
        name=person.name,
        password_hash=hashed,
        locale=person.locale,
        site=asdict(site) if site else None,
    )
    if known is None:
        mails.tell_address(email, "sign_up_confirm", person.locale, name=person.name, token=token)
    else:
        links.withdraw(LinkPurpose.CONFIRM_ADDRESS, known)
        mails.tell(known, "sign_up_known")
    db.session.flush()


def confirm_sign_up(link: OneTimeLink) -> Account:
    """Make the account that the link carries, and ask for the place in the organisation."""
    email = link.email
    details = links.spend(link)
    if account_by_email(email) is not None:
        raise links.LinkIsSpent
    account = Account(
        email=email,
        display_name=details["name"],
        role=Role(details["role"]),
        password_hash=details["password_hash"],
        locale=details["locale"],
        confirmed_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    audit.record(account, "account_created", account, role=account.role)
    if details["site"]:
        join_site(account, Site(**details["site"]))
    return account
