"""Sending a decision out for number and signature, taking the signed copy back, and what takes effect with it."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.decisions import queries
from thidua.apps.decisions.access import DECIDER, WHO, may_override
from thidua.apps.decisions.actions.steps import LONGEST_ARTICLE, LONGEST_REASON, locked, words, write_down
from thidua.apps.decisions.models import Decision, GoldenBook, Line
from thidua.apps.decisions.queries import awards_of, decision_paper, lines_of
from thidua.apps.decisions.states import DECISION, DecisionKind
from thidua.apps.files.actions import store_file, take_number
from thidua.apps.files.models import StoredFile
from thidua.apps.initiatives.actions import release_uses, use_achievement
from thidua.apps.initiatives.queries import law_of_year, unused_for
from thidua.apps.nominations.queries import bound_achievement
from thidua.apps.records.actions import withdraw_fact, write_fact
from thidua.apps.records.models import Achievement, Award
from thidua.core.law.errors import NoRule
from thidua.core.law.limits import use_once_titles
from thidua.core.papers.additions import foreign_part
from thidua.core.papers.errors import BadPaper, BadSignedCopy
from thidua.core.papers.pdf import paper_pdf
from thidua.core.papers.seal import digest, is_named, is_sound, matches_original, read_signatures

PDF = "application/pdf"
LONGEST_WITHDRAWAL = 300
MOST_BYTES_OVER = 20_000_000
CLAIMED = "hồ sơ đề nghị dẫn sáng kiến, đề tài này"
EARLIEST = "hồ sơ đề nghị không dẫn sáng kiến, đề tài nào còn dùng được: lấy cái được công nhận sớm nhất"


@official_act
def send_to_sign(*, actor: Actor, decision: Decision, on: datetime.date, number: int | None = None) -> Decision:
    """Take the number, make the paper that goes out, and keep its bytes.

    A decision that was recalled keeps the number it has. Raises Refused, MoveRefused, StillOpen with every problem,
    CannotDo when the number is taken (with the next free one) or the paper cannot be set.
    """
    decision = locked(decision)
    move = open_move(DECISION, "send_to_sign", thing=decision, actor=actor, queries=queries, who=WHO)
    decision.number = _number(actor, decision, number)
    try:
        data = paper_pdf(decision_paper(decision))
    except (BadPaper, NoRule) as error:
        raise CannotDo(f"Chưa dựng được văn bản: {error}") from error
    decision.original = _store(actor, data, f"{decision.number:02d}-{decision.series}.pdf")
    decision.sent_on = on
    decision.state = move.target
    decision.save(update_fields=["number", "original", "sent_on", "state"])
    payload: dict[str, object] = {"number": decision.number_text, "sha256": decision.original.sha256, "on": on}
    write_down(actor, "send_to_sign", decision, payload | {"overrides": decision.overrides})
    return decision


def _number(actor: Actor, decision: Decision, number: int | None) -> int:
    if decision.number is not None:
        if number not in (None, decision.number):
            raise CannotDo(f"Dự thảo này đã lấy số {decision.number_text}; số đã lấy không đổi. Để trống ô số.")
        return decision.number
    if number is not None and number < 1:
        raise CannotDo("Số văn bản bắt đầu từ 01. Để trống để lấy số tiếp theo.")
    try:
        with transaction.atomic():
            taken = take_number(
                actor=actor,
                series=decision.series,
                dated=decision.dated,
                taken_for=f"decisions.decision:{decision.pk}",
                label=decision.subject,
                number=number,
            )
    except IntegrityError as error:
        raise CannotDo("Số này vừa được cấp cho văn bản khác. Bấm lại để lấy số tiếp theo.") from error
    return taken.number


def _store(actor: Actor, data: bytes, name: str) -> StoredFile:
    return store_file(actor=actor.key, agency=actor.agency, data=data, name=name, media_type=PDF)


@official_act
def take_signed_copy(
    *,
    actor: Actor,
    decision: Decision,
    data: bytes,
    filename: str,
    on: datetime.date,
    because: str = "",
    article: str = "",
) -> Decision:
    """Take the signed copy: it must start with the very bytes that were sent. With it the decision is in force.

    One signature must be of whom the decision names; the director takes a copy without it by giving a reason
    (``because``) and an ``article``, which are kept like every problem set aside.

    Then every line gets its number in the golden book and its award on record, and an initiative that carried a title
    is used up; an annulment ends the awards instead, and frees the initiatives. Raises Refused, MoveRefused,
    StillOpen, CannotDo.
    """
    decision = locked(decision)
    move = open_move(DECISION, "take_signed_copy", thing=decision, actor=actor, queries=queries, who=WHO)
    assert decision.original is not None  # a decision that was sent has its paper
    assert decision.sent_on is not None
    if on < decision.sent_on:
        raise CannotDo(f"Ngày nhận bản ký {on:%d/%m/%Y} đứng trước ngày gửi ký {decision.sent_on:%d/%m/%Y}.")
    signers = _check_copy(decision, decision.original, data)
    if stranger := _signed_by_others(decision, signers):
        decision.overrides = [*decision.overrides, _set_aside(actor, stranger, because, article)]
    decision.signed = _store(actor, data, filename or f"{decision.number}-da-ky.pdf")
    decision.signed_on = on
    decision.state = move.target
    decision.save(update_fields=["signed", "signed_on", "state", "overrides"])
    lines = lines_of(decision)
    payload: dict[str, object] = {
        "number": decision.number_text,
        "sha256": decision.signed.sha256,
        "original": decision.original.sha256,
        "on": on,
        "signers": signers,
        "overrides": decision.overrides,
    }
    if decision.kind == DecisionKind.ANNULMENT:
        payload["ended"] = _end_awards(actor, decision, lines)
        payload["released"] = _release_achievements(actor, decision, lines)
    else:
        payload["book"] = _enter_in_book(actor, decision, lines)
        _write_awards(actor, decision, lines)
        payload["used"] = _use_achievements(actor, decision, lines)
    write_down(actor, "take_signed_copy", decision, payload, because=decision.because)
    return decision


def _check_copy(decision: Decision, original: StoredFile, data: bytes) -> list[str]:
    """Who signed; raises CannotDo for a file that is not the signed copy of what went out."""
    retry = "Tải bản gốc ở trang này, ký số trên đúng tệp ấy rồi nộp lại."
    if not data:
        raise CannotDo("Tệp trống. Chọn tệp PDF đã ký số rồi nộp lại.")
    if len(data) > original.size + MOST_BYTES_OVER:
        raise CannotDo(f"Tệp lớn hơn bản gốc quá {MOST_BYTES_OVER // 1_000_000} MB, không phải bản ký. {retry}")
    if digest(data) == original.sha256:
        raise CannotDo(f"Tệp này là bản gốc của {decision}, chưa có chữ ký số. {retry}")
    if not matches_original(data, original.sha256, original.size):
        raise CannotDo(f"Tệp này không phải bản ký của {decision}: phần đầu khác với tệp đã gửi đi. {retry}")
    try:
        found = read_signatures(data)
        if not found:
            raise CannotDo(f"Tệp này bắt đầu đúng như {decision} nhưng không có chữ ký số. {retry}")
        if not is_sound(found):
            raise CannotDo(f"Chữ ký số trong tệp không nguyên vẹn: có phần bị sửa hoặc thêm sau khi ký. {retry}")
        if found_more := foreign_part(data, issued_size=original.size, signer=decision.signer_name):
            raise CannotDo(f"Tệp đã ký không chỉ thêm chữ ký vào {decision}: {found_more}. {retry}")
    except BadSignedCopy as error:
        raise CannotDo(f"Không đọc được chữ ký trong tệp: {error}") from error
    return [signature.signer for signature in found]


def _signed_by_others(decision: Decision, signers: Sequence[str]) -> str:
    """That no signature is of whom the decision names; blank when one is: others, as the agency's, may stand by it."""
    if any(is_named(signer, decision.signer_name) for signer in signers):
        return ""
    return f"Tệp ký bởi {', '.join(signers)}; người ký của quyết định là {decision.signer_post} {decision.signer_name}."


def _set_aside(actor: Actor, problem: str, because: str, article: str) -> dict[str, str]:
    """The problem as the director sets it aside. Raises CannotDo without reason and article, Refused for others."""
    if not (because.strip() or article.strip()):
        raise CannotDo(
            f"{problem} Đề nghị đúng người ấy ký rồi nộp lại; người khác ký thay thì rút về dự thảo, đổi "
            "người ký rồi gửi lại; chứng thư ghi tên khác thì giám đốc nhận, nêu lý do và căn cứ."
        )
    require(may_override(actor), DECIDER)
    reason = words(because, what="lý do nhận bản ký của người khác tên", longest=LONGEST_REASON)
    cited = words(article, what="căn cứ (điều, khoản, văn bản)", longest=LONGEST_ARTICLE)
    return {"problem": problem, "by": actor.name, "because": reason, "article": cited}


def _enter_in_book(actor: Actor, decision: Decision, lines: Sequence[Line]) -> list[int]:
    """Numbers of the golden book, ascending and each once for ever."""
    last = GoldenBook.objects.filter(year=decision.year).last()
    first = last.number + 1 if last else 1
    try:
        with transaction.atomic():
            for number, line in enumerate(lines, start=first):
                line.book_number = number
                GoldenBook.objects.create(agency=actor.agency, year=decision.year, number=number, line=line)
    except IntegrityError as error:
        raise CannotDo("Sổ vàng vừa được ghi cho quyết định khác. Bấm nhận bản ký lần nữa.") from error
    Line.objects.bulk_update(lines, ["book_number"])
    return [first, first + len(lines) - 1]


def _write_awards(actor: Actor, decision: Decision, lines: Sequence[Line]) -> None:
    for line in lines:
        write_fact(
            actor=actor,
            model=Award,
            source=f"{decision} ngày {decision.dated:%d/%m/%Y}",
            document=decision.signed,
            person=line.person,
            unit=None if line.person else line.unit,
            year=decision.year,
            title=line.title,
            decision=decision.number_text,
            decided_on=decision.dated,
        )


def _use_achievements(actor: Actor, decision: Decision, lines: Sequence[Line]) -> list[dict[str, object]]:
    """The achievement that carries each title that asks for one: [{"line", "achievement", "because"}].

    Which titles those are is the agency's own rule; without that rule nothing is used up.
    """
    try:
        titles = use_once_titles(law_of_year(decision.year))
    except NoRule:
        return []
    used: list[dict[str, object]] = []
    for line in lines:
        if line.title not in titles or line.person_id is None:
            continue
        achievement, because = _carrying(line, line.person_id, decision.year)
        if achievement is not None:
            use_achievement(
                actor=actor,
                achievement=achievement,
                title=line.title,
                year=decision.year,
                used_for=_address(line),
                because=because,
            )
            used.append({"line": line.pk, "achievement": achievement.pk, "because": because})
    return used


def _carrying(line: Line, person_pk: int, year: int) -> tuple[Achievement | None, str]:
    """The achievement that a nomination claims, else the earliest free one; and why it is this one."""
    if line.nomination and (bound := bound_achievement(line.nomination)):
        return bound, CLAIMED
    free = unused_for(person_pk, line.title, year)
    return min(free, key=lambda item: (item.recognised_on or datetime.date.max, item.pk), default=None), EARLIEST


def _address(line: Line) -> str:
    """The address by which the ledger names what used an achievement."""
    return f"decisions.line:{line.pk}"


def _end_awards(actor: Actor, decision: Decision, lines: Sequence[Line]) -> list[int]:
    """The awards of the annulled lines, in whatever version, are withdrawn: they stay on record, and no longer count.

    That each line has one was looked at before (``missing_awards``).
    """
    awards = awards_of([line.annuls for line in lines if line.annuls])
    because = f"{decision}: {decision.because}"[:LONGEST_WITHDRAWAL]
    for fact in awards.values():
        withdraw_fact(actor=actor, fact=fact, because=because)
    return [fact.pk for fact in awards.values()]


def _release_achievements(actor: Actor, decision: Decision, lines: Sequence[Line]) -> list[int]:
    """What carried an annulled title is free again: the keys of the achievements."""
    released = release_uses(
        actor=actor,
        used_for=[_address(line.annuls) for line in lines if line.annuls],
        released_for=f"decisions.decision:{decision.pk}",
        because=f"{decision}: {decision.because}",
    )
    return [release.use.achievement_id for release in released]


@official_act
def recall(*, actor: Actor, decision: Decision, because: str) -> Decision:
    """Take a decision back from signature to draft; its number stays taken for it. Raises Refused, MoveRefused."""
    decision = locked(decision)
    move = open_move(DECISION, "recall", thing=decision, actor=actor, queries=queries, who=WHO)
    because = words(because, what="lý do rút về", longest=LONGEST_REASON)
    recalled = decision.original.sha256 if decision.original else None
    decision.state, decision.original, decision.sent_on = move.target, None, None
    decision.save(update_fields=["state", "original", "sent_on"])
    write_down(actor, "recall", decision, {"number": decision.number, "sha256": recalled}, because=because)
    return decision
