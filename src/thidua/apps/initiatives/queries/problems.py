"""What must be settled before a move, and what people should look at; each a sentence with its remedy."""

import datetime
from collections.abc import Sequence

from django.db.models import Q

from thidua.apps.accounts.models import RoleGrant
from thidua.apps.accounts.states import Role
from thidua.apps.councils.models import Item, Member
from thidua.apps.councils.states import CouncilKind, ItemState, MemberRole, SessionState
from thidua.apps.initiatives.models import Initiative
from thidua.apps.initiatives.queries.reading import Similar, averages, item_of, law_of, similar
from thidua.apps.initiatives.states import Anchor
from thidua.apps.policy.queries import ruleset_on
from thidua.core.calendar import add_months
from thidua.core.law.citing import parameter_words
from thidua.core.law.errors import NoRule

WHOLE = 100
TEXTS = (
    ("name", "Chưa ghi tên sáng kiến."),
    ("essence", "Chưa mô tả bản chất của sáng kiến: nội dung, các bước thực hiện, điểm mới."),
    ("benefit", "Chưa nêu lợi ích thu được hoặc dự kiến thu được khi áp dụng."),
)
APPLY_WITHIN = "initiative.apply_within_months"
ACCEPT_WITHIN = "initiative.acceptance_months"


def application_problems(initiative: Initiative) -> list[str]:
    """What the application lacks; with a day of filing also what the day brings about."""
    problems = [sentence for name, sentence in TEXTS if not getattr(initiative, name).strip()]
    problems += _share_problems(initiative)
    on, first = initiative.applied_on, initiative.first_applied_on
    if on is None:
        return problems
    if first and first > on:
        problems.append(
            f"Ngày áp dụng lần đầu {first:%d/%m/%Y} sau ngày nộp đơn {on:%d/%m/%Y}: sửa một trong hai ngày; "
            "chưa áp dụng thì để trống."
        )
    try:
        ruleset = ruleset_on(on)
        ruleset.value(ACCEPT_WITHIN)
        late = lateness(initiative)
    except NoRule as error:
        return [*problems, str(error)]
    if late and ruleset.parameters[APPLY_WITHIN].cite.checked:
        problems.append(late)
    return problems


def lateness(initiative: Initiative) -> str:
    """That it is filed too long after it was first put to use, with the article; blank when in time.

    Where the law's text is not checked this warns only: the author may file with a reason, which is recorded.
    Raises NoRule.
    """
    on, first = initiative.applied_on, initiative.first_applied_on
    if on is None or first is None:
        return ""
    ruleset = ruleset_on(on)
    months = int(str(ruleset.value(APPLY_WITHIN)))
    last = add_months(first, months)
    if on <= last:
        return ""
    return (
        f"Nộp đơn ngày {on:%d/%m/%Y}, sau hạn {last:%d/%m/%Y} ({months} tháng kể từ ngày áp dụng lần đầu "
        f"{first:%d/%m/%Y}; {parameter_words(ruleset, APPLY_WITHIN)})."
    )


def scheduling_problems(initiative: Initiative) -> list[str]:
    """What is missing before the council can vote on it."""
    problems = []
    if (item := item_of(initiative)) and (taken := on_agenda(item)):
        problems.append(taken)
    try:
        ruleset = law_of(initiative)
        wanted = int(str(ruleset.value("initiative.assessors_min")))
        least = int(str(ruleset.value("initiative.pass_points")))
    except NoRule as error:
        return [*problems, str(error)]
    given = len(initiative.assessments.all())
    if given < wanted:
        return [
            *problems,
            f"Mới có {given} phiếu đánh giá, cần ít nhất {wanted} "
            f"({parameter_words(ruleset, 'initiative.assessors_min')}): "
            "đề nghị thêm thành viên Hội đồng sáng kiến đánh giá.",
        ]
    means = averages(initiative)
    low = [str(anchor.label).lower() for anchor in Anchor if means[anchor.value] < least]
    if low:
        problems.append(
            f"Điểm trung bình về {', '.join(low)} chưa đạt mức {least} "
            f"({parameter_words(ruleset, 'initiative.pass_points')}): không công nhận và nêu lý do cho tác giả."
        )
    return problems


def vote_open(initiative: Initiative) -> list[str]:
    """Why the council's result cannot be taken yet."""
    item = item_of(initiative)
    if item is None:
        return ["Sáng kiến đã rút khỏi chương trình họp: đưa vào chương trình một phiên khác."]
    if item.state != ItemState.VOTED:
        return [f"Phiên “{item.session.title}” chưa có kết quả biểu quyết về sáng kiến này: đóng biểu quyết trước."]
    return []


def cautions(initiative: Initiative, *, on: datetime.date, alike: Sequence[Similar] | None = None) -> list[str]:
    """What people should look at on a day; none of it stops anything. ``alike`` where it was looked up already."""
    found = []
    if late := _late_words(initiative):
        found.append(late)
    if same := [row for row in (similar(initiative) if alike is None else alike) if row.same]:
        years = ", ".join(str(row.year) for row in same)
        found.append(f"Trùng tên với sáng kiến đã nộp hoặc đã được công nhận (năm {years}): xem lại tính mới.")
    authors = {author.person_id: str(author.person) for author in initiative.authors.all()}
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    seats = Member.objects.filter(in_force, council__kind=CouncilKind.INITIATIVE, person__in=authors)
    heads = set(
        RoleGrant.objects.filter(in_force, role=Role.DIRECTOR, user__person__in=authors).values_list(
            "user__person", flat=True
        )
    )
    for seat in seats:
        if seat.person_id in heads:
            found.append(
                f"{authors[seat.person_id]} đứng đầu cơ quan và là tác giả, nên không là thành viên Hội đồng sáng kiến "
                "khi xét sáng kiến này (Thông tư 18/2013/TT-BKHCN, Điều 8): cử người khác thay."
            )
        elif seat.role == MemberRole.CHAIR:
            found.append(f"Chủ tịch Hội đồng {authors[seat.person_id]} là tác giả: cử người khác điều hành mục này.")
    found += [
        f"{authors[pk]} đứng đầu cơ quan và là tác giả: việc công nhận cần được cơ quan quản lý trực tiếp chấp thuận "
        "(Nghị định 13/2012/NĐ-CP, Điều 7; chưa đối chiếu nguyên văn)."
        for pk in sorted(heads)
    ]
    return found


def _late_words(initiative: Initiative) -> str:
    try:
        return lateness(initiative)
    except NoRule as error:
        return str(error)


def _share_problems(initiative: Initiative) -> list[str]:
    shares = [author.share for author in initiative.authors.all()]
    if not shares:
        return ["Chưa có tác giả: chọn ít nhất một người và ghi tỷ lệ đóng góp."]
    if sum(shares) != WHOLE:
        return [f"Tổng tỷ lệ đóng góp của các tác giả là {sum(shares)}%, phải đúng {WHOLE}%: sửa lại tỷ lệ."]
    return []


def on_agenda(item: Item) -> str:
    """Why it cannot go on another agenda; blank for what a session closed without reaching it."""
    if item.state == ItemState.VOTED:
        return f"Phiên “{item.session.title}” đã biểu quyết về sáng kiến này: ghi nhận kết quả."
    if item.state == ItemState.VOTING or item.session.state in (SessionState.PLANNED, SessionState.OPENED):
        return f"Sáng kiến đang có trong chương trình phiên “{item.session.title}”: rút khỏi phiên đó trước."
    return ""
