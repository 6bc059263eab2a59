"""Every error that finlens raises on purpose, in one tree.

    FinlensError
    ├── InputError                 the file that was given
    │   ├── FileMissing            input.missing      no such file
    │   ├── FileUnreadable         input.unreadable   a directory, no permission, an I/O error
    │   ├── FileUnsupported        input.unsupported  empty, or not a kind that finlens reads
    │   ├── FileDamaged            input.damaged      a PDF or image that cannot be opened
    │   ├── PasswordRequired       input.password     encrypted, and no password was given
    │   ├── PasswordWrong          input.password-wrong
    │   └── NoSuchPage             input.pages        a page range outside of the document
    ├── LimitExceeded              limit              pages, pixels, bytes, memory or seconds
    ├── QuestionUnusable           ask.question       empty, or far too long
    ├── BackendError
    │   ├── BackendUnknown         backend.unknown    no backend of that name
    │   ├── ExtraMissing           backend.extra      an optional package is not installed
    │   ├── ToolMissing            backend.tool       an outside program is not installed
    │   ├── ModelUnusable          backend.model      weights missing, damaged or of another kind
    │   └── BackendFailed          backend.failed     the library under it gave up
    ├── OutputUnwritable           output             the result cannot be written where it was asked for
    └── ConfigInvalid              config             a setting that cannot be used

Each class has a stable ``code`` (the anchor in docs/errors.md) and says whether the same call may work later
(``retryable``). ``hint`` names what to type next. Exit codes and HTTP statuses are the business of the faces.
"""

from __future__ import annotations


class FinlensError(Exception):
    """What went wrong (``str(error)``), why (``why``) and what to do about it (``hint``)."""

    code = "finlens"
    retryable = False

    def __init__(self, what: str, *, why: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # An error crosses process boundaries (``-j``) whole, keyword arguments included.
        return (_rebuild, (type(self), self.what, self.why, self.hint))


def _rebuild(kind: type[FinlensError], what: str, why: str, hint: str) -> FinlensError:
    return kind(what, why=why, hint=hint)


class InputError(FinlensError):
    """The file that was given cannot be read."""

    code = "input"


class FileMissing(InputError):
    """There is no file at that path."""

    code = "input.missing"


class FileUnreadable(InputError):
    """The path is a directory, or the system refuses to read it."""

    code = "input.unreadable"


class FileUnsupported(InputError):
    """The file is empty, or of a kind that finlens does not read."""

    code = "input.unsupported"


class FileDamaged(InputError):
    """The file looks like a PDF or an image, but no page of it can be opened."""

    code = "input.damaged"


class PasswordRequired(InputError):
    """The document is encrypted and no password was given."""

    code = "input.password"


class PasswordWrong(InputError):
    """The document is encrypted and the password does not open it."""

    code = "input.password-wrong"


class NoSuchPage(InputError):
    """The page range is malformed, or names pages that the document does not have."""

    code = "input.pages"


class LimitExceeded(FinlensError):
    """A limit on pages, pixels, bytes, memory or seconds was reached."""

    code = "limit"


class QuestionUnusable(FinlensError):
    """The question is empty or far too long to be one."""

    code = "ask.question"


class BackendError(FinlensError):
    """A reader, table finder, OCR engine or model cannot do its work."""

    code = "backend"


class BackendUnknown(BackendError):
    """No backend of that name is registered."""

    code = "backend.unknown"


class ExtraMissing(BackendError):
    """The backend needs an optional package that is not installed."""

    code = "backend.extra"


class ToolMissing(BackendError):
    """The backend needs a program of the operating system that is not installed."""

    code = "backend.tool"


class ModelUnusable(BackendError):
    """Model weights are missing, damaged, or of a kind that the backend cannot load."""

    code = "backend.model"


class BackendFailed(BackendError):
    """The library under a backend failed in a way that it does not explain."""

    code = "backend.failed"
    retryable = True


class OutputUnwritable(FinlensError):
    """The result cannot be written where it was asked for (permissions, a full disk)."""

    code = "output"


class ConfigInvalid(FinlensError):
    """A setting has a value that cannot be used."""

    code = "config"
