"""What the staff type for the yearly report: every amount of it, frame by frame."""

from campus.reports.bilan import LINES


def test_the_form_of_amounts_asks_each_line_once_in_its_frame(as_staff):
    page = as_staff.page("/campus/dossiers/montants/2027").text
    body = as_staff.get("/campus/dossiers/montants/2027").get_data(as_text=True)
    assert [body.count(f'name="{line}"') for line in LINES] == [1] * len(LINES)
    assert page.index("Cadre C, produits") < page.index("Cadre D, charges") < page.index("Cadre G, confié")
