"""Importing referentials: one version at a time, whole or not at all, twice the same as once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from campus import clock, db
from campus.changes import note_everything
from campus.exchange.communes import Commune as ReadCommune
from campus.exchange.rome import RomeRelease
from campus.exchange.rome.comparing import Changes, Snapshot, compare
from campus.models import Commune, ReferentialVersion, SkillSource
from campus.queries import referential_contents as contents
from campus.queries.communes import plain_name
from campus.services import audit, bulk, referential_rows, revisions
from campus.starter import starter_communes, starter_referential

Progress = Callable[[int, int, str], None]

STEPS = ("métiers", "appellations", "compétences", "liens", "mobilités")


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: the version now in force, and whether anything had to change."""

    version: ReferentialVersion
    changed: bool


@dataclass(frozen=True, slots=True)
class CommunesImport:
    """How many communes an import added and changed, and how many merged ones it left out."""

    added: int
    changed: int
    left_out: int


def import_referential(
    release: RomeRelease, source: SkillSource = SkillSource.ROME, *, progress: Progress | None = None
) -> Import:
    """Bring the referential to this version and write down what that changed.

    Needs and courses keep their sheets and skills: those that the version no longer has are retired, not deleted.
    """
    digest = hashlib.sha256(repr(release).encode()).hexdigest()
    current = contents.in_force(source)
    if current and (current.version, current.digest) == (release.version, digest):
        return Import(current, changed=False)
    changes = compare(contents.snapshot_of(source), snapshot(release)) if current else Changes()
    version = record_version(release, source, digest)
    version.report = {"previous": current.version if current else "", **asdict(changes)}
    write(release, source, version.id, progress=progress)
    revisions.bump("referential")
    note_everything(db.session())
    audit.record(None, "referential.imported", version, source=source.value, version=version.version)
    db.session.flush()
    return Import(version, changed=True)


def snapshot(release: RomeRelease) -> Snapshot:
    """Take down the parts of a version that needs and courses lean on."""
    return Snapshot(
        {occupation.code: occupation.label for occupation in release.occupations},
        {title.ogr: title.occupation_code for title in release.job_titles},
        {skill.code: skill.label for skill in release.every_skill()},
    )


def record_version(release: RomeRelease, source: SkillSource, digest: str) -> ReferentialVersion:
    """Write down which version is now in force, with its counts."""
    version = contents.version_of(source, release.version)
    if version is None:
        version = ReferentialVersion(source=source.value, version=release.version)
        db.session.add(version)
    version.digest = digest
    version.imported_at = clock.now()
    version.counts = {
        "occupations": len(release.occupations),
        "job_titles": len(release.job_titles),
        "skills": len(release.skills),
        "macro_skills": len(release.macro_skills),
        "knowledge": len(release.knowledge),
        "occupation_skills": len(release.occupation_skills),
        "mobilities": len(release.mobilities),
    }
    db.session.flush()
    return version


def write(release: RomeRelease, source: SkillSource, version_id: int, *, progress: Progress | None) -> None:
    """Write the rows, step by step; the publisher's list overwrites, the campus's starter only adds."""
    publisher = source is not SkillSource.CAMPUS

    def begin(step: int) -> None:
        if progress:
            progress(step, len(STEPS), STEPS[step] if step < len(STEPS) else "")

    begin(0)
    occupations = referential_rows.write_occupations(release, version_id, publisher=publisher)
    begin(1)
    referential_rows.write_job_titles(release, occupations, publisher=publisher)
    begin(2)
    skills = referential_rows.write_skills(release, source, version_id, publisher=publisher)
    begin(3)
    referential_rows.write_occupation_skills(release, occupations, skills, source=source, publisher=publisher)
    begin(4)
    referential_rows.write_mobilities(release, occupations, publisher=publisher)
    begin(5)
    db.session.expire_all()


def load_starter() -> Import:
    """Load the campus's starter referential and the communes around Chartres."""
    import_communes(starter_communes())
    return import_referential(starter_referential(), SkillSource.CAMPUS)


def import_communes(communes: Iterable[ReadCommune]) -> CommunesImport:
    """Add or correct communes; those merged into another since are left out, those not named stay as they are."""
    listed = list(communes)
    wanted = {commune.insee: commune_values(commune) for commune in listed if commune.current}
    rows = contents.commune_rows()
    found = bulk.difference(rows, wanted)
    table = referential_rows.table_of(Commune)
    bulk.add(table, [{"code": code, **wanted[code]} for code in found.missing])
    bulk.change(table, [{"code": code, **wanted[code]} for code in found.changed], keys=["code"])
    note_everything(db.session())
    db.session.expire_all()
    return CommunesImport(len(found.missing), len(found.changed), len(listed) - len(wanted))


def commune_values(commune: ReadCommune) -> dict[str, object]:
    """Give the columns of a commune."""
    return {
        "name": commune.name,
        "search_name": plain_name(commune.name),
        "postcodes": " ".join(commune.postcodes),
        "latitude": commune.latitude,
        "longitude": commune.longitude,
        "department": commune.department,
        "area_code": commune.area_code,
        "area_name": commune.area_name,
    }
