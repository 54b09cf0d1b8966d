"""Who gets which answer where: every route of the site × every role × own, other unit, other agency.

A route without a line here fails the build. Answers are HTTP status codes; 302 sends a visitor to sign in.
"""

from dataclasses import dataclass

ROLES = ("visitor", "member", "head", "director", "secretary", "other_agency")


@dataclass(frozen=True)
class Line:
    """One route with one choice of its thing; ``answers`` in the order of ``ROLES``."""

    route: str
    thing: str
    answers: tuple[int, int, int, int, int, int]


TABLE = (
    Line("desk:home", "", (302, 200, 200, 200, 200, 200)),
    Line("accounts:sign-in", "", (200, 302, 302, 302, 302, 302)),
    Line("accounts:sign-out", "", (405, 405, 405, 405, 405, 405)),
    Line("files:download", "the plan", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:campaign", "the campaign", (302, 200, 200, 200, 200, 404)),
    Line("reports:scoreboard", "the campaign", (302, 200, 200, 200, 200, 404)),
    Line("reports:target", "a target", (302, 200, 200, 200, 200, 404)),
    Line("evaluations:people", "the year", (302, 403, 403, 200, 200, 404)),
    Line("evaluations:judge", "the year", (302, 403, 403, 200, 200, 200)),
    Line("evaluations:other-law", "the year", (302, 403, 403, 200, 200, 404)),
    Line("evaluations:person", "the member", (302, 200, 403, 200, 200, 404)),
    Line("evaluations:person", "somebody of the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("evaluations:person", "somebody of another unit", (302, 403, 403, 200, 200, 404)),
    Line("evaluations:unit", "the member's unit", (302, 200, 403, 200, 200, 404)),
    Line("evaluations:unit", "the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("evaluations:unit", "another unit", (302, 403, 403, 200, 200, 404)),
    Line("language", "", (302, 302, 302, 302, 302, 302)),
    Line("health", "", (200, 200, 200, 200, 200, 200)),
)
