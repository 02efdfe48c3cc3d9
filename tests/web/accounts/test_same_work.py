"""Nothing in the work done for an answer tells whether an address is known: counted, because clocks are not steady."""

import re

import pytest
from argon2 import PasswordHasher

# A token tells the second at which it was made.
TOKEN = re.compile(r'<input[^>]*name="csrf_token"[^>]*>')
PERSON = {"name": "Une Personne", "password": "violon nuage tortue cascade"}
DOORS = [
    pytest.param("/compte/connexion", {"password": "un mot de passe faux"}, 1, id="sign-in"),
    pytest.param("/compte/creer/stagiaire", PERSON, 1, id="sign-up"),
    pytest.param("/compte/mot-de-passe", {}, 0, id="reset"),
]


@pytest.fixture
def hashings(monkeypatch):
    """List the costly work on passwords as it is done; the library does it as always."""
    done = []
    for name in ("hash", "verify"):
        monkeypatch.setattr(PasswordHasher, name, _noting(done, getattr(PasswordHasher, name)))
    return done


def _noting(done, really):
    def noted(*given, **more):
        done.append(really.__name__)
        return really(*given, **more)

    return noted


@pytest.mark.parametrize(("door", "typed", "costly"), DOORS)
@pytest.mark.parametrize("email", ["connue@exemple.fr", "inconnue@exemple.fr"])
def test_each_address_costs_as_many_hashings(client, make, hashings, door, typed, costly, email):
    make.trainee(email="connue@exemple.fr", password="un autre mot de passe")
    token = client.new_csrf_token()
    hashings.clear()
    client.post(door, data={"csrf_token": token, "email": email, **typed})
    assert len(hashings) == costly


@pytest.mark.parametrize(("door", "typed", "_costly"), DOORS)
def test_a_known_address_gets_the_answer_of_an_unknown_one_for_about_as_many_queries(
    client, make, count_queries, door, typed, _costly
):
    make.trainee(email="connue@exemple.fr", password="un autre mot de passe")
    token, answers, counts = client.new_csrf_token(), [], []
    for email in ("connue@exemple.fr", "inconnue@exemple.fr"):
        with count_queries() as queries:
            answer = client.post(door, data={"csrf_token": token, "email": email, **typed})
        answers.append((answer.status_code, TOKEN.sub("", answer.text.replace(email, ""))))
        counts.append(len(queries))
    assert answers[0] == answers[1]
    assert abs(counts[0] - counts[1]) <= 1
