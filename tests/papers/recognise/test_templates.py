"""Mapping files: what comes with the product, and what is refused."""

import pytest

from futurefit.papers.candidates import PaperKind
from futurefit.papers.recognise import BadTemplate, read_template, shipped

HEAD = '[template]\nname = "n"\nkind = "savings schedule"\n'


def test_there_is_a_form_for_every_kind_of_paper() -> None:
    """REC-16."""
    assert {form.kind for form in shipped()} == set(PaperKind)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "is not TOML"),
        ("[template]\nname = 'n'\n", "needs a name and a kind"),
        ("[template]\nname = 'n'\nkind = 'poem'\n", "says “poem”; choose from project"),
        (f"{HEAD}colour = 'red'\n", "template has no colour"),
        (f"{HEAD}[[feild]]\nname = 'x'\n", "feild is not a table"),
        (f"{HEAD}[[field]]\nname = 'x'\nlabels = ['X']\nlabel = 'Y'\n", "field has no label"),
        (f"{HEAD}[[field]]\nname = 'x'\nlabels = ['X']\ntakes = 'above'\n", "takes “above”"),
        (f"{HEAD}[[field]]\nname = 'x'\nlabels = ['X']\ntakes = 'ticks'\n", "no options"),
        (f"{HEAD}[[field]]\nname = 'x'\nlabels = ['X']\nsplits = '('\n", "bad pattern"),
        (f"{HEAD}[[field]]\nlabels = ['X']\n", "field needs name"),
        (f"{HEAD}[[schedule]]\nsign = 'sideways'\n", "has the sign “sideways”"),
        (f"{HEAD}[[schedule]]\nunit = 'pounds'\n", "says “pounds”; choose from £"),
        (f"{HEAD}[[schedule]]\naccount = 'BLUE'\n", "says “BLUE”; choose from TARGET"),
        (f"{HEAD}[[schedule]]\nattributes = {{ tranche = 'LATER' }}\n", "says “LATER”"),
        (f"{HEAD}[[schedule]]\nattributes = {{ mood = 'good' }}\n", "has no mood"),
        (f"{HEAD}[[schedule]]\nrules = [{{ words = ['a'], sets = {{ hue = 'b' }} }}]\n", "no hue"),
        (f"{HEAD}[[grid]]\nkey = 'k'\nlabels = ['L']\nrows = {{ X = 'BLUE' }}\n", "says “BLUE”"),
        (f"{HEAD}[[grid]]\nkey = 'k'\n", "grid needs labels, rows"),
        (f"{HEAD}[years]\n'Year 1' = '2027'\n", "years: “2027” is not a financial year"),
    ],
)
def test_a_slip_in_a_mapping_file_is_refused_with_its_place(text: str, words: str) -> None:
    """REC-16."""
    with pytest.raises(BadTemplate) as refused:
        read_template("mine.toml", text)
    assert str(refused.value).startswith("mine.toml")
    assert words in str(refused.value)
