"""Every error levelhead raises on purpose.

    LevelheadError
    ├── BadBars              bars that cannot be: order, duplicates, missing values, high below low
    │   └── UnreadableFile   not bars at all: missing, a directory, binary, no such columns
    ├── BadDate              an as-of date the bars do not cover
    ├── BadPrice             a price the instrument cannot have
    ├── BadClaim             a claim that cannot be parsed or priced
    ├── BadInstrument        an instrument description that contradicts itself
    ├── BadSettings          an unknown key or a value out of bounds in a settings file
    ├── BadNote              a note.json that is not one, or of another schema version
    ├── NotYetKnown          there are too few bars to say it
    ├── SourceFailed         a source could not be asked, or gave no whole answer
    │   └── NoBars           a source answered that it has no such bars
    ├── BadArchive           an archive of bars that is damaged, or cannot be read or written
    ├── BadLedger            a ledger that cannot be opened, read or written, or that was asked for what it does not hold
    └── MissingPart          an optional library is needed and not installed

An error is advice: what, where, which value, which bound, what to do; one sentence or two, for a person.
"""


class LevelheadError(Exception):
    """What a user can read and act upon."""


class BadBars(LevelheadError):
    """Bars that contradict themselves; names file, row, date, value, bound and what to do."""


class UnreadableFile(BadBars):
    """A file that holds no bars."""


class BadDate(LevelheadError):
    """A date outside what the bars or the session table cover."""


class BadPrice(LevelheadError):
    """A price that the instrument cannot have."""


class BadClaim(LevelheadError):
    """A claim that cannot be understood or cannot be priced."""


class BadInstrument(LevelheadError):
    """A description of an instrument that contradicts itself."""


class BadSettings(LevelheadError):
    """A settings file with an unknown key or a value out of bounds."""


class BadNote(LevelheadError):
    """A document that is not a note of a schema this version reads."""


class NotYetKnown(LevelheadError):
    """Too few bars for what was asked."""


class MissingPart(LevelheadError):
    """A library that this part needs is not installed."""


class SourceFailed(LevelheadError):
    """A source of bars that could not be asked or gave no whole answer; names the source, what happened, what to try."""


class NoBars(SourceFailed):
    """A source that has no bars of that symbol and time."""


class BadArchive(LevelheadError):
    """An archive of bars that is damaged, or cannot be read or written; names the segment, and the way out."""


class BadLedger(LevelheadError):
    """A ledger that cannot be opened, read or written, or that does not hold what was asked for; names it, and the way out."""
