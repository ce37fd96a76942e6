"""Asking over HTTP: retries with back-off, Retry-After honoured, a total time limit, and never half an answer."""

from __future__ import annotations

import datetime as dt
import json
import logging
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from levelhead.domain.errors import LevelheadError, SourceFailed
from levelhead.market.source import Surroundings

Answer = TypeVar("Answer")

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
CONNECT, READ = 10.0, 20.0  # seconds one attempt waits for a connection, and for the next bytes
LONGEST_WAIT = 10.0  # seconds between two attempts, unless the server asks for longer
QUOTED = 200  # characters of a refusal that are quoted

logging.getLogger("stamina").addHandler(logging.NullHandler())  # the library would print each retry to stderr


class TryAgain(Exception):
    """An attempt failed in a way that the next may not.

    after: the seconds that the server asks to wait, None where it does not say.
    """

    def __init__(self, what: str, after: float | None = None) -> None:
        super().__init__(what)
        self.after = after


class Refused(Exception):
    """The server understood and said no: an HTTP status that no second attempt changes."""

    def __init__(self, *, status: int, text: str) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.text = text


def ask(
    url: str,
    params: Mapping[str, str],
    read: Callable[[str], Answer],
    *,
    source: str,
    around: Surroundings,
    refused: Callable[[Refused], LevelheadError | None] = lambda refusal: None,
) -> Answer:
    """What `read` makes of the text at `url`, whole.

    read: takes the body; it raises TryAgain where the body is cut off. refused: the error for a refusal it knows (a status 4xx
    and its text); None leaves it to the general one. `source` names the source in errors; the query, which may hold a key,
    never stands in one. Raises SourceFailed when attempts or time run out.
    """
    from urllib.parse import urlsplit

    host = urlsplit(url).netloc

    def once() -> Answer:
        try:
            return read(_body(url, params, around))
        except Refused as refusal:
            raise refused(refusal) or SourceFailed(
                f"{source} refused: {host} answered {refusal.status}{_quoted(refusal.text, params)}. Check the symbol and the key."
            ) from None

    return in_time(lambda: persistently(once, source=source, around=around), source=source, around=around)


def persistently(once: Callable[[], Answer], *, source: str, around: Surroundings) -> Answer:
    """The answer of the first attempt that does not raise TryAgain; waits between attempts, doubling, or as long as asked.

    Raises SourceFailed when the attempts are used up, or when the server asks to wait beyond the time limit.
    """
    import stamina

    def again(error: Exception) -> bool | float:
        if not isinstance(error, TryAgain):
            return False
        if error.after is None:
            return True
        return error.after if error.after < around.seconds else False

    attempts = stamina.retry_context(
        on=again,
        attempts=around.attempts,
        timeout=around.seconds,
        wait_initial=around.first_wait,
        wait_max=LONGEST_WAIT,
        wait_jitter=around.first_wait / 2,
    )
    tried = 0
    try:
        for attempt in attempts:
            with attempt:
                tried += 1
                return once()
    except TryAgain as error:
        if error.after is not None and error.after >= around.seconds:
            raise SourceFailed(
                f"{source} failed: {error}; it asks to wait {error.after:,.0f} s, longer than the limit of {around.seconds:g} s. "
                "Try again then, or another source."
            ) from None
        times = "once" if tried == 1 else f"{tried} times"
        raise SourceFailed(f"{source} failed: {error} (tried {times}). Try again later, or another source.") from None
    raise AssertionError("unreachable")  # the last attempt returns or raises


def in_time(work: Callable[[], Answer], *, source: str, around: Surroundings) -> Answer:
    """What `work` returns, if it does within around.seconds; raises SourceFailed otherwise.

    A read time-out starts anew with every byte, so it bounds no answer that drips. The work runs in a thread of its own, which
    is left to itself when the time is up: what it brings later is dropped.
    """
    results: queue.SimpleQueue[tuple[Answer | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((work(), None))
        except BaseException as error:
            results.put((None, error))

    threading.Thread(target=run, name=f"levelhead {source}", daemon=True).start()
    try:
        answer, error = results.get(timeout=around.seconds)
    except queue.Empty:
        raise SourceFailed(
            f"{source} gave no whole answer within {around.seconds:g} s. Try again later, raise the limit, or take another source."
        ) from None
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]


def csv_text(text: str) -> str:
    """The text of a CSV answer. Raises TryAgain where it is empty, a web page, or cut off before its last line end."""
    start = text.lstrip("\ufeff \r\n\t")[:200].lower()
    if not start:
        raise TryAgain("the answer was empty")
    if start.startswith(("<", "{")):
        kind = "a web page" if start.startswith("<") else "JSON"
        raise TryAgain(f"the answer was {kind} instead of CSV (open the address in a browser: it may want a visitor or a key)")
    if not text.endswith("\n"):
        raise TryAgain("the answer was cut off in its last line")
    return text


def json_value(text: str) -> Any:
    """The value of a JSON answer. Raises TryAgain where it is empty, a web page, or cut off."""
    if not text.strip():
        raise TryAgain("the answer was empty")
    try:
        return json.loads(text)
    except ValueError:
        kind = "a web page instead of JSON" if text.lstrip().startswith("<") else "broken JSON, cut off or damaged"
        raise TryAgain(f"the answer was {kind}") from None


def retry_after(value: str | None, now: dt.datetime) -> float | None:
    """The seconds that a Retry-After header asks to wait, given as seconds or as a date; None where it asks nothing readable."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - now).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(seconds, 0.0) if seconds == seconds else None


def check_status(status: int, text: str, after: str | None, now: dt.datetime) -> None:
    """Raises TryAgain for a status that passes (429, 500, ...), Refused for one that does not."""
    if status in RETRIED:
        busy = "too many requests (429)" if status == 429 else f"status {status}"
        raise TryAgain(f"the server answered {busy}", retry_after(after, now))
    if not 200 <= status < 300:
        raise Refused(status=status, text=text)


@contextmanager
def asking(address: str) -> Iterator[None]:
    """Raises TryAgain for a fault of the connection that may pass, SourceFailed where `address` cannot be asked at all."""
    import httpx2

    try:
        yield
    except httpx2.TimeoutException:
        raise TryAgain("the server did not answer in time") from None
    except httpx2.TransportError as error:
        raise TryAgain(f"the connection failed or broke off ({type(error).__name__})") from None
    except httpx2.DecodingError:
        raise TryAgain("the answer was packed and cannot be unpacked") from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SourceFailed(f"{address} cannot be asked ({type(error).__name__}); check the address.") from None


def _body(url: str, params: Mapping[str, str], around: Surroundings) -> str:
    import httpx2

    patience = httpx2.Timeout(min(READ, around.seconds), connect=min(CONNECT, around.seconds))
    with asking(url.split("?")[0]), httpx2.Client(timeout=patience, follow_redirects=True) as client:
        answer = client.get(url, params=dict(params))
        text = answer.text
    check_status(answer.status_code, text, answer.headers.get("Retry-After"), around.now)
    return text


def _quoted(text: str, params: Mapping[str, str]) -> str:
    """The beginning of a refusal, without a key that it may repeat."""
    plain = " ".join(text.split())
    for name, value in params.items():
        plain = plain.replace(value, "...") if "key" in name and value else plain
    return f" ({plain[:QUOTED]})" if plain and not plain.startswith("<") else ""
