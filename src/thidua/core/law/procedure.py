"""Read what a pack says about procedure: who votes how, who decides, which papers, which money."""

from typing import Literal, get_args

from thidua.core.law.conditions import read_cite, read_period
from thidua.core.law.schema import Award, Decider, Dossier, Paper, Stacking, Vote
from thidua.core.law.terms import LEVELS, Authority, Cite, Kind, Level
from thidua.core.law.yamlfile import Table

KINDS: tuple[Kind, ...] = get_args(Kind)
AUTHORITIES: tuple[Authority, ...] = get_args(Authority)


def read_vote(row: Table) -> Vote:
    """One row of votes.yaml: ``share`` is enough, or ``more_than`` must be passed; exactly one of them stands there."""
    strict = "more_than" in row
    if strict == ("share" in row):
        row.fail("Phải có đúng một trong “share” và “more_than”.", hint='“share: "2/3"” là từ đủ 2/3 trở lên.')
    row.asked += ["share", "more_than"]
    share = row.fraction("more_than" if strict else "share")
    if not 0 <= share <= 1 or (strict and share == 1):
        key = "more_than" if strict else "share"
        row.fail("Tỷ lệ phiếu phải từ 0 đến 1 và có thể đạt được.", key=key, hint='Ví dụ "2/3".')
    of = row.text("of")
    if of not in ("all_members", "present_members"):
        hint = "Tổng số thành viên, hay số thành viên có mặt."
        row.fail("“of” phải là all_members hoặc present_members.", key="of", hint=hint)
    return Vote(
        titles=_titles(row),
        council=row.text("council"),
        level=_level(row),
        share=share,
        strict=strict,
        of="all_members" if of == "all_members" else "present_members",
        secret=row.flag("secret") if "secret" in row else None,
        absent=row.text("absent", default=""),
        recusal=row.text("recusal", default="") or None,
        force=read_period(row),
        cite=read_cite(row),
        spot=row.spot,
    )


def read_awards(row: Table) -> tuple[Award, ...]:
    """One row of money.yaml: an award for each kind of subject that has a multiple there."""
    force = read_period(row)
    cite = read_cite(row)
    amounts = row.table("multiplier")
    found: list[Award] = []
    for kind in KINDS:
        if kind in amounts:
            multiplier = amounts.fraction(kind)
            found.append(
                Award(
                    title=row.text("title"),
                    kind=kind,
                    multiplier=multiplier,
                    force=force,
                    cite=cite,
                    spot=row.spot,
                )
            )
    amounts.asked += KINDS
    amounts.finish()
    return tuple(found)


def read_stacking(row: Table) -> Stacking:
    """One version of what several lines of one decision pay; three clauses, each with its own citation."""
    pays, same_cite = _clause(row, "same_achievement")
    others = [_clause(row, key) for key in ("other_achievement", "title_and_form")]
    for key, (pay, _) in zip(("other_achievement", "title_and_form"), others, strict=True):
        if pay != "each":
            row.table(key).fail("Ở đây chỉ có “each”.", key="pay", hint="Mức cao nhất chỉ đặt ở same_achievement.")
    return Stacking(
        titles=_titles(row),
        forms=row.words("forms"),
        same_achievement=pays,
        same_cite=same_cite,
        other_cite=others[0][1],
        form_cite=others[1][1],
        force=read_period(row),
        spot=row.spot,
    )


def read_decider(row: Table) -> Decider:
    """One row of deciders.yaml."""
    return Decider(
        titles=_titles(row),
        by=_authority(row, "by"),
        name=row.text("name"),
        proposes=row.text("proposes", default=""),
        delegate=_authority(row, "delegate") if "delegate" in row else None,
        force=read_period(row),
        cite=read_cite(row),
        spot=row.spot,
    )


def read_dossier(row: Table) -> Dossier:
    """One row of dossiers.yaml; papers without a citation of their own take that of the row."""
    papers: list[Paper] = []
    for item in row.tables("papers"):
        papers.append(
            Paper(
                code=item.text("code"),
                name=item.text("name"),
                when=item.text("when", default=""),
                form=item.text("form", default=""),
                cite=read_cite(item, near=row),
            )
        )
        item.finish()
    if len({paper.code for paper in papers}) != len(papers) or not papers:
        row.fail("Giấy tờ trống hoặc lặp lại mã.", key="papers", hint="Mỗi giấy tờ một mã.")
    return Dossier(
        titles=_titles(row),
        papers=tuple(papers),
        sets=_sets(row),
        force=read_period(row),
        cite=read_cite(row),
        spot=row.spot,
    )


def _titles(row: Table) -> tuple[str, ...]:
    titles = row.words("titles")
    if not titles or len(set(titles)) != len(titles):
        row.fail("“titles” trống hoặc lặp lại.", key="titles", hint="Ví dụ: titles: [LDTT, CSTDCS].")
    return titles


def _level(row: Table) -> Level:
    word = row.get("level")
    for level in LEVELS:
        if level == word:
            return level
    said = "Thiếu khóa “level”." if word is None else f"Không có cấp “{word}”."
    return row.fail(said, key="level", hint=f"Nêu tỷ lệ này dùng cho cấp nào: {', '.join(LEVELS)}.")


def _authority(row: Table, key: str) -> Authority:
    word = row.text(key)
    for authority in AUTHORITIES:
        if authority == word:
            return authority
    return row.fail(f"Không có cấp quyết định “{word}”.", key=key, hint=f"Dùng: {', '.join(AUTHORITIES)}.")


def _clause(row: Table, key: str) -> tuple[Literal["highest", "each"], Cite]:
    clause = row.table(key)
    pay = clause.text("pay")
    if pay not in ("highest", "each"):
        clause.fail(f"Không có cách chi “{pay}”.", key="pay", hint="Dùng: highest, each.")
    cite = read_cite(clause)
    clause.finish()
    return "highest" if pay == "highest" else "each", cite


def _sets(row: Table) -> int | None:
    sets = row.get("sets")
    if sets is not None and (not isinstance(sets, int) or isinstance(sets, bool) or sets < 1):
        row.fail("“sets” phải là số bộ, từ 1 trở lên.", key="sets", hint="Chưa đọc được thì bỏ khóa này.")
    return sets if isinstance(sets, int) else None
