"""Sources by entry point: ours and strangers' alike; the example of the documentation is one of them."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from feed_answers import around, closes, rows_of, sessions
from werkzeug import Response

from levelhead.domain.errors import BadSettings, NoBars, SourceFailed
from levelhead.doors.cli import main
from levelhead.market.conformance import check_source
from levelhead.market.instruments import find_instrument
from levelhead.market.registry import default_source, source, sources
from levelhead.market.source import Request, Source

OURS = {"yahoo", "fred", "stooq", "databento", "files", "sample"}
DAYS = sessions("CME_EQUITY", "2025-02-10", "2025-03-19")
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
EXAMPLE = re.search(r"```python\n(# made_feed\.py\n.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[1]


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Installs a one-file package with its entry points, as pip would leave it behind."""
    monkeypatch.syspath_prepend(tmp_path)
    modules = []

    def install(package, text, points, version="1.0"):
        (tmp_path / f"{package}.py").write_text(text)
        about = tmp_path / f"{package}-{version}.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
        (about / "entry_points.txt").write_text("[levelhead.sources]\n" + "".join(f"{k} = {v}\n" for k, v in points.items()))
        modules.append(package)
        importlib.invalidate_caches()

    yield install
    for name in modules:
        sys.modules.pop(name, None)


def stranger(body, name="odd"):
    return f'''
from levelhead.market.source import Offer
class Odd:
    def offer(self):
        return Offer(name="{name}", what="Odd bars.")
    def fetch(self, request, instrument, around):
        {body}
'''


def test_our_sources_are_registered_and_each_calls_itself_by_its_name():
    assert set(sources()) >= OURS
    assert {name: source(name).offer().name for name in OURS} == {name: name for name in OURS}
    assert all(isinstance(source(name), Source) for name in OURS)


def test_a_name_that_is_almost_right_is_corrected():
    with pytest.raises(BadSettings, match=r"^There is no source 'yaho'; did you mean 'yahoo'\?$"):
        source("yaho")
    with pytest.raises(BadSettings, match=r"^There is no source 'zzz'; there are databento, files, fred, sample, stooq, yahoo"):
        source("zzz")
    assert source(" Yahoo ").offer().name == "yahoo"


def test_the_default_source_is_the_first_that_the_instrument_names():
    names = {symbol: default_source(find_instrument(symbol)) for symbol in ("RTY", "ES", "SPX", "VIX", "DGS10", "DFF", "AAPL")}
    assert names == {"RTY": "yahoo", "ES": "yahoo", "SPX": "yahoo", "VIX": "yahoo", "DGS10": "fred", "DFF": "fred", "AAPL": "yahoo"}
    extra = {"GC": {"kind": "future", "feeds": {"gone": "GC", "stooq": "gc.f", "yahoo": "GC=F"}}}
    assert default_source(find_instrument("GC", extra=extra), extra=extra) == "stooq", (
        "a source that is not installed is passed over"
    )


def test_the_example_of_the_documentation_is_a_source_in_about_thirty_lines():
    assert 15 <= len([line for line in EXAMPLE.splitlines() if line.strip()]) <= 30


def test_the_example_of_the_documentation_installs_and_passes_the_suite(install, httpserver):
    install("made_feed", EXAMPLE, {"made": "made_feed:MadeFeed"})
    rows = [[str(row[0]), *row[1:]] for row in rows_of(DAYS)]

    def answer(request):
        assert request.args["key"] == "secret"
        return Response(json.dumps(rows)) if request.path == "/bars/gc.json" else Response("unknown", status=404)

    httpserver.expect_request(re.compile("/bars/.*")).respond_with_handler(answer)
    made = importlib.import_module("made_feed")
    surroundings = around(environment={"MADE_KEY": "secret"})
    bars = check_source(made.MadeFeed(site=httpserver.url_for("")), Request(symbol="GC"), find_instrument("GC"), surroundings)
    assert closes(bars) == [row[4] for row in rows_of(DAYS)]

    assert "made" in sources()
    registered = source("made")
    assert (registered.offer().needs_key, registered.offer().what) == ("MADE_KEY", "Daily bars from our own server.")
    with pytest.raises(BadSettings, match="MADE_KEY"):
        registered.fetch(Request(symbol="GC"), find_instrument("GC"), around())


def test_a_strangers_source_that_breaks_is_reported_under_its_name(install):
    install("odd_feed", stranger("return {}['close']"), {"odd": "odd_feed:Odd"})
    with pytest.raises(SourceFailed, match=r"^odd broke: KeyError: 'close'\. Tell its author, or take another source\.$"):
        source("odd").fetch(Request(symbol="RTY"), find_instrument("RTY"), around())


def test_a_strangers_source_that_hangs_is_given_up(install):
    install("odd_feed", stranger("import threading; threading.Event().wait(60)"), {"odd": "odd_feed:Odd"})
    with pytest.raises(SourceFailed, match=r"^odd gave no whole answer within 0\.2 s"):
        source("odd").fetch(Request(symbol="RTY"), find_instrument("RTY"), around(seconds=0.2))


def test_a_strangers_source_that_delivers_something_else_is_not_believed(install):
    install("odd_feed", stranger("return [1, 2, 3]"), {"odd": "odd_feed:Odd"})
    with pytest.raises(SourceFailed, match=r"^odd did not deliver 1d bars of RTY; tell its author to run .*check_source\.$"):
        source("odd").fetch(Request(symbol="RTY"), find_instrument("RTY"), around())


def test_a_strangers_errors_in_our_words_pass_as_they_are(install):
    text = "from levelhead.domain.errors import NoBars\n" + stranger("raise NoBars('odd has none.')")
    install("odd_feed", text, {"odd": "odd_feed:Odd"})
    with pytest.raises(NoBars, match=r"^odd has none\.$"):
        source("odd").fetch(Request(symbol="RTY"), find_instrument("RTY"), around())


def test_a_source_that_cannot_be_loaded_harms_no_other(install):
    install("broken_feed", "import no_such_library\n", {"broken": "broken_feed:Broken"})
    assert "broken" in sources()
    assert source("yahoo").offer().name == "yahoo"
    with pytest.raises(
        SourceFailed, match=r"^The source 'broken' of broken_feed cannot be loaded \(ModuleNotFoundError: .*uninstall"
    ):
        source("broken")


def test_a_thing_that_is_no_source_is_said_to_be_none(install):
    install("odd_feed", "class Odd:\n    pass\n", {"odd": "odd_feed:Odd"})
    with pytest.raises(SourceFailed, match=r"has no offer\(\) and fetch\(\)"):
        source("odd")


def test_a_source_under_another_name_than_its_own_is_refused(install):
    install("odd_feed", stranger("pass", name="even"), {"odd": "odd_feed:Odd"})
    with pytest.raises(SourceFailed, match=r"^The source 'odd' calls itself 'even'; its entry point needs the same name\.$"):
        source("odd").offer()


def test_a_stranger_cannot_take_the_name_of_one_of_ours(install):
    install("odd_feed", stranger("pass", name="yahoo"), {"yahoo": "odd_feed:Odd"})
    assert "Yahoo Finance" in source("yahoo").offer().what


def test_the_command_lists_every_source_with_what_it_brings_and_what_is_wrong_with_it(install):
    install("broken_feed", "import no_such_library\n", {"broken": "broken_feed:Broken"})
    result = CliRunner().invoke(main, ["data", "sources"])
    assert result.exit_code == 0
    assert {name for name in OURS if re.search(rf"^{name} ", result.output, re.MULTILINE)} == OURS
    assert re.search(r"^databento .*\n +1d, 1h, 1m; needs DATABENTO_API_KEY$", result.output, re.MULTILINE)
    assert re.search(r"^broken .*cannot be loaded", result.output, re.MULTILINE)
