"""The units' registration sheets: opened, filled, submitted, sent back with marks, accepted."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, may_run_emulation, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import became_of, launch_day, wholes_of
from thidua.apps.campaigns.states import CampaignState
from thidua.apps.registrations import queries
from thidua.apps.registrations.access import may_keep_sheet
from thidua.apps.registrations.actions.registering import HEAD
from thidua.apps.registrations.models import Mark, Registration, UnitSheet
from thidua.apps.registrations.states import SHEET, SheetState

SECRETARY = "thường trực Hội đồng"
LONGEST_NOTE = 500


@official_act
def open_sheets(*, actor: Actor, campaign: Campaign) -> list[UnitSheet]:
    """Open a sheet for every unit that has none yet and lived on after the launch. Raises CannotDo, Refused."""
    require(may_run_emulation(actor), "thường trực Hội đồng hoặc giám đốc")
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    launched = launch_day(campaign)
    if campaign.state != CampaignState.LAUNCHED or launched is None:
        raise CannotDo("Phong trào không ở trạng thái đang phát động, nên chưa mở bảng đăng ký.")
    had = set(campaign.sheets.values_list("unit_id", flat=True))
    ahead = [unit for unit in wholes_of(campaign).units if unit.pk not in had]
    units = [unit for unit in ahead if unit.until is None or not became_of(unit, on=launched)]
    if not units:
        raise CannotDo("Mọi đơn vị đã có bảng đăng ký; không còn bảng nào để mở.")
    made = UnitSheet.objects.bulk_create(
        UnitSheet(agency=campaign.agency, campaign=campaign, unit=unit) for unit in units
    )
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="open_sheets",
        target=f"campaigns.campaign:{campaign.pk}",
        payload={"units": [unit.code for unit in units]},
    )
    return list(made)


@official_act
def write_contract(*, actor: Actor, sheet: UnitSheet, contract: str) -> UnitSheet:
    """Write the unit's emulation contract (giao ước) while the unit has the sheet. Raises CannotDo, Refused."""
    sheet = _locked(sheet)
    require(may_keep_sheet(actor, unit_id=sheet.unit_id), HEAD)
    if sheet.state not in (SheetState.DRAFTING, SheetState.RETURNED):
        raise CannotDo(
            f"Bảng đăng ký của {sheet.unit.name} đang ở trạng thái “{sheet.get_state_display()}”; "
            "đề nghị Thường trực Hội đồng trả lại bảng rồi sửa bản giao ước."
        )
    if not contract.strip():
        raise CannotDo("Bản giao ước trống. Ghi nội dung giao ước của đơn vị.")
    sheet.contract = contract.strip()
    sheet.save(update_fields=["contract"])
    _record(actor, "write_contract", sheet, {"contract": sheet.contract})
    return sheet


@official_act
def submit_sheet(*, actor: Actor, sheet: UnitSheet, on: datetime.date) -> UnitSheet:
    """Hand the sheet in; open marks count as answered. Late is allowed and shown.

    Raises Refused, MoveRefused, StillOpen, CannotDo.
    """
    sheet = _locked(sheet)
    require(may_keep_sheet(actor, unit_id=sheet.unit_id), HEAD)
    move = open_move(SHEET, "submit_sheet", thing=sheet, actor=actor, queries=queries, who=HEAD)
    launched = launch_day(sheet.campaign)
    if launched is None or on < launched:
        raise CannotDo(f"Ngày nộp {on:%d/%m/%Y} trước ngày phát động. Nhập lại ngày nộp.")
    if ended := became_of(sheet.unit, on=on):
        raise CannotDo(f"{ended} Đơn vị đang hoạt động nộp bảng của mình.")
    sheet.state, sheet.submitted_on, sheet.submitted_by = move.target, on, actor.key
    sheet.save(update_fields=["state", "submitted_on", "submitted_by"])
    sheet.marks.filter(settled_at__isnull=True).update(settled_at=timezone.now())
    _record(actor, "submit_sheet", sheet, {"on": on, "late": queries.sheet_table(sheet.campaign, sheet.unit).late})
    return sheet


@official_act
def return_sheet(*, actor: Actor, sheet: UnitSheet, marks: Sequence[tuple[Registration | None, str]]) -> UnitSheet:
    """Send a sheet back, submitted or accepted, with notes on lines or on the whole (None).

    Raises CannotDo without a note, or for a line that is not (any more) on this sheet; Refused, MoveRefused.
    """
    sheet = _locked(sheet)
    move = open_move(SHEET, "return_sheet", thing=sheet, actor=actor, queries=queries, who=SECRETARY)
    notes = [(row, note.strip()) for row, note in marks if note.strip()]
    _check_marks(sheet, notes)
    sheet.state, sheet.accepted_on, sheet.accepted_by = move.target, None, ""
    sheet.save(update_fields=["state", "accepted_on", "accepted_by"])
    Mark.objects.bulk_create(
        Mark(agency=sheet.agency, sheet=sheet, registration=row, note=note, marked_by=actor.key) for row, note in notes
    )
    said = [[row.pk if row else None, note] for row, note in notes]
    _record(actor, "return_sheet", sheet, {"marks": said})
    return sheet


@official_act
def accept_sheet(*, actor: Actor, sheet: UnitSheet, on: datetime.date) -> UnitSheet:
    """Take a submitted sheet; after that registrations of the unit stand until it is returned.

    Raises Refused, MoveRefused, StillOpen, CannotDo.
    """
    sheet = _locked(sheet)
    move = open_move(SHEET, "accept_sheet", thing=sheet, actor=actor, queries=queries, who=SECRETARY)
    if sheet.submitted_on and on < sheet.submitted_on:
        raise CannotDo(f"Ngày nhận {on:%d/%m/%Y} trước ngày nộp {sheet.submitted_on:%d/%m/%Y}. Nhập lại ngày nhận.")
    sheet.state, sheet.accepted_on, sheet.accepted_by = move.target, on, actor.key
    sheet.save(update_fields=["state", "accepted_on", "accepted_by"])
    _record(actor, "accept_sheet", sheet, {"on": on})
    return sheet


def _locked(sheet: UnitSheet) -> UnitSheet:
    rows = UnitSheet.objects.select_for_update(of=("self",)).select_related("unit", "campaign")
    found: UnitSheet = rows.get(pk=sheet.pk)
    return found


def _check_marks(sheet: UnitSheet, notes: Sequence[tuple[Registration | None, str]]) -> None:
    if not notes:
        raise CannotDo("Trả lại bảng phải ghi ít nhất một chỗ cần sửa.")
    lines = queries.sheet_table(sheet.campaign, sheet.unit)
    own = {line.registration.pk for line in (lines.collective, *lines.people) if line.registration}
    for row, note in notes:
        if len(note) > LONGEST_NOTE:
            raise CannotDo(f"Ghi chú dài {len(note)} chữ; rút còn không quá {LONGEST_NOTE} chữ.")
        if row is not None and row.pk not in own:
            raise CannotDo(f"Có ghi chú ở một dòng không thuộc bảng đăng ký của {sheet.unit.name}. Tải lại trang.")


def _record(actor: Actor, verb: str, sheet: UnitSheet, payload: dict[str, object]) -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"registrations.unitsheet:{sheet.pk}",
        payload={"unit": sheet.unit.code, **payload},
    )
