"""Which language model may propose readings of what the rules did not understand; none unless one is named."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from levelhead.domain.errors import BadSettings

LONGEST_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """A language model behind an OpenAI-compatible address.

    url: up to where '/chat/completions' follows, such as http://localhost:11434/v1. name: as the server knows it. seconds: that its
    answer may take in all.
    """

    url: str
    name: str
    seconds: float = 60.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise BadSettings(
                f"The model's url {self.url!r} is no address such as http://localhost:11434/v1; give one without a key in it."
            )
        if not self.name.strip():
            raise BadSettings("The model needs its name too, as the server knows it.")
        if not 0 < self.seconds <= LONGEST_SECONDS:
            raise BadSettings(f"The model's seconds = {self.seconds:g} must lie between 0 and {LONGEST_SECONDS:g}.")

    @property
    def is_private(self) -> bool:
        """Whether what is sent there is read by nobody on the way: over https, or to this very machine."""
        parts = urlsplit(self.url)
        return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
