"""From January to June: the law, the plan, the people, the cascade, the briefings, the registrations."""

import datetime

from thidua.apps.accounts.states import Role
from thidua.apps.campaigns.actions import (
    accept_doubts,
    acknowledge,
    acknowledge_by_paper,
    allocate,
    confirm_reading,
    correct_words,
    deliver,
    hold_briefing,
    launch,
    receive_delivery,
    receive_plan,
    set_milestones,
)
from thidua.apps.campaigns.models import Acknowledgement, Delivery, Plan
from thidua.apps.campaigns.queries import (
    acknowledgement_sheet,
    allocation_problems,
    current_version,
    milestones_of,
    propose_amounts,
    standing_of,
)
from thidua.apps.policy.actions import activate_packs, install_pack
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.actions import import_department
from thidua.apps.records.states import ImportPart
from thidua.apps.registrations.actions import (
    accept_sheet,
    open_sheets,
    register_titles,
    return_sheet,
    submit_sheet,
    write_contract,
)
from thidua.apps.registrations.models import UnitSheet
from thidua.core.feasibility import check_targets
from thidua.core.law.load import read_directory
from thidua.core.papers.pdf import paper_pdf
from thidua.core.plans.formulas import target_from_json
from thidua.core.plans.plan import Target
from thidua.project.story.teller import FIRST_DAY, HEADS, YEAR, Teller, head_account, members_of, open_demo_account

PLAN = "ke-hoach-2020.ocr.txt"
WORKBOOK = "so-tai-chinh-2020.xlsx"
LAYERS = ("vn.national", "vn.example-department")
LAST_DAY = datetime.date(2020, 12, 31)
LAUNCHED = datetime.date(2020, 5, 18)
COUNCIL_DAY = datetime.date(2020, 12, 23)
PUT_RIGHT = {"qui": "qui", "chu": "chủ", "trrong": "trương", "Vvé": "về"}  # of what the scan shows
SHOWN_PERSON = "TC017"
RETURNED = "TCDN"
CONTRACT = (
    "Tập thể {unit} giao ước: hoàn thành 100% nhiệm vụ được giao đúng hạn; giữ nghiêm kỷ luật, kỷ cương hành chính; "
    "xây dựng ít nhất một cách làm mới trong năm; không có người vi phạm kỷ luật."
)


def law(teller: Teller) -> None:
    """The law and the agency's own rules, and the secretary's account."""
    open_demo_account(teller, "thuong-truc", Role.SECRETARY)
    secretary = teller.secretary
    installed = [install_pack(actor=secretary, files=read_directory(teller.packs / name)) for name in LAYERS]
    because = "Luật năm 2020 và quy chế minh họa của Sở"
    activate_packs(actor=secretary, packs=installed, since=FIRST_DAY, because=because)
    print(", ".join(pack.label for pack in installed))


def plan(teller: Teller) -> None:
    """The plan is taken in and its targets are checked with the law."""
    data = (teller.sample / PLAN).read_bytes()
    received = receive_plan(actor=teller.secretary, data=data, filename=PLAN)
    _decide_doubts(teller, received)
    _print_feasibility([target_from_json(row) for row in received.reading["targets"]])
    campaign = confirm_reading(actor=teller.secretary, plan=received)
    launch(actor=teller.secretary, campaign=campaign, on=LAUNCHED)
    set_milestones(actor=teller.secretary, campaign=campaign, council_on=COUNCIL_DAY)
    print(f"{campaign.title}: {campaign.targets.count()} chỉ tiêu, phát động ngày {LAUNCHED:%d/%m/%Y}.")
    for milestone in milestones_of(campaign):
        print(f"  hạn {milestone.due:%d/%m/%Y}: {milestone.get_kind_display()} ({milestone.why})")


def _decide_doubts(teller: Teller, received: Plan) -> None:
    """The secretary holds each doubtful place against the scan: puts the word right, or keeps it as it was read."""
    while waiting := standing_of(received).waiting:
        doubt, seen = waiting[0], current_version(received).number
        right = PUT_RIGHT.get(doubt.row.get("from", ""))
        if right is None:
            accept_doubts(actor=teller.secretary, plan=received, seen=seen, doubts=[doubt.key])
        else:
            place = {"start": doubt.row["start"], "end": doubt.row["end"]}
            correct_words(actor=teller.secretary, plan=received, seen=seen, words=right, **place)
        print(f"  {doubt.words.rstrip('.')}: {'giữ như máy đọc' if right is None else f'sửa thành “{right}”'}")
    received.refresh_from_db()


def people(teller: Teller) -> None:
    """The office's lists of people, posts and earlier years, and accounts for those who act."""
    taken = import_department(
        actor=teller.secretary,
        campaign=teller.campaign,
        data=(teller.sample / WORKBOOK).read_bytes(),
        filename=WORKBOOK,
        part=ImportPart.START,
    )
    print(", ".join(f"{count} {name}" for name, count in taken.counts.items() if count))
    staff = teller.people()
    open_demo_account(teller, "giam-doc", Role.DIRECTOR, person=staff["TC001"])
    open_demo_account(teller, "can-bo", Role.MEMBER, person=staff[SHOWN_PERSON])
    for unit in teller.units():
        open_demo_account(teller, head_account(unit.code), Role.HEAD, person=staff[HEADS[unit.code]], unit=unit)
    named = {"TC001", SHOWN_PERSON, *HEADS.values()}
    for code in sorted({row[0].split(":")[0] for row in teller.rows("initiatives_2020.txt")} - named):
        open_demo_account(teller, code.lower(), Role.MEMBER, person=staff[code])


def cascade(teller: Teller) -> None:
    """Targets are handed down to the units, with sums checked; each head receives them."""
    campaign = teller.campaign
    for target, amounts in propose_amounts(campaign).items():
        allocate(actor=teller.secretary, target=target, amounts=amounts)
    print("\n".join(allocation_problems(campaign)) or "Tổng giao cho các đơn vị khớp với chỉ tiêu của Sở.")
    deliver(actor=teller.secretary, campaign=campaign, on=datetime.date(2020, 5, 20))
    for delivery in Delivery.objects.filter(campaign=campaign).select_related("unit"):
        receive_delivery(actor=teller.head(delivery.unit), delivery=delivery, on=datetime.date(2020, 5, 21))
    print(f"{len(teller.units())} đơn vị đã nhận kế hoạch và chỉ tiêu.")


def briefings(teller: Teller) -> None:
    """Each unit is briefed; who has an account says so themselves, the others sign the printed list."""
    campaign = teller.campaign
    with_account = {"TC001": teller.director, SHOWN_PERSON: teller.actor("can-bo")}
    with_account |= {person: teller.actor(head_account(unit)) for unit, person in HEADS.items()}
    for unit in teller.units():
        head = teller.head(unit)
        hold_briefing(
            actor=head,
            campaign=campaign,
            unit=unit,
            held_on=datetime.date(2020, 5, 25),
            place="Phòng họp của đơn vị",
            led_by=head.name,
            content="Quán triệt Kế hoạch phát động phong trào thi đua năm 2020; giao chỉ tiêu tới từng người",
        )
        members = members_of(unit, on=LAUNCHED)
        for person in members:
            if person.code in with_account:
                acknowledge(actor=with_account[person.code], campaign=campaign, on=datetime.date(2020, 5, 25))
        signed = [person for person in members if person.code not in with_account]
        acknowledge_by_paper(
            actor=head,
            campaign=campaign,
            people=signed,
            on=datetime.date(2020, 5, 26),
            scan=paper_pdf(acknowledgement_sheet(campaign, unit)),
            filename=f"danh-sach-ky-{unit.code.lower()}.pdf",
        )
    print(f"{Acknowledgement.objects.filter(campaign=campaign).count()} người đã xác nhận được quán triệt.")


def registrations(teller: Teller) -> None:
    """People and units register titles; one sheet comes back with marks, and is submitted again."""
    campaign = teller.campaign
    open_sheets(actor=teller.secretary, campaign=campaign)
    staff, units = teller.people(), {unit.code: unit for unit in teller.units()}
    homes = {person.code: unit for unit in units.values() for person in members_of(unit, on=LAUNCHED)}
    for code, titles, day in teller.rows("registrations_2020.txt"):
        wanted = titles.split(",") if titles else []
        unit = units.get(code) or homes[code]
        register_titles(
            actor=teller.head(unit),
            campaign=campaign,
            titles=wanted,
            person=staff.get(code),
            unit=units.get(code),
            on=datetime.date.fromisoformat(day),
        )
    sheets = {sheet.unit.code: sheet for sheet in UnitSheet.objects.filter(campaign=campaign).select_related("unit")}
    for sheet in sheets.values():
        head = teller.head(sheet.unit)
        write_contract(actor=head, sheet=sheet, contract=CONTRACT.format(unit=sheet.unit.name))
        submit_sheet(actor=head, sheet=sheet, on=datetime.date(2020, 6, 5))
    mark = "Đề nghị ghi rõ người phụ trách nội dung “cách làm mới” trong bản giao ước."
    back = return_sheet(actor=teller.secretary, sheet=sheets[RETURNED], marks=[(None, mark)])
    head = teller.head(back.unit)
    contract = CONTRACT.format(unit=back.unit.name) + " Người phụ trách cách làm mới: Phó Trưởng phòng."
    write_contract(actor=head, sheet=back, contract=contract)
    submit_sheet(actor=head, sheet=back, on=datetime.date(2020, 6, 9))
    for sheet in UnitSheet.objects.filter(campaign=campaign):
        accept_sheet(actor=teller.secretary, sheet=sheet, on=datetime.date(2020, 6, 10))
    print(f"{len(sheets)} bảng đăng ký đã nhận; 1 bảng trả lại để sửa rồi nộp lại.")


def _print_feasibility(targets: list[Target]) -> None:
    ruleset = ruleset_on(datetime.date(YEAR, 12, 31))
    for finding in check_targets(targets, ruleset, headcount=62, collectives=9):
        print(f"[{finding.kind}] {finding.sentence}\n    {finding.arithmetic}")
        print(f"    → {finding.remedies[0]}")
