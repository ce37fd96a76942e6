"""A house file becomes the rooms' settings, or one sentence that says what is wrong with it."""

import pytest

from levelhead.config import house_from, read_house_file, read_instruments
from levelhead.domain.errors import BadSettings


def read(tmp_path, text):
    file = tmp_path / "house.toml"
    file.write_text(text, encoding="utf-8")
    return read_house_file(file)


def test_a_house_file_sets_what_it_names_and_leaves_the_rest(tmp_path):
    text = '[house]\ndesk = "North Desk"\ndecimal = ","\nthousands = "."\n'
    text += "[desk]\nmost_plans = 1\n[account]\ndollars = 50000\nrisk = 0.005\n"
    house = read(tmp_path, text)
    assert (house.house.desk, house.house.decimal, house.house.author) == ("North Desk", ",", "")
    assert house.settings.most_plans == 1
    assert house.settings.scenario_sessions == 12
    assert (house.account.dollars, house.account.risk) == (50000.0, 0.005)


def test_an_empty_house_file_sets_nothing(tmp_path):
    house = read(tmp_path, "")
    assert (house.house, house.account, house.settings, dict(house.instruments)) == (None, None, None, {})


def test_the_tables_of_the_rooms_reach_their_settings(tmp_path):
    house = read(tmp_path, "[forecast]\npaths = 2000\n[reading]\n")
    assert house.settings.forecast.paths == 2000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[house]\ndesks = "x"\n', r"house.toml \[house\]: 'desks' is not known; did you mean 'desk'\?"),
        ("[hous]\n", r"house.toml: 'hous' is not known; did you mean 'house'\?"),
        (
            "[zzzzzz]\n",
            r"house.toml: 'zzzzzz' is not known; known here: account, desk, forecast, house, instruments, model, reading",
        ),
        ("house = 3\n", r"house.toml: house is 3; write it as a table, \[house\]"),
        ("[house]\ndesk = 3\n", r"house.toml \[house\]: desk = 3: .*string"),
        ('[desk]\nmost_plans = "many"\n', r"house.toml \[desk\]: most_plans = 'many'"),
        ("[desk]\nmost_plan = 2\n", r"did you mean 'most_plans'\?"),
        ("[desk]\nscenario_sessions = 0\n", r"house.toml \[desk\]: scenario_sessions = 0 is out of range"),
        ("[account]\ndollars = 1000\nrisk = 0.9\n", r"house.toml \[account\]: A risk of 90% a plan is out of range"),
        ("[instruments.CL]\nticks = 0.01\n", r"house.toml \[instruments.CL\]: 'ticks' is not known; did you mean 'tick'\?"),
        ("[instruments]\nCL = 3\n", r"\[instruments.CL\] is 3; write it as a table of its own"),
        ("[house\n", r"house.toml is not TOML"),
    ],
)
def test_what_is_wrong_with_a_house_file_is_said(tmp_path, text, sentence):
    with pytest.raises(BadSettings, match=sentence):
        read(tmp_path, text)


def test_a_house_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadSettings, match=r"absent.toml cannot be read \(No such file or directory\); give a TOML file"):
        read_house_file(tmp_path / "absent.toml")


def test_instruments_stand_under_their_symbol_or_under_instruments(tmp_path):
    for text in ('[CL]\nkind = "future"\n', '[instruments.CL]\nkind = "future"\n'):
        file = tmp_path / "mine.toml"
        file.write_text(text)
        assert read_instruments(file) == {"CL": {"kind": "future"}}


def test_a_file_without_instruments_is_said(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("")
    with pytest.raises(BadSettings, match=r"mine\.toml describes no instrument"):
        read_instruments(file)


def test_the_parsed_document_needs_no_file():
    assert house_from({"house": {"author": "A. Writer"}}, where="here").house.author == "A. Writer"
