"""The lives of things: each machine is one table, in the values that the database stores."""

from campus.lifecycles.admission_round import ADMISSION_ROUND
from campus.lifecycles.course_session import COURSE_SESSION
from campus.lifecycles.enrolment import ENROLMENT, SEAT_OFFER
from campus.lifecycles.machine import Impossible, Machine, Transition
from campus.lifecycles.need import NEED
from campus.lifecycles.pool import POOL
from campus.lifecycles.post import POST
from campus.lifecycles.reservation import RESERVATION

MACHINES = (ENROLMENT, SEAT_OFFER, RESERVATION, ADMISSION_ROUND, COURSE_SESSION, NEED, POOL, POST)
