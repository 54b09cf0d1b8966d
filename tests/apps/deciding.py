"""What tests of decisions and honours share: passed nominations, a draft over them, its signed copy."""

import datetime
from typing import Any

from thidua.apps.decisions.actions import draft_decision, draft_proposal, send_to_sign, take_signed_copy
from thidua.apps.decisions.models import Decision, Proposal
from thidua.apps.files.queries import content
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.units.models import Person, Post, Unit
from thidua.core.papers.seal import sign_pdf, trial_identity

DAY = datetime.date(2020, 12, 31)
LATER = datetime.date(2021, 1, 18)
MOMENT = datetime.datetime(2021, 1, 4, 9, tzinfo=datetime.UTC)
IDENTITY = trial_identity("Người Khác", since=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), days=9999)
SUBJECT = "Về việc công nhận danh hiệu thi đua năm 2020"


def passed(world: Any, title: str, *, person: Person | None = None, unit: Unit | None = None) -> Nomination:
    """A nomination that the council passed."""
    if person is not None:
        unit = Post.objects.current().filter(person=person, until__isnull=True).latest("since").unit
    return Nomination.objects.create(
        agency=world.agency,
        campaign=world.campaign,
        person=person,
        unit=unit,
        title=title,
        state=NominationState.PASSED,
        drafted_by="test",
        drafted_on=DAY,
    )


def clean_people(count: int) -> list[Person]:
    """People without discipline or an open petition."""
    found = Person.objects.filter(disciplines__isnull=True, petitions__isnull=True, posts__until__isnull=True)
    return list(found.order_by("code").distinct()[:count])


def drafted(world: Any, actor: Any, nominations: list[Nomination], **options: Any) -> Decision:
    given: dict[str, Any] = {"actor": actor, "year": 2020, "nominations": nominations, "subject": SUBJECT, "dated": DAY}
    return draft_decision(**(given | options))


def signed_copy(decision: Decision, *, signers: tuple[str, ...] = ()) -> bytes:
    """The paper that went out with the signature of whom it names, or of others one after the other."""
    assert decision.original is not None
    data = content(decision.original)
    for name in signers or (decision.signer_name,):
        identity = trial_identity(name, since=MOMENT)
        data = sign_pdf(data, key=identity.key, certificate=identity.certificate, when=MOMENT)
    return data


def signed(world: Any, actor: Any, decision: Decision, *, on: datetime.date = DAY) -> Decision:
    decision = send_to_sign(actor=actor, decision=decision, on=on)
    return take_signed_copy(actor=actor, decision=decision, data=signed_copy(decision), filename="ky.pdf", on=on)


def seven(world: Any) -> list[Nomination]:
    """Seven people with LĐTT, so that 15% of them is one place, and one of them with CSTĐCS too."""
    people = clean_people(7)
    return [
        *(passed(world, "LDTT", person=person) for person in people),
        passed(world, "CSTDCS", person=people[0]),
    ]


def proposed(world: Any, actor: Any) -> Proposal:
    """A draft of a proposal for a collective and a person, both put forward by name against what the run finds."""
    unit = Unit.objects.exclude(kind="lanh_dao")[0]
    rows = [passed(world, "TTLDXS", unit=unit), passed(world, "CSTDT", person=clean_people(1)[0])]
    for row in rows:
        row.override_by, row.override_because, row.override_article = "test", "Có thành tích đột xuất", "Điều 10"
        row.save()
    return draft_proposal(
        actor=actor, year=2020, nominations=rows, addressed_to="Chủ tịch Ủy ban nhân dân tỉnh", dated=DAY
    )
