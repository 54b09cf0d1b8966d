"""Papers on initiatives: the decision that recognises them with its list, certificates for authors, the register."""

import datetime
from collections.abc import Iterable, Sequence

from thidua.apps.accounts.models import User
from thidua.apps.councils.models import Minutes
from thidua.apps.councils.queries import result_of
from thidua.apps.councils.states import MinutesKind
from thidua.apps.initiatives.models import Author, Initiative, Recognition
from thidua.apps.initiatives.queries.reading import SUBJECT
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.states import Scope
from thidua.apps.units.models import Agency, Post
from thidua.apps.units.states import PostKind
from thidua.core.law.citing import cited_name
from thidua.core.law.votes import vote_rule
from thidua.core.papers.form import (
    Annex,
    Article,
    Certificate,
    Certificates,
    Column,
    Head,
    Letter,
    Signer,
    Table,
    TablePaper,
)

DEMO_NOTE = "DỮ LIỆU MINH HỌA – không phải người thật, cơ quan thật"
HEAD_POST = "Giám đốc"
VOTE_TITLE = "SANG_KIEN"
CITED = ("initiative.apply_within_months", "initiative.recognition_months")
LIST_COLUMNS = (
    Column("TT", 2, "center"),
    Column("Tên sáng kiến", 12),
    Column("Tác giả", 7),
    Column("Đơn vị", 7),
    Column("Tỷ lệ đóng góp", 4, "center"),
)
REGISTER_COLUMNS = (
    Column("TT", 2, "center"),
    Column("Tên sáng kiến", 11),
    Column("Tác giả (tỷ lệ đóng góp)", 9),
    Column("Nộp đơn", 4, "center"),
    Column("Hạn trả lời", 4, "center"),
    Column("Nhận đơn", 4, "center"),
    Column("Hạn xét", 4, "center"),
    Column("Tình trạng", 5),
    Column("Quyết định", 6),
)


def recognition_paper(recognitions: Sequence[Recognition]) -> Letter:
    """The decision that recognises some initiatives: they share number, day and scope, and stand in its annex.

    Raises ValueError for none, or for those of different decisions; NoRule when the packs have no rule to cite.
    """
    first = _one_decision(recognitions)
    agency = first.agency
    rows = _list_rows(recognitions)
    authors = {author.person_id for item in recognitions for author in item.initiative.authors.all()}
    number, _, symbol = first.decision.partition("/")
    year = first.initiative.year
    return Letter(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=symbol or _series(agency),
            kind="Quyết định",
            subject=f"Về việc công nhận sáng kiến năm {year}",
            number=number,
            date=first.on,
        ),
        opening=(),
        sections=(),
        authority=f"{HEAD_POST} {agency.name}",
        bases=_bases(recognitions),
        resolves="Quyết định:",
        articles=(
            Article(
                1,
                (
                    f"Công nhận {len(recognitions)} sáng kiến năm {year} có phạm vi ảnh hưởng "
                    f"{_scope_words(first.scope)}, của {len(authors)} tác giả (danh sách kèm theo).",
                ),
            ),
            Article(2, ("Các tác giả có tên trong danh sách được cấp Giấy chứng nhận sáng kiến.",)),
            Article(
                3,
                (
                    f"Chánh Văn phòng, người đứng đầu các đơn vị thuộc {agency.name} và các tác giả có tên tại Điều 1 "
                    "chịu trách nhiệm thi hành Quyết định này.",
                ),
            ),
        ),
        annexes=(
            Annex(
                title=f"Danh sách sáng kiến được công nhận năm {year}",
                note=f"Kèm theo Quyết định số {first.decision} ngày {first.on:%d/%m/%Y} của {HEAD_POST} {agency.name}",
                tables=(Table(LIST_COLUMNS, rows),),
            ),
        ),
        signer=_signer(first),
        receivers=("Như Điều 3;", "Hội đồng Thi đua - Khen thưởng;", "Lưu: VT, Hội đồng sáng kiến."),
        note=DEMO_NOTE if agency.is_demo else "",
    )


def certificates(recognitions: Sequence[Recognition]) -> Certificates:
    """A certificate for each author of initiatives recognised by one decision. Raises ValueError, like the decision."""
    first = _one_decision(recognitions)
    agency = first.agency
    units = _unit_names(recognitions)
    return Certificates(
        authority=f"{HEAD_POST} {agency.name}",
        decision=first.decision,
        decided_on=first.on,
        place="",
        gives="Chứng nhận",
        signer=_signer(first),
        certificates=[
            Certificate(
                recipient=str(author.person),
                award="Tác giả sáng kiến",
                unit=units.get(author.person_id, ""),
                achievement=_merit(item, author),
            )
            for item in recognitions
            for author in item.initiative.authors.all()
        ],
        note=DEMO_NOTE if agency.is_demo else "",
    )


def register_paper(initiatives: Iterable[Initiative], *, agency: Agency, year: int) -> TablePaper:
    """The register of a year's applications: authors, days, deadlines, where each stands. Given in its order."""
    rows = [_register_row(place, initiative) for place, initiative in enumerate(initiatives, 1)]
    return TablePaper(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol="HĐSK",
            kind="Sổ theo dõi",
            subject=f"Đơn yêu cầu công nhận sáng kiến năm {year}",
        ),
        columns=REGISTER_COLUMNS,
        rows=rows,
        signer=Signer(post="Người lập sổ"),
        summary=(f"Tổng số: {len(rows)} đơn.",),
        note=DEMO_NOTE if agency.is_demo else "",
    )


def _one_decision(recognitions: Sequence[Recognition]) -> Recognition:
    kinds = {(item.decision, item.on, item.scope) for item in recognitions}
    if len(kinds) != 1:
        raise ValueError("Cần các sáng kiến của đúng một quyết định.")
    return recognitions[0]


def _series(agency: Agency) -> str:
    return f"QĐ-{agency.code.upper()}"


def _scope_words(scope: str) -> str:
    return "toàn quốc" if scope == Scope.NATIONAL else f"cấp {str(Scope(scope).label).lower()}"


def _bases(recognitions: Sequence[Recognition]) -> tuple[str, ...]:
    """The instruments that the packs cite for recognising, then the council's vote."""
    first = recognitions[0]
    ruleset = ruleset_on(first.on)
    cites = [ruleset.parameters[name].cite for name in CITED if name in ruleset.parameters]
    cites.append(vote_rule(ruleset, VOTE_TITLE, level="initiative").cite)
    keys = dict.fromkeys(cite.source for cite in cites)
    found = [f"Căn cứ {cited_name(ruleset.sources[key]) if key in ruleset.sources else key}" for key in keys]
    return (*found, *_votes(recognitions))


def _votes(recognitions: Sequence[Recognition]) -> tuple[str, ...]:
    """One line for each session that voted, with its minutes where they are signed."""
    items = [item for row in recognitions if (item := result_of(SUBJECT, row.initiative_id))]
    sessions = {item.session_id: item.session for item in items}
    numbers = dict(
        Minutes.objects.filter(session__in=sessions, kind=MinutesKind.SESSION).values_list("session", "number")
    )
    return tuple(
        f"Căn cứ Biên bản {f'số {numbers[pk]} ' if pk in numbers else ''}họp {session.council.name} "
        f"ngày {session.held_on:%d/%m/%Y}"
        for pk, session in sessions.items()
    )


def _list_rows(recognitions: Sequence[Recognition]) -> list[tuple[str, ...]]:
    units = _unit_names(recognitions)
    rows: list[tuple[str, ...]] = []
    for place, item in enumerate(recognitions, 1):
        for number, author in enumerate(item.initiative.authors.all()):
            head = (str(place), item.initiative.name) if number == 0 else ("", "")
            rows.append((*head, str(author.person), units.get(author.person_id, ""), f"{author.share}%"))
    return rows


def _unit_names(recognitions: Sequence[Recognition]) -> dict[int, str]:
    """The unit of each author on the day of the decision."""
    people = {author.person_id for item in recognitions for author in item.initiative.authors.all()}
    posts = (
        Post.objects.current()
        .filter(person__in=people, kind=PostKind.REGULAR, since__lte=recognitions[0].on)
        .select_related("unit")
    )
    return {post.person_id: str(post.unit) for post in posts.order_by("since")}


def _merit(item: Recognition, author: Author) -> str:
    share = "" if author.share == 100 else f" (tỷ lệ đóng góp {author.share}%)"
    role = "Tác giả" if author.share == 100 else "Đồng tác giả"
    return f"{role} của sáng kiến “{item.initiative.name}”{share}, phạm vi ảnh hưởng {_scope_words(item.scope)}"


def _signer(item: Recognition) -> Signer:
    key = item.recognised_by.removeprefix("user:")
    user = User.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    return Signer(post=HEAD_POST, name=str(user.person) if user and user.person else "")


def _register_row(place: int, initiative: Initiative) -> tuple[str, ...]:
    authors = "; ".join(f"{author.person} ({author.share}%)" for author in initiative.authors.all())
    recognition = getattr(initiative, "recognition", None)
    return (
        str(place),
        initiative.name,
        authors,
        _day(initiative.applied_on),
        _day(initiative.answer_due),
        _day(initiative.accepted_on),
        _day(initiative.decision_due),
        str(initiative.get_state_display()),
        f"{recognition.decision}, {_day(recognition.on)}" if recognition else "",
    )


def _day(day: datetime.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
