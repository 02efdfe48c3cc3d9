"""Read one version of the directory, complete or not at all."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from campus.exchange.rome.archive import RomeArchive, open_archive
from campus.exchange.rome.completeness import refuse_cut_files
from campus.exchange.rome.links import read_contexts, read_links, read_mobilities
from campus.exchange.rome.occupations import (
    build_occupations,
    read_codes,
    read_job_titles,
)
from campus.exchange.rome.skills import read_knowledge, read_skills
from campus.exchange.rome.values import RomeRelease

Progress = Callable[[int, int, str], None]

STEPS = ("métiers", "compétences", "liens", "contrôles")


def read_rome(path: Path | str, progress: Progress | None = None) -> RomeRelease:
    """Read the publisher's CSV set from a zip archive or a folder.

    `progress(done, total, what)` is called before each of the steps and at the end. Raise
    FileRefused, with file, line and column, for anything missing, cut off, mixed or wrong.
    Format: France Travail, RefRomeCsv (Licence Ouverte 2.0).
    """
    archive = open_archive(Path(path))
    release = _read(archive, _steps(progress))
    if progress:
        progress(len(STEPS), len(STEPS), "")
    return release


def _steps(progress: Progress | None) -> Callable[[int], None]:
    def begin(step: int) -> None:
        if progress:
            progress(step, len(STEPS), STEPS[step])

    return begin


def _read(archive: RomeArchive, begin: Callable[[int], None]) -> RomeRelease:
    begin(0)
    codes = read_codes(archive)
    job_titles = read_job_titles(archive, codes)
    occupations = build_occupations(archive, codes, job_titles)
    begin(1)
    macro_skills, skills = read_skills(archive)
    knowledge = read_knowledge(archive)
    contexts = read_contexts(archive)
    begin(2)
    occupation_skills, occupation_contexts = read_links(
        archive,
        occupation_codes=codes,
        skill_codes={item.code for item in chain(macro_skills, skills, knowledge)},
        context_codes={context.code for context in contexts},
    )
    release = RomeRelease(
        version=archive.version,
        occupations=occupations,
        job_titles=job_titles,
        skills=skills,
        macro_skills=macro_skills,
        knowledge=knowledge,
        occupation_skills=occupation_skills,
        mobilities=read_mobilities(archive, codes),
        contexts=contexts,
        occupation_contexts=occupation_contexts,
    )
    begin(3)
    refuse_cut_files(archive, release)
    return release
