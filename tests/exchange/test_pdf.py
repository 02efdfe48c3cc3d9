"""Documents as PDF: accessible, dated, and printing every value as it was typed."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campus.config import ROOT
from campus.exchange import pdf
from campus.exchange.pdf.glyphs import code_point, has_glyph, printable, ranges
from tests.exchange.papers import AT, SAMPLES, printed, printed_large, stamp, text_of

BILINGUAL = {"call_up": "Joining instructions", "certificate": "Certificate of completion"}
NASTY = [
    '#read("/etc/passwd")',
    '#import "@preview/tablex:0.0.8": *',
    '#include "../../pyproject.toml"',
    "$x$ $sum_(i=0)^n$",
    "<b>gras</b> &amp; <script>alert(1)</script>",
    "*a* _b_ `c` = d / e: f",
    "\\ \\u{1F600} \\#",
    "%(name)s {{ 7*7 }} {% raw %}",
    "// rien /* rien */",
    "@ref <label> ~ -- ... 'x' \"y\"",
    '")); #panic("x',
]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_is_tagged_titled_in_its_language_and_carries_its_stamp(name):
    read = printed(SAMPLES[name])
    catalogue, said = read.trailer["/Root"], text_of(read)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]
    assert catalogue["/Lang"] == "fr"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in read.xmp_metadata.stream.get_data().decode()
    assert not [each for each in ("CAMP-2026-000123", "K7MQ-2XWD-9RFT", "version 2", "page 1 sur") if each not in said]
    assert stamp().address in [each.get_object()["/A"]["/URI"] for each in read.pages[0]["/Annots"]]


@pytest.mark.parametrize(("name", "title"), BILINGUAL.items())
def test_what_a_person_carries_abroad_is_in_english_too(name, title):
    read = printed(SAMPLES[name], "en")
    assert (read.metadata.title, read.trailer["/Root"]["/Lang"]) == (title, "en")


def test_the_same_values_give_the_same_bytes():
    paper = SAMPLES["certificate"]
    assert pdf.render(paper, stamp(), at=AT) == pdf.render(paper, stamp(), at=AT)


def test_large_print_takes_more_room_for_the_same_text():
    paper = SAMPLES["programme"]
    small, large = printed(paper), printed_large(paper)
    assert len(large.pages) > len(small.pages)
    assert "Régler une étuveuse" in text_of(large)


def test_what_looks_like_typst_or_html_prints_literally_in_every_field():
    people = tuple(NASTY)
    said = text_of(printed(replace(SAMPLES["convention"], people=people, price=pdf.Price(NASTY[0], NASTY[3]))))
    assert not [each for each in NASTY if each not in said]
    assert said.count(NASTY[0]) == 2


def fonts_of(read):
    """Say in which font each piece of the first page is written."""
    found = {}

    def visit(said, _matrix, _line, font, _size):
        found[said.strip()] = str((font or {}).get("/BaseFont"))

    read.pages[0].extract_text(visitor_text=visit)
    return found


def test_what_is_strong_or_stressed_in_markdown_is_so_on_paper():
    text = "Tenir la **ligne** en *autonomie*.\n- **régler** les formats\n## Semaine 1"
    teaching = replace(SAMPLES["programme"].teaching, objectives=pdf.prose_of(text))
    read = printed(replace(SAMPLES["programme"], teaching=teaching))
    assert "*" not in text_of(read)
    assert "Tenir la ligne en autonomie." in text_of(read)
    styles = fonts_of(read)
    assert "Bold" in styles["ligne"]
    assert "Bold" in styles["régler"]
    assert "Italic" in styles["autonomie"]


@pytest.mark.parametrize("typed", [each for each in NASTY if not each.startswith("*")])
def test_markdown_changes_nothing_else_of_what_is_typed(typed):
    assert pdf.prose_of(typed) == pdf.lines_of(typed) == (pdf.Line(typed),)


@given(st.text("aé $<>&\\`@~=-+/[](){}\"'%;:,.!0\n", max_size=60))
def test_prose_without_stars_is_text(typed):
    assert pdf.prose_of(typed) == pdf.lines_of(typed)


@settings(max_examples=12, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
@example("Zoé 😀 中文 \u202eabc \x00\x07")
@example("\u05d0\u0654 \u0627\u0301")
@example("שלום مرحبا мир")
@example("m" * 400)
def test_no_text_stops_a_document(typed):
    paper = SAMPLES["letter_of_intent"]
    read = printed(replace(paper, title=typed, skills=(pdf.SkillAsked(typed, 2, True),)))
    assert paper.reference in text_of(read)


@settings(max_examples=12, deadline=None)
@given(st.text("aé#$*_<>&\\`@~=-+/[](){}\"'%;:,.! 0", min_size=1, max_size=40).map(str.strip).filter(bool))
def test_any_mix_of_signs_prints_as_typed(typed):
    said = text_of(printed(replace(SAMPLES["certificate"], person=f"[{typed}]")))
    assert "".join(f"[{typed}]".split()) in said.replace(" ", "")


def test_a_character_without_a_glyph_prints_as_its_code_point():
    assert "Zoé [U+1F600]" in text_of(printed(replace(SAMPLES["certificate"], person="Zoé 😀")))


def test_a_word_that_no_line_holds_is_cut_and_nothing_of_it_is_lost():
    read = printed(replace(SAMPLES["certificate"], person="abcdefghij" * 30))
    assert "abcdefghij" * 30 in text_of(read).replace(" ", "")


@pytest.mark.long
def test_every_character_said_to_have_a_glyph_prints():
    firsts, lasts = ranges()
    codes = [chr(code) for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1)]
    every = " x ".join(codes)
    assert printable(every) == every
    assert "[U+" not in text_of(printed(replace(SAMPLES["certificate"], person=every)))


def test_a_lone_surrogate_and_a_control_character_have_no_glyph():
    assert not has_glyph("\ud800")
    assert code_point("\x07") == ""


def test_templates_read_no_file_but_the_layout():
    for path in (ROOT / "templates/documents").glob("*.typ"):
        source = path.read_text(encoding="utf-8")
        assert not [each for each in ("read(", "include ", "@preview", "eval(", "plugin(") if each in source], path.name
        assert source.count("#import") == (path.name != "layout.typ")


def test_each_template_belongs_to_a_document():
    assert {Path(each).stem for each in (ROOT / "templates/documents").iterdir()} == {*SAMPLES, "dossier", "layout"}


def test_a_warm_document_takes_less_than_150_ms_of_the_processor():
    pdf.render(SAMPLES["attestation"], stamp(), at=AT)
    before = time.process_time()  # what else the machine does is not the document's doing
    for number in range(10):
        pdf.render(replace(SAMPLES["attestation"], person=f"Personne {number}"), stamp(), at=AT)
    assert (time.process_time() - before) / 10 < 0.15
