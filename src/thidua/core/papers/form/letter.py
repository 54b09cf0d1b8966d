"""Papers with running text: letters of every type (forms 1.2, 1.4, 1.5 of Decree 30/2020) and minutes (form 1.9)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core.papers.form.parts import (
    Annex,
    Article,
    Block,
    Head,
    Section,
    Signer,
    closed_list,
    moment_words,
)


@dataclass(frozen=True)
class Letter:
    """An administrative document with running text.

    A decision gives ``authority`` (“Giám đốc Sở Tài chính”), ``bases``, ``resolves`` (“Quyết định:”) and ``articles``;
    a proposal or report gives ``addressed_to``, ``opening`` and ``sections``. ``note`` is a line in brackets under the
    subject. ``reference`` is the small line at the foot of each page, ``qr`` what its square code holds.
    """

    head: Head
    opening: Sequence[Block]
    sections: Sequence[Section]
    signer: Signer
    receivers: Sequence[str]
    note: str = ""
    addressed_to: Sequence[str] = ()
    authority: str = ""
    bases: Sequence[str] = ()
    resolves: str = ""
    articles: Sequence[Article] = ()
    annexes: Sequence[Annex] = ()
    reference: str = ""
    qr: str = ""

    @property
    def basis_lines(self) -> tuple[str, ...]:
        """The legal bases, each ended by “;”, the last by “.”."""
        return closed_list(self.bases)


@dataclass(frozen=True)
class Attendee:
    """Somebody at a meeting: name with “Ông”/“Bà” if wanted, post, role at the meeting."""

    name: str
    post: str = ""
    role: str = ""

    @property
    def line(self) -> str:
        """Name, post and role, comma between them."""
        return ", ".join(part for part in (self.name, self.post, self.role) if part)


@dataclass(frozen=True)
class Absence:
    """Somebody who should have been at a meeting, and why not."""

    name: str
    post: str = ""
    reason: str = ""

    @property
    def line(self) -> str:
        """Name and post, the reason in brackets."""
        said = ", ".join(part for part in (self.name, self.post) if part)
        return f"{said} (lý do: {self.reason})" if self.reason else said


@dataclass(frozen=True)
class Minutes:
    """Minutes of a meeting or of a count of votes.

    Without place and date in the head: both stand in the text. ``signers`` from left to right: secretary, chair; or
    tellers and their head. ``meeting`` is how the last sentence names it: “Cuộc họp”, “Việc kiểm phiếu”.
    """

    head: Head
    starts: datetime.datetime | None
    ends: datetime.datetime | None
    place: str
    attendees: Sequence[Attendee]
    sections: Sequence[Section]
    signers: Sequence[Signer]
    absent: Sequence[Absence] = ()
    chair: str = ""
    secretary: str = ""
    opening: Sequence[Block] = ()
    meeting: str = "Cuộc họp"
    receivers: Sequence[str] = ("Lưu: VT, Hồ sơ.",)
    annexes: Sequence[Annex] = ()
    note: str = ""
    reference: str = ""
    qr: str = ""

    @property
    def facts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What stands before the course of the meeting: label, then one value on its line or a list under it."""
        present = tuple(person.line for person in self.attendees)
        away = tuple(person.line for person in self.absent)
        facts = (
            ("Thời gian bắt đầu", (moment_words(self.starts),)),
            ("Địa điểm", (self.place,)),
            ("Thành phần tham dự", _numbered(present)),
            ("Vắng mặt", _numbered(away)),
            ("Chủ trì", (self.chair,)),
            ("Thư ký", (self.secretary,)),
        )
        return tuple((label, lines) for label, lines in facts if any(lines))

    @property
    def ending(self) -> str:
        """The last sentence, closed as form 1.9 closes it."""
        return f"{self.meeting} kết thúc vào {moment_words(self.ends)}./."


def _numbered(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{place}. {line}" for place, line in enumerate(closed_list(lines), start=1))
