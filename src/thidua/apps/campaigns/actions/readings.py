"""Correcting a reading step by step: each act makes a new version, none changes an old one."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.access import WHO, may_run_campaigns
from thidua.apps.campaigns.models import Plan, Reading, ReadingVersion
from thidua.apps.campaigns.queries.readings import current_version, replacement_problems, what_changes
from thidua.apps.campaigns.states import PlanState, ReadingStep
from thidua.apps.files.actions import store_file
from thidua.core.plans import Plan as PlanRead
from thidua.core.plans import PlanError, media_type, read_plan, reread_plan, settling
from thidua.core.plans import correcting as words_of
from thidua.core.plans.by_hand import target_by_hand

Json = dict[str, Any]
HEAD = ("type", "number", "date", "place", "issuer", "subject", "motto", "year")
MOST_WORDS = 20_000  # code points of one passage: about ten pages


@official_act
def accept_doubts(*, actor: Actor, plan: Plan, seen: int, doubts: Sequence[str]) -> ReadingVersion:
    """Decide that doubtful things are right as the reader has them. Raises CannotDo, Refused, as every act here."""
    version = _open(actor, plan, seen)
    waiting = {doubt.key: doubt for doubt in settling.undecided(version.reading.read, version.kept)}
    chosen = [waiting[key] for key in dict.fromkeys(doubts) if key in waiting]
    if not chosen:
        raise CannotDo("Chỗ này không còn chờ quyết định. Tải lại trang để thấy chỗ nào còn chờ.")
    kept = {**version.kept, "decided": {**version.kept["decided"], **_decided(actor, chosen)}}
    return _step(
        actor, version, ReadingStep.ACCEPT, kept=kept, what={"accepted": [doubt.words[:200] for doubt in chosen]}
    )


@official_act
def correct_words(*, actor: Actor, plan: Plan, seen: int, start: int, end: int, words: str) -> Reading:
    """Put right the words from one place of the text to another; blank words are left out.

    The text is read again. When only words differ the new reading stands at once, else it stands aside until
    ``take_reading``: whoever corrects sees first what it changes.
    """
    version = _open(actor, plan, seen)
    text = version.reading.read["text"]
    if not 0 <= start < end <= len(text):
        raise CannotDo("Chỗ này không có trong văn bản. Tải lại trang rồi chọn lại.")
    words = words_of.tidy(words)
    repairs = [words_of.repair_from_json(row) for row in version.reading.read["repairs"]]
    made = words_of.correct_words(text, repairs, start=start, end=end, words=words)
    return _offer(actor, version, ReadingStep.WORDS, made, {"from": text[start:end], "to": words})


@official_act
def correct_passage(*, actor: Actor, plan: Plan, seen: int, start: int, end: int, words: str) -> Reading:
    """Type a passage anew, one line a paragraph; as ``correct_words``."""
    version = _open(actor, plan, seen)
    text = version.reading.read["text"]
    if not 0 <= start < end <= len(text):
        raise CannotDo("Mục này không có trong văn bản. Tải lại trang rồi chọn lại.")
    words = words_of.tidy(words)
    if not words or len(words) > MOST_WORDS:
        raise CannotDo(f"Lời của mục phải có từ 1 đến {MOST_WORDS} chữ; để bỏ một mục, sửa tệp rồi đọc lại.")
    if words == text[start:end]:
        raise CannotDo("Không có chữ nào khác so với bản đang lưu.")
    repairs = [words_of.repair_from_json(row) for row in version.reading.read["repairs"]]
    made = words_of.correct_passage(text, repairs, start=start, end=end, words=words)
    return _offer(actor, version, ReadingStep.PASSAGE, made, {"from": text[start:end], "to": words})


@official_act
def offer_reading(
    *,
    actor: Actor,
    plan: Plan,
    data: bytes,
    filename: str,
    most_scans: int | None = None,
    read: PlanRead | None = None,
) -> Reading:
    """Read a corrected file of the same plan; it stands aside, to be compared and taken. Raises as ``receive_plan``."""
    require(may_run_campaigns(actor), WHO)
    read = read or read_plan(data, filename=filename, most_scans=most_scans)
    stored = store_file(actor=actor.key, agency=actor.agency, data=data, name=filename, media_type=media_type(data))
    reading = Reading.objects.create(
        agency=actor.agency, plan=plan, document=stored, read=read.to_keep(), made_by=actor.key
    )
    _record(actor, "offer_reading", plan, {"reading": reading.pk, "sha256": stored.sha256})
    return reading


@official_act
def take_reading(*, actor: Actor, plan: Plan, reading: Reading, seen: int) -> ReadingVersion:
    """Take a reading that stood aside in place of the present one; what was settled stays where it still fits."""
    version = _open(actor, plan, seen)
    if problems := replacement_problems(version, reading):
        raise CannotDo(" ".join(problems))
    kept, lapsed = settling.carry(version.kept, old=version.reading.read, new=reading.read)
    return _step(
        actor, version, ReadingStep.TAKE, kept=kept, reading=reading, what={"reading": reading.pk, "lapsed": lapsed}
    )


@official_act
def correct_head(*, actor: Actor, plan: Plan, seen: int, **fields: Any) -> ReadingVersion:
    """Put right the head of the document; a blank field is not said. Dates are ISO text."""
    version = _open(actor, plan, seen)
    head = settling.standing(version.reading.read, version.kept)["document"]
    wanted = {name: fields[name] or None for name in HEAD if name in fields}
    changed = {name: value for name, value in wanted.items() if value != head[name]}
    if not changed:
        raise CannotDo("Không có gì khác so với bản đang lưu.")
    read = version.reading.read["document"]
    merged = {**version.kept["head"], **changed}
    kept = {**version.kept, "head": {name: value for name, value in merged.items() if value != read[name]}}
    return _step(
        actor, version, ReadingStep.HEAD, kept=kept, what={name: [head[name], changed[name]] for name in changed}
    )


@official_act
def correct_basis(*, actor: Actor, plan: Plan, seen: int, number: int, **fields: Any) -> ReadingVersion:
    """Put right one basis, by its number from 1."""
    return _correct_row(actor, plan, seen, "bases", number, fields, verb=ReadingStep.BASIS)


@official_act
def add_basis(*, actor: Actor, plan: Plan, seen: int, **fields: Any) -> ReadingVersion:
    """Add a basis that the reader did not find."""
    version = _open(actor, plan, seen)
    kept = settling.added(version.kept, "bases", {**fields, "role": "direct"})
    return _step(actor, version, ReadingStep.ADD_BASIS, kept=kept, what={"added": fields})


@official_act
def drop_basis(*, actor: Actor, plan: Plan, seen: int, number: int, because: str) -> ReadingVersion:
    """Leave out a basis, with the reason."""
    return _drop_row(actor, plan, seen, "bases", number, because, verb=ReadingStep.DROP_BASIS)


@official_act
def correct_target(
    *, actor: Actor, plan: Plan, seen: int, number: int, because: str = "", **fields: Any
) -> ReadingVersion:
    """Put right what a target says, by its number from 1; its sentence stays that of the text."""
    return _correct_row(actor, plan, seen, "targets", number, fields, verb=ReadingStep.TARGET, because=because)


@official_act
def add_target(*, actor: Actor, plan: Plan, seen: int, quote: str, start: int, **fields: Any) -> ReadingVersion:
    """Add a target from a sentence of the text (``start`` is where it stands)."""
    version = _open(actor, plan, seen)
    text, quote = version.reading.read["text"], words_of.tidy(quote)
    place = min((at for at in _places(text, quote)), key=lambda at: abs(at - start), default=None) if quote else None
    if place is None:
        raise CannotDo(f"Câu “{quote[:80]}” không có đúng từng chữ trong văn bản. Chép lại câu từ bản đọc.")
    row = {"title_class": None, "unit_text": None, "approximate": False, **fields, "quote": quote}
    row = _checked({**row, "start": place, "end": place + len(quote), "confidence": settling.SET_BY_HAND})
    kept = settling.added(version.kept, "targets", row)
    return _step(actor, version, ReadingStep.ADD_TARGET, kept=kept, what={"added": _plain(row)})


@official_act
def drop_target(*, actor: Actor, plan: Plan, seen: int, number: int, because: str) -> ReadingVersion:
    """Leave out a target, with the reason."""
    return _drop_row(actor, plan, seen, "targets", number, because, verb=ReadingStep.DROP_TARGET)


@official_act
def undo_step(*, actor: Actor, plan: Plan, seen: int) -> ReadingVersion:
    """Take back the last step that stands; done again it takes back the one before."""
    version = _open(actor, plan, seen)
    back = version.back
    if back is None:
        raise CannotDo("Không còn bước nào để bỏ: đây là bản máy đọc.")
    return _step(
        actor,
        version,
        ReadingStep.UNDO,
        kept=back.kept,
        reading=back.reading,
        what={"undone": version.number, "verb": version.verb},
        back=back.back,
    )


def first_version(actor: Actor, plan: Plan) -> ReadingVersion:
    """The version that a plan starts with: what the reader read, nothing settled. Part of ``receive_plan``."""
    reading = Reading.objects.create(
        agency=plan.agency, plan=plan, document=plan.document, read=plan.reading, made_by=actor.key
    )
    return ReadingVersion.objects.create(
        agency=plan.agency,
        plan=plan,
        number=1,
        reading=reading,
        kept=settling.nothing_kept(),
        verb=ReadingStep.RECEIVE,
        made_by=actor.key,
    )


def accept_rest(actor: Actor, plan: Plan) -> None:
    """Accept as a whole everything still undecided, and record what it was. Part of ``confirm_reading``."""
    version = current_version(plan)
    waiting = settling.undecided(version.reading.read, version.kept)
    if waiting:
        decided = {**version.kept["decided"], **_decided(actor, waiting, how="as_a_whole")}
        what: Json = {"accepted": [doubt.words[:200] for doubt in waiting]}
        _step(actor, version, ReadingStep.ACCEPT_REST, kept={**version.kept, "decided": decided}, what=what)
        plan.refresh_from_db()


def check_seen(plan: Plan, seen: int) -> ReadingVersion:
    """The version that stands; raises CannotDo when it is not the one that the page showed."""
    version = current_version(plan)
    if version.number != seen:
        raise CannotDo(
            "Bản đọc đã được sửa ở một trang khác sau khi bạn mở trang này. Tải lại trang, xem lại rồi làm tiếp."
        )
    return version


def _open(actor: Actor, plan: Plan, seen: int) -> ReadingVersion:
    """The version that stands, its plan locked, if the actor may correct it and saw it."""
    require(may_run_campaigns(actor), WHO)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != PlanState.READ:
        raise CannotDo(
            "Bản đọc đã xác nhận nên không sửa được nữa. Mở lại bản đọc trước, nếu phong trào chưa phát động."
        )
    version = check_seen(plan, seen)
    version.plan = plan
    return version


def _step(
    actor: Actor,
    version: ReadingVersion,
    verb: ReadingStep,
    *,
    kept: Json,
    what: Json,
    reading: Reading | None = None,
    because: str = "",
    back: ReadingVersion | None = None,
) -> ReadingVersion:
    """Write the next version, let the plan show it, and record it."""
    plan, reading = version.plan, reading or version.reading
    made = ReadingVersion.objects.create(
        agency=plan.agency,
        plan=plan,
        number=version.number + 1,
        reading=reading,
        kept=kept,
        verb=verb,
        what=what,
        because=because,
        made_by=actor.key,
        back=back if verb == ReadingStep.UNDO else version,
    )
    plan.reading, plan.document = settling.standing(reading.read, kept), reading.document
    plan.save(update_fields=["reading", "document"])
    _record(actor, verb.value, plan, {"version": made.number, **what}, because=because)
    return made


def _offer(
    actor: Actor, version: ReadingVersion, verb: ReadingStep, made: tuple[str, Sequence[Any]], what: Json
) -> Reading:
    """Read a corrected text; take it at once when nothing but words differs."""
    text, repairs = made
    if text == version.reading.read["text"]:
        raise CannotDo("Không có chữ nào khác so với bản đang lưu. Nếu máy đọc đúng, chọn “Giữ như máy đọc”.")
    try:
        recognised = version.reading.read.get("recognised", ())
        name = version.reading.document.name
        read = reread_plan(text, repairs=repairs, filename=name, recognised=recognised)
    except PlanError as error:
        raise CannotDo(f"Sửa như vậy thì không đọc được kế hoạch nữa: {error}") from error
    reading = Reading.objects.create(
        agency=version.agency,
        plan=version.plan,
        document=version.reading.document,
        read=read.to_json(),
        corrects=version.reading,
        what=what,
        made_by=actor.key,
    )
    comparison, kept, lapsed = what_changes(version, reading)
    if comparison.structural or lapsed:
        _record(actor, "offer_reading", version.plan, {"reading": reading.pk, **what})
    else:
        _step(actor, version, verb, kept=kept, reading=reading, what=what)
    return reading


def _correct_row(
    actor: Actor,
    plan: Plan,
    seen: int,
    what: settling.Rows,
    number: int,
    fields: Json,
    *,
    verb: ReadingStep,
    because: str = "",
) -> ReadingVersion:
    version = _open(actor, plan, seen)
    row = _row(version, what, number)
    now = {**row.now, **fields}
    if what == "targets":
        now = _checked(now)
    changed = {name: value for name, value in now.items() if value != row.now[name]}
    if not changed:
        raise CannotDo("Không có gì khác so với bản đang lưu.")
    kept = settling.changed(version.reading.read, version.kept, what, number - 1, changed, because)
    told = {name: [row.now[name], value] for name, value in changed.items()}
    return _step(
        actor, version, verb, kept=kept, what={"number": number, "of": _name(row.now), **told}, because=because
    )


def _drop_row(
    actor: Actor, plan: Plan, seen: int, what: settling.Rows, number: int, because: str, *, verb: ReadingStep
) -> ReadingVersion:
    version = _open(actor, plan, seen)
    row = _row(version, what, number)
    if not because.strip():
        raise CannotDo("Chưa ghi lý do bỏ. Ghi lý do để người xem sau hiểu vì sao.")
    kept = settling.left_out(version.reading.read, version.kept, what, number - 1, because.strip())
    return _step(
        actor, version, verb, kept=kept, what={"number": number, "dropped": _name(row.now)}, because=because.strip()
    )


def _row(version: ReadingVersion, what: settling.Rows, number: int) -> settling.Row:
    found = settling.rows(version.reading.read, version.kept, what)
    if not 1 <= number <= len(found):
        raise CannotDo(f"Bản đọc không có dòng thứ {number}. Tải lại trang rồi chọn lại.")
    return found[number - 1]


def _checked(row: Json) -> Json:
    try:
        return target_by_hand(row)
    except PlanError as error:
        raise CannotDo(str(error)) from error


def _decided(actor: Actor, doubts: Sequence[settling.Doubt], how: str = "accepted") -> Json:
    at = timezone.now().isoformat(timespec="seconds")
    return {doubt.key: {"how": how, "by": actor.key, "at": at} for doubt in doubts}


def _places(text: str, quote: str) -> list[int]:
    found, place = [], text.find(quote)
    while place >= 0:
        found.append(place)
        place = text.find(quote, place + 1)
    return found


def _plain(row: Json) -> Json:
    """A target without its place, and without the one float that the record does not take."""
    return {name: value for name, value in row.items() if name not in settling.PLACE}


def _name(row: Json) -> str:
    return str(row.get("quote") or row.get("number") or row.get("type"))[:200]


def _record(actor: Actor, verb: str, plan: Plan, payload: Json, *, because: str = "") -> None:
    target = f"campaigns.plan:{plan.pk}"
    record(agency_key=actor.agency.pk, actor=actor.key, verb=verb, target=target, payload=payload, because=because)
