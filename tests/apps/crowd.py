"""Two thousand people in the sample year: as many as a large department has, written in bulk beside the sample's own.

Nothing of this passes through the actions: pages only read it, and they read rows, not histories.
"""

import datetime
from typing import Any

from thidua.apps.audit.actions import record
from thidua.apps.councils.models import Attendance, Council, Item, Member, Session
from thidua.apps.decisions.models import Decision, Line, Proposal, ProposalLine
from thidua.apps.evaluations.models import FindingRow, Judged
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.initiatives.models import Author, Initiative
from thidua.apps.nominations.models import Appraisal, Nomination
from thidua.apps.records.models import Achievement, FactObjection, Petition, Rating
from thidua.apps.records.states import AchievementKind
from thidua.apps.registrations.models import Registration, UnitSheet
from thidua.apps.units.models import Person, Post, Unit
from thidua.core.vietnamese import fold, name_sort_key

PEOPLE = 2000
UNITS = 20
DAY = datetime.date(2020, 12, 23)
SINCE = datetime.date(2015, 1, 1)
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
MIDDLES = ("Thị Thanh", "Văn", "Đức", "Thị Ngọc", "Hữu", "Minh", "Quang")
GIVEN = ("An", "Bình", "Cường", "Dung", "Giang", "Hà", "Huế", "Khánh", "Lan", "Mai", "Nga", "Oanh", "Phúc")
OUTCOMES = ("met", "met", "not_met", "unknown", "met", "deferred", "not_reviewed")


class Crowd:
    """The sample year with so many people in it; each noun is added by its own method, people first."""

    def __init__(self, agency: Any, campaign: Any, run: Any) -> None:
        self.agency, self.campaign, self.run = agency, campaign, run
        self.people = self._people(PEOPLE - Person.objects.count())
        self.judged = self._judged()
        self._records()
        self.nominations = self._nominations()
        self.session = self._session()
        self.meeting = self._meeting()
        self.draft = self._decision(state="drafted")
        self.signed = self._decision(state="signed", number=900)
        self.proposal = self._proposal()
        self.posting = self._posting()
        self.initiatives = self._initiatives()

    def _people(self, count: int) -> list[tuple[Person, Unit]]:
        names = [f"Phòng Nghiệp vụ chuyên ngành số {number}" for number in range(1, UNITS + 1)]
        units = Unit.objects.bulk_create(
            Unit(agency=self.agency, code=f"NV{place:02d}", name=name, folded=fold(name), kind="phong", since=SINCE)
            for place, name in enumerate(names, 1)
        )
        people = []
        for place in range(count):
            name = " ".join(words[place % len(words)] for words in (SURNAMES, MIDDLES, GIVEN))
            code = f"DN{place:04d}"
            own = {"full_name": name, "sort_key": name_sort_key(name), "folded": fold(name)}
            people.append(Person(agency=self.agency, code=code, category="cong_chuc", recruited_on=SINCE, **own))
        held = [(person, units[place % UNITS]) for place, person in enumerate(Person.objects.bulk_create(people))]
        Post.objects.bulk_create(
            Post(agency=self.agency, person=person, unit=unit, title="Chuyên viên", since=SINCE)
            for person, unit in held
        )
        return held

    def _judged(self) -> list[Judged]:
        like = self.run.judged.get(person__code="TC017")
        unit_like = self.run.judged.filter(person=None).exclude(unit__kind="lanh_dao").first()
        rows = [self._row(like, unit, person) for person, unit in self.people]
        rows += [self._row(unit_like, unit, None) for unit in {unit.pk: unit for _who, unit in self.people}.values()]
        judged = Judged.objects.bulk_create(rows)
        titles = {row.kind: list(row.findings.all()) for row in (like, unit_like)}
        FindingRow.objects.bulk_create(
            FindingRow(
                agency=self.agency,
                judged=row,
                title=found.title,
                outcome=OUTCOMES[place % len(OUTCOMES)],
                failed=found.failed,
                missing=found.missing,
            )
            for place, row in enumerate(judged)
            for found in titles[row.kind]
        )
        limit = self.run.quotas.get()
        limit.pk, limit.scope_code, limit.base_count, limit.places, limit.most_places = None, "NV", 1500, 225, 225
        limit.ranked = [person.code for person, _unit in self.people[:1000]]
        limit.groups = [2] * 500
        limit.save()
        return judged

    def _row(self, like: Judged, unit: Unit, person: Person | None) -> Judged:
        facts = {**like.facts, "unit_id": unit.code}
        own = {"agency": self.agency, "run": self.run, "unit": unit, "person": person}
        return Judged(facts=facts, sources=like.sources, **own)

    def _records(self) -> None:
        own = {"agency": self.agency, "source": "Sổ tổng hợp của cơ quan", "written_by": "user:1"}
        Rating.objects.bulk_create(Rating(person=who, year=2020, grade="HTXS", **own) for who, _unit in self.people)
        Petition.objects.bulk_create(
            Petition(person=who, kind="khieu_nai", accepted_on=DAY, **own) for who, _unit in self.people[:300]
        )
        Achievement.objects.bulk_create(
            Achievement(
                person=who,
                name=f"Cải tiến quy trình thẩm tra quyết toán số {place}",
                kind=AchievementKind.INITIATIVE,
                scope="co_so",
                year=2020,
                decision="412/QĐ-STC",
                **own,
            )
            for place, (who, _unit) in enumerate(self.people)
        )
        FactObjection.objects.bulk_create(
            FactObjection(
                agency=self.agency,
                fact=f"records.rating:{row.pk}",
                label="Xếp loại năm 2020: Hoàn thành xuất sắc nhiệm vụ",
                person_id=row.person_id,
                reason="Kết quả xếp loại ghi chưa đúng với thông báo đã nhận.",
                raised_on=DAY,
                raised_by="user:1",
            )
            for row in Rating.objects.filter(person__code__startswith="DN")[:500]
        )
        aims = ["LDTT", "CSTDCS"]
        Registration.objects.bulk_create(
            Registration(agency=self.agency, campaign=self.campaign, person=who, registered=True, titles=aims)
            for who, _unit in self.people
        )
        UnitSheet.objects.bulk_create(
            UnitSheet(agency=self.agency, campaign=self.campaign, unit=unit, state="submitted", submitted_on=SINCE)
            for unit in {unit.pk: unit for _who, unit in self.people}.values()
        )

    def _nominations(self) -> list[Nomination]:
        own = {"agency": self.agency, "campaign": self.campaign, "drafted_by": "user:1", "drafted_on": DAY}
        made = Nomination.objects.bulk_create(
            Nomination(person=who, unit=unit, title=title, state=state, **own)
            for who, unit in self.people
            for title, state in (("LDTT", "passed"), ("CSTDCS", "on_agenda"), ("CSTDT", "passed"))
        )
        Appraisal.objects.bulk_create(
            Appraisal(
                agency=self.agency,
                nomination=row,
                outcome="met",
                run_id=self.run.pk,
                advice="eligible",
                on=DAY,
                by="user:1",
            )
            for row in made
        )
        return made

    def _session(self, *, kind: str = "emulation", unit: Unit | None = None) -> Session:
        seats = [(who, of) for who, of in self.people if unit is None or of == unit][: None if unit else 25]
        name = "Hội nghị bình xét" if unit else "Hội đồng Thi đua - Khen thưởng"
        council = Council.objects.create(agency=self.agency, kind=kind, name=name, unit=unit, since=SINCE)
        roles = ["chair", "clerk", *["member"] * len(seats)]
        members = Member.objects.bulk_create(
            Member(agency=self.agency, council=council, person=who, role=role, since=SINCE)
            for (who, _unit), role in zip(seats, roles, strict=False)
        )
        made = Session.objects.create(
            agency=self.agency,
            council=council,
            year=2020,
            title="Phiên xét danh hiệu năm 2020",
            held_on=DAY,
            place="Phòng họp số 1",
            chair=members[0],
            clerk=members[1],
            quorum="2/3",
            quorum_cite="Quy chế",
            state="opened",
            opened_at=datetime.time(8),
        )
        Attendance.objects.bulk_create(
            Attendance(agency=self.agency, session=made, member=member, presence="present") for member in members
        )
        subjects = [row for row in self.nominations if row.title == "CSTDCS" and unit in (None, row.unit)]
        Item.objects.bulk_create(
            Item(
                agency=self.agency,
                session=made,
                number=number,
                subject_kind="nomination" if unit is None else "unit_nomination",
                subject_id=row.pk,
                label=f"{row.person}: Chiến sĩ thi đua cơ sở",
                detail=f"{row.unit.name}. Đủ điều kiện theo kết quả xét; thẩm định: đủ điều kiện, đề nghị xét.",
                address=f"/de-nghi/ho-so/{row.pk}/",
                title="CSTDCS",
                mode="open",
                share="1/2",
                more_than=True,
                of="present",
                cite="Quy chế Hội đồng",
                grade="memory",
                state="voting",
                base=len(members),
                needed=len(members) // 2 + 1,
            )
            for number, row in enumerate(subjects, 1)
        )
        if unit is None:
            self._vote(made, first=len(subjects) + 1)
        entry = {"verb": "open_session", "target": f"councils.session:{made.pk}", "payload": {}}
        record(agency_key=self.agency.pk, actor="user:1", **entry)
        return made

    def _vote(self, session: Session, *, first: int) -> None:
        """The titles that go up are voted on already, in the same session."""
        like = session.items.first()
        assert like is not None
        rows = [row for row in self.nominations if row.title == "CSTDT"]
        known = {field.attname: getattr(like, field.attname) for field in Item._meta.concrete_fields}
        own = {"state": "voted", "passed": True, "yes": 25, "no": 0, "other": 0, "title": "CSTDT"}
        Item.objects.bulk_create(
            Item(**(known | own | {"id": None, "number": number, "subject_id": row.pk}))
            for number, row in enumerate(rows, first)
        )

    def _meeting(self) -> Session:
        return self._session(kind="unit", unit=self.people[0][1])

    def _decision(self, *, state: str, number: int | None = None) -> Decision:
        paper = self.campaign.plan.document if number else None
        made = Decision.objects.create(
            agency=self.agency,
            year=2020,
            kind="award",
            subject="Về việc công nhận danh hiệu thi đua năm 2020",
            state=state,
            dated=DAY,
            number=number,
            series="QĐ-STC",
            signer_post="GIÁM ĐỐC",
            signer_name="Đặng Thị Hồng",
            drafted_by="user:1",
            signed_on=DAY if number else None,
            original=paper,
            signed=paper,
        )
        Line.objects.bulk_create(
            Line(
                agency=self.agency,
                decision=made,
                nomination=None,
                person=who,
                unit=unit,
                title="LDTT",
                title_name="Lao động tiên tiến",
                multiplier="0.3",
                base_salary=1490000,
                amount=450000,
                cite="Nghị định 91/2017/NĐ-CP, Điều 69",
                book_number=place if number else None,
            )
            for place, (who, unit) in enumerate(self.people, 1)
        )
        return made

    def _proposal(self) -> Proposal:
        made = Proposal.objects.create(
            agency=self.agency,
            year=2020,
            addressed_to="Chủ tịch Ủy ban nhân dân tỉnh",
            dated=DAY,
            series="TTr-STC",
            drafted_by="user:1",
        )
        rows = [row for row in self.nominations if row.title == "CSTDT"][:1000]
        ProposalLine.objects.bulk_create(
            ProposalLine(agency=self.agency, proposal=made, nomination=row) for row in rows
        )
        return made

    def _posting(self) -> Posting:
        lines = [{"name": str(who), "unit": unit.name, "title": "Lao động tiên tiến"} for who, unit in self.people]
        made = Posting.objects.create(
            agency=self.agency,
            kind="decision",
            year=2020,
            title="Danh sách được công nhận năm 2020",
            slug="dong-nguoi",
            decision=self.signed,
            lines=lines,
            posted_on=DAY,
            closes_on=DAY + datetime.timedelta(days=20),
            why="10 ngày làm việc",
            posted_by="user:1",
        )
        Objection.objects.bulk_create(
            Objection(
                agency=self.agency,
                posting=made,
                name=str(who),
                contact="0900 000 000",
                text="Đề nghị xem lại thành tích của trường hợp này vì chưa thấy nêu trong báo cáo.",
                received_on=DAY,
                answer_due=DAY + datetime.timedelta(days=10),
            )
            for who, _unit in self.people[:300]
        )
        return made

    def _initiatives(self) -> list[Initiative]:
        states = ("applied", "accepted", "passed", "passed")
        made = Initiative.objects.bulk_create(
            Initiative(
                agency=self.agency,
                year=2020,
                name=f"Cải tiến quy trình thẩm tra quyết toán số {place}",
                essence="Một bảng chung cho các đơn vị.",
                benefit="Ít khoản quá hạn hơn.",
                state=states[place % len(states)],
                drafted_by="user:1",
                applied_on=DAY,
                decision_due=DAY,
            )
            for place in range(len(self.people))
        )
        Author.objects.bulk_create(
            Author(agency=self.agency, initiative=one, person=who, share=100)
            for one, (who, _unit) in zip(made, self.people, strict=True)
        )
        return made
