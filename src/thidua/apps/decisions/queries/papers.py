"""The papers of a decision: the decision itself with its list, the payment list, certificates."""

from collections.abc import Sequence

from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.queries.lists import (
    Signing,
    annulled_by,
    lines_of,
    name_of,
    payable,
    place_of,
    sources_of,
    still_paid,
)
from thidua.apps.decisions.queries.record import signing_entry
from thidua.apps.decisions.queries.votes import sessions_of
from thidua.apps.decisions.states import DecisionKind
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.units.models import Agency
from thidua.core import canonical
from thidua.core.law.deciders import decider
from thidua.core.law.schema import Ruleset
from thidua.core.papers.form import (
    Annex,
    Article,
    Certificate,
    Certificates,
    Column,
    Group,
    Head,
    Letter,
    Row,
    Signer,
    Stock,
    Table,
    TablePaper,
    Total,
)
from thidua.core.papers.form.parts import date_words
from thidua.core.papers.money import dong, money_words
from thidua.core.papers.seal import reference_code, reference_line

DEMO_NOTE = "DỮ LIỆU MINH HỌA – không phải người thật, cơ quan thật"
FORMS = ("GK", "BK")
BLANK_STOCK = Stock()
LIST_COLUMNS = (
    Column("TT", 4, "center"),
    Column("Họ và tên, tên tập thể", 15),
    Column("Đơn vị", 13),
    Column("Hệ số", 5, "center"),
    Column("Số tiền (đồng)", 8, "right"),
    Column("Ghi chú", 12),
)
PAYMENT_COLUMNS = (
    Column("TT", 3, "center"),
    Column("Họ và tên, tên tập thể", 12),
    Column("Danh hiệu, hình thức", 11),
    Column("Hệ số", 4, "center"),
    Column("Mức lương cơ sở (đồng)", 7, "right"),
    Column("Số tiền (đồng)", 7, "right"),
    Column("Ký nhận", 7),
    Column("Ghi chú", 9),
)


def decision_paper(decision: Decision) -> Letter:
    """A decision with its bases, articles and the list as an annex; number and date blank until they are known."""
    lines = lines_of(decision)
    agency = decision.agency
    ruleset = ruleset_on(decision.dated)
    articles = {
        DecisionKind.AWARD: _award_articles,
        DecisionKind.SUPPLEMENT: _supplement_articles,
        DecisionKind.ANNULMENT: _annulment_articles,
    }[DecisionKind(decision.kind)](decision, lines)
    return Letter(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=decision.series,
            kind="Quyết định",
            subject=decision.subject,
            number=str(decision.number or ""),
            place=place_of(decision.year),
            date=decision.dated,
        ),
        opening=(),
        sections=(),
        authority=f"Giám đốc {agency.name}",
        bases=_bases(decision, ruleset, lines),
        resolves="Quyết định:",
        articles=[*articles, _last_article(agency, len(articles) + 1)],
        annexes=[_list(decision, lines)],
        signer=_signer(decision),
        receivers=(f"Như Điều {len(articles) + 1};", "Lãnh đạo Sở;", "Lưu: VT, HĐTĐKT."),
        note=demo_note(agency),
        reference=reference_line(decision_reference(decision, lines)),
    )


def decision_reference(decision: Decision, lines: Sequence[Line]) -> str:
    """The short code at the foot of the paper: from number, date, subject and every line of the list."""
    content = {
        "agency": decision.agency.code,
        "number": decision.number_text,
        "dated": decision.dated,
        "subject": decision.subject,
        "lines": [[name_of(line), line.unit.name, line.title, line.amount] for line in lines],
    }
    return reference_code(canonical.dumps(content))


def _signer(decision: Decision) -> Signer:
    signing = Signing(post=decision.signer_post, name=decision.signer_name)
    return Signer(post=signing.post, name=signing.name, authority=signing.authority)


def demo_note(agency: Agency) -> str:
    """The line that says that an agency and its people are made up; blank for a real one."""
    return DEMO_NOTE if agency.is_demo else ""


def _bases(decision: Decision, ruleset: Ruleset, lines: Sequence[Line]) -> list[str]:
    """Laws that the list rests on, as the packs name them; then the council's minutes, or the decision amended."""
    keys = {part.split(",")[0].strip() for line in lines for part in line.cite.split(";")}
    keys |= {decider(ruleset, title=title).cite.source for title in {line.title for line in lines}}
    bases = [f"Căn cứ {name}" for name in sources_of(ruleset, sorted(keys))]
    if decision.article:
        bases.append(f"Căn cứ {decision.article}")
    if decision.amends is not None:
        bases.append(f"Xét {decision.amends} ngày {decision.amends.dated:%d/%m/%Y} của {decision.agency.name}")
    for session in sessions_of([line.nomination for line in lines if line.nomination]):
        bases.append(f"Căn cứ kết quả phiên họp ngày {session.held_on:%d/%m/%Y} của {session.council.name}")
    return [*bases, "Xét đề nghị của Thường trực Hội đồng Thi đua - Khen thưởng"]


def _award_articles(decision: Decision, lines: Sequence[Line]) -> list[Article]:
    said = [
        f"Công nhận danh hiệu thi đua, tặng hình thức khen thưởng năm {decision.year} cho các tập thể, cá nhân "
        f"thuộc {decision.agency.name} (có danh sách kèm theo), gồm:",
        *_counted(lines),
    ]
    return [Article(1, said), _money_article(2, lines)]


def _supplement_articles(decision: Decision, lines: Sequence[Line]) -> list[Article]:
    said = [
        f"Bổ sung vào danh sách kèm theo {_cited(decision.amends)} các tập thể, cá nhân sau đây "
        "(có danh sách kèm theo):",
        *_counted(lines),
        f"Lý do: {decision.because.rstrip('.')}. Các nội dung khác của {decision.amends} giữ nguyên hiệu lực.",
    ]
    return [Article(1, said), _money_article(2, lines)]


def _annulment_articles(decision: Decision, lines: Sequence[Line]) -> list[Article]:
    total = sum(line.amount for line in lines)
    books = ", ".join(f"{line.annuls.book_number:02d}" for line in lines if line.annuls and line.annuls.book_number)
    said = [
        f"Hủy bỏ kết quả công nhận danh hiệu, khen thưởng tại {_cited(decision.amends)} đối với các tập thể, cá nhân "
        "có tên trong danh sách kèm theo:",
        *_counted(lines),
        f"Lý do: {decision.because.rstrip('.')}.",
    ]
    back = [f"Thu hồi số tiền thưởng đã chi: {dong(total)} đồng (bằng chữ: {money_words(total)})."]
    if books:
        back.append(f"Thu hồi giấy chứng nhận đã vào sổ vàng số {books}; các số này không cấp lại.")
    return [Article(1, said), Article(2, back)]


def _cited(decision: Decision | None) -> str:
    return f"{decision} ngày {decision.dated:%d/%m/%Y}" if decision is not None else "quyết định trước"


def _counted(lines: Sequence[Line]) -> list[str]:
    """“Danh hiệu Lao động tiên tiến: 52 cá nhân;”, one line a title."""
    counts: dict[str, tuple[int, str]] = {}
    for line in lines:
        said = line.title_name if line.title.startswith(FORMS) else f"Danh hiệu “{line.title_name}”"
        counts[said] = (counts.get(said, (0, ""))[0] + 1, "cá nhân" if line.person_id else "tập thể")
    rows = [f"- {said}: {count:02d} {kind}" for said, (count, kind) in counts.items()]
    return [f"{row};" for row in rows[:-1]] + [f"{row}." for row in rows[-1:]]


def _money_article(number: int, lines: Sequence[Line]) -> Article:
    total = sum(line.amount for line in lines)
    base = ", ".join(f"{dong(salary)} đồng" for salary in sorted({line.base_salary for line in lines}))
    return Article(
        number,
        [
            f"Tổng số tiền thưởng kèm theo: {dong(total)} đồng (bằng chữ: {money_words(total)}), tính theo mức lương "
            f"cơ sở {base}/tháng, chi từ quỹ thi đua, khen thưởng. Mức thưởng từng trường hợp ghi trong danh sách.",
        ],
    )


def _last_article(agency: Agency, number: int) -> Article:
    said = (
        f"Quyết định này có hiệu lực kể từ ngày ký. Văn phòng, các phòng, đơn vị thuộc {agency.name} và các tập thể, "
        "cá nhân có tên trong danh sách chịu trách nhiệm thi hành Quyết định này./."
    )
    return Article(number, [said])


def _list(decision: Decision, lines: Sequence[Line]) -> Annex:
    rows: list[Row] = []
    title = ""
    for place, line in enumerate(lines, start=1):
        if line.title_name != title:
            title = line.title_name
            rows.append(Group(title))
        rows.append((str(place), name_of(line), line.unit.name, _decimal(line), dong(line.amount), line.why))
    rows.append(Total("Tổng cộng", (dong(sum(line.amount for line in lines)), "")))
    money = "thu hồi" if decision.kind == DecisionKind.ANNULMENT else "thưởng"
    return Annex(
        title=f"Danh sách tập thể, cá nhân và số tiền {money}",
        note=f"Kèm theo Quyết định số {decision.number_text} {date_words(decision.dated)} của {decision.agency.name}",
        tables=[Table(columns=LIST_COLUMNS, rows=rows)],
    )


def _decimal(line: Line) -> str:
    """“3/10” as “0,3”."""
    top, _, bottom = line.multiplier.partition("/")
    return f"{int(top) / int(bottom or 1):g}".replace(".", ",")


def payment_paper(decision: Decision) -> TablePaper:
    """The list by which the money of a decision is paid out, to be signed for; total in words.

    A line that a signed decision annuls brings only what that one leaves; what was paid already is to be returned.
    """
    agency = decision.agency
    listed = lines_of(decision)
    lines = sorted(listed, key=lambda line: line.unit.code)
    rows: list[Row] = []
    unit = None
    for place, line in enumerate(lines, start=1):
        if line.unit_id != unit:
            unit = line.unit_id
            rows.append(Group(line.unit.name))
        money = (_decimal(line), dong(line.base_salary), dong(still_paid(line)))
        rows.append((str(place), name_of(line), line.title_name, *money, "", _remark(line)))
    total = payable(lines)
    rows.append(Total("Tổng cộng", (dong(total), "", "")))
    takes_back = decision.kind == DecisionKind.ANNULMENT
    return TablePaper(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=f"DS-{agency.code.upper()}",
            kind="Danh sách",
            subject=f"{'Thu hồi' if takes_back else 'Chi'} tiền thưởng theo {_cited(decision)}",
            place=place_of(decision.year),
        ),
        columns=PAYMENT_COLUMNS,
        rows=rows,
        closing=(f"Tổng số tiền: {dong(total)} đồng. Bằng chữ: {money_words(total)}.", *_returned(lines)),
        cosigners=(Signer(post="Người lập"), Signer(post="Kế toán trưởng")),
        signer=_signer(decision),
        note=demo_note(agency),
        reference=reference_line(decision_reference(decision, listed)),
    )


def _remark(line: Line) -> str:
    by = annulled_by(line)
    if by is None:
        return line.why
    back, rest = line.amount - still_paid(line), still_paid(line)
    said = [f"đã hủy bỏ bởi {_cited(by)}"]
    if rest:
        said.append(f"chỉ chi {dong(rest)} đồng cho danh hiệu còn giữ")
    if back:
        said.append(f"nếu đã chi {dong(line.amount)} đồng thì thu hồi {dong(back)} đồng")
    return "; ".join(said)


def _returned(lines: Sequence[Line]) -> list[str]:
    """What is to come back if the money was paid before the annulments."""
    back = sum(line.amount for line in lines) - payable(lines)
    if not back:
        return []
    papers = ", ".join(dict.fromkeys(_cited(by) for line in lines if (by := annulled_by(line))))
    return [
        f"Không chi phần đã hủy bỏ bởi {papers}; nếu đã chi thì thu hồi {dong(back)} đồng "
        f"(bằng chữ: {money_words(back)})."
    ]


def certificates(decision: Decision, stock: Stock = BLANK_STOCK) -> Certificates:
    """Certificates for every line of a signed decision that is in force, in the order of the golden book.

    On pre-printed ``stock`` only what differs from sheet to sheet. Raises BadPaper when no line is in force.
    """
    lines = [line for line in lines_of(decision) if line.book_number and annulled_by(line) is None]
    entry = signing_entry(decision)
    proof = f"Sổ việc số {entry.seq}, mã {entry.hash[:16]}" if entry else ""
    return Certificates(
        authority=f"Giám đốc {decision.agency.name}",
        decision=decision.number_text,
        decided_on=decision.dated,
        place=place_of(decision.year),
        signer=_signer(decision),
        certificates=[_certificate(decision, line, proof) for line in sorted(lines, key=_book)],
        stock=stock,
        note=demo_note(decision.agency),
    )


def _book(line: Line) -> int:
    return line.book_number or 0


def _certificate(decision: Decision, line: Line, proof: str) -> Certificate:
    return Certificate(
        recipient=name_of(line),
        award=line.title_name if line.title.startswith(FORMS) else f"Danh hiệu {line.title_name}",
        unit=line.unit.name if line.person_id else decision.agency.name,
        achievement=f"Đã có thành tích trong phong trào thi đua năm {decision.year}",
        book_number=f"{line.book_number:02d}/{decision.year}",
        reference=proof,
    )
