"""The paper of a proposal: its list, and the papers that the dossier asks for."""

from collections.abc import Sequence

from thidua.apps.decisions.models import Proposal, ProposalLine
from thidua.apps.decisions.queries.lists import lines_of_proposal, place_of, signing_on, sources_of, title_name
from thidua.apps.decisions.queries.papers import demo_note
from thidua.apps.decisions.queries.problems import subject_of
from thidua.apps.decisions.queries.votes import sessions_of
from thidua.apps.nominations.models import Nomination
from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.deciders import decider, dossier
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset
from thidua.core.papers.form import Column, Head, Letter, Section, Signer, Table
from thidua.core.papers.form.parts import closed_list


def proposal_paper(proposal: Proposal) -> Letter:
    """A proposal (tờ trình) to whoever decides, with its list and the papers that the dossier asks for."""
    agency = proposal.agency
    lines = lines_of_proposal(proposal)
    ruleset = ruleset_on(proposal.dated)
    signing = signing_on(proposal.dated)
    nominations = [line.nomination for line in lines]
    return Letter(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=proposal.series,
            kind="Tờ trình",
            subject=f"Về việc đề nghị tặng danh hiệu thi đua, hình thức khen thưởng năm {proposal.year}",
            number=str(proposal.number or ""),
            place=place_of(proposal.year),
            date=proposal.dated,
        ),
        addressed_to=[proposal.addressed_to],
        opening=[
            *(f"Căn cứ {name};" for name in _proposal_sources(ruleset, nominations)),
            *(
                f"Căn cứ kết quả phiên họp ngày {session.held_on:%d/%m/%Y} của {session.council.name};"
                for session in sessions_of(nominations)
            ),
            f"{agency.name} kính đề nghị {proposal.addressed_to} xét, tặng danh hiệu thi đua, hình thức khen thưởng "
            f"năm {proposal.year} cho các tập thể, cá nhân trong danh sách dưới đây.",
        ],
        sections=[
            Section("1", "Danh sách đề nghị", [_proposal_table(ruleset, lines)]),
            Section("2", "Hồ sơ kèm theo", _dossier_lines(ruleset, nominations)),
        ],
        signer=Signer(post=signing.post, name=signing.name, authority=signing.authority),
        receivers=("Như trên;", "Lưu: VT, HĐTĐKT."),
        note=demo_note(agency),
    )


def _proposal_sources(ruleset: Ruleset, nominations: Sequence[Nomination]) -> list[str]:
    keys = {decider(ruleset, title=row.title).cite.source for row in nominations}
    return sources_of(ruleset, sorted(keys))


def _proposal_table(ruleset: Ruleset, lines: Sequence[ProposalLine]) -> Table:
    rows = []
    for place, line in enumerate(lines, start=1):
        row = line.nomination
        name = title_name(ruleset, kind="person" if row.person_id else "unit", title=row.title)
        rows.append((str(place), subject_of(row), row.unit.name, name))
    columns = (
        Column("TT", 3, "center"),
        Column("Họ và tên, tên tập thể", 12),
        Column("Đơn vị", 12),
        Column("Danh hiệu đề nghị", 12),
    )
    return Table(columns=columns, rows=rows)


def _dossier_lines(ruleset: Ruleset, nominations: Sequence[Nomination]) -> list[str]:
    """The papers of the law's dossier; where the packs have no list the paper says so."""
    found: list[str] = []
    names = {
        row.title: title_name(ruleset, kind="person" if row.person_id else "unit", title=row.title)
        for row in nominations
    }
    for title in sorted(names):
        try:
            wanted = dossier(ruleset, title=title)
        except NoRule as error:
            found.append(f"{names[title]}: {error}")
            continue
        sets = f" ({wanted.sets:02d} bộ)" if wanted.sets else ""
        found += [f"- {paper.name}{f' ({paper.when})' if paper.when else ''}{sets};" for paper in wanted.papers]
    return list(closed_list(list(dict.fromkeys(found))))
