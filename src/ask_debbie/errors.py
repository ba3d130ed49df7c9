"""What can go wrong, in one tree.

    AskDebbieError
    ├── CorpusError      a corpus folder or file that can't be read
    │   └── DocumentError  one document that can't be; the message is its cause, to follow the file's name
    ├── StoreError       the store can't be read or replaced
    ├── ArtifactError    a model file that can't be had, or has a wrong byte
    └── EngineError      a chat model that can't answer now

Each message is one or two plain sentences for the person at the keyboard: what is wrong and what to do.
"""


class AskDebbieError(Exception):
    """Base of every error that this package raises on purpose."""


class CorpusError(AskDebbieError):
    """A corpus folder or file can't be read."""


class DocumentError(CorpusError):
    """One document can't be read. The message follows the file's name: ``it is protected by a password``."""


class StoreError(AskDebbieError):
    """The index can't be read, built or replaced."""


class ArtifactError(AskDebbieError):
    """A model file can't be fetched, or isn't the file that was pinned."""


class EngineError(AskDebbieError):
    """A chat model can't answer now: no key, no network, quota, timeout, nonsense."""
