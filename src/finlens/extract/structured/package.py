"""Report packages: a ZIP with an inline-XBRL report in it, as ESEF (reports/*.xhtml) and EDGAR hand them out.

Nothing is unpacked to disk, so that a name inside of the archive leads nowhere; what is taken is counted as it unpacks.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from finlens.errors import FileDamaged, FileUnsupported, LimitExceeded, PasswordRequired

_MOST_MEMBERS = 20_000
_REPORTS = (".xhtml", ".html", ".htm")
_INSTANCES = (".xbrl", ".xml")
_NOT_INSTANCES = ("_cal.xml", "_def.xml", "_lab.xml", "_pre.xml", "_ref.xml", "catalog.xml", "taxonomypackage.xml", "filingsummary.xml")
_CHUNK = 1 << 20


def report_in(path: Path, max_bytes: int) -> tuple[bytes, str, tuple[str, ...]]:
    """The report of a package: its bytes, its name, and a word about other reports that were left.

    Raises:
        FileDamaged: the archive cannot be read.
        FileUnsupported: there is no report in it.
        LimitExceeded: the report unpacks to more than ``max_bytes``, or the archive has too many members.
        PasswordRequired: it is encrypted.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise LimitExceeded(
                    f"{path.name} holds too many files.",
                    why=f"{len(members):,}; the limit is {_MOST_MEMBERS:,}.",
                    hint="Take the report out of it.",
                )
            chosen = _reports(members)
            if not chosen:
                raise FileUnsupported(
                    f"{path.name} holds no report.",
                    why="It is a ZIP archive without an .xhtml, .html or .xbrl file.",
                    hint="Unpack it, or print an Office document to PDF.",
                )
            first, *others = chosen
            if first.flag_bits & 1:
                raise PasswordRequired(f"{path.name} is encrypted.", why="finlens opens no encrypted archives.", hint="Unpack it first.")
            names = ", ".join(PurePosixPath(other.filename).name for other in others[:5])
            said = (f"The package holds {len(chosen)} reports; read was the largest, {first.filename}, and not {names}.",) if others else ()
            return _content(archive, first, max_bytes, path.name), PurePosixPath(first.filename).name, said
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as exc:
        raise FileDamaged(
            f"{path.name} cannot be unpacked.", why=f"The archive is cut off or damaged ({exc}).", hint="Download it again."
        ) from exc


def _reports(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Reports, the largest first: those in a folder "reports", else any web page, else an XBRL instance."""
    files = [member for member in members if not member.is_dir()]
    pages = [member for member in files if member.filename.lower().endswith(_REPORTS)]
    in_reports = [member for member in pages if "reports" in PurePosixPath(member.filename.lower()).parts[:-1]]
    instances = [
        member for member in files if member.filename.lower().endswith(_INSTANCES) and not member.filename.lower().endswith(_NOT_INSTANCES)
    ]
    found = in_reports or pages or ([member for member in instances if member.filename.lower().endswith(".xbrl")] or instances)
    return sorted(found, key=lambda member: (-member.file_size, member.filename))


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, max_bytes: int, name: str) -> bytes:
    """The member, unpacked piece by piece: what the directory says of its size may be a lie."""
    parts: list[bytes] = []
    size = 0
    with archive.open(member) as packed:
        while part := packed.read(_CHUNK):
            size += len(part)
            if size > max_bytes:
                raise LimitExceeded(
                    f"{name} would unpack to far more than it is.",
                    why=f"{member.filename} holds more than {max_bytes / 1e6:,.0f} MB.",
                    hint="Take the report out of it where you trust its source.",
                )
            parts.append(part)
    return b"".join(parts)
