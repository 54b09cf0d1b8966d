"""Steps that the acts on decisions share: locking a row, its name in the record, words that must be given."""

from collections.abc import Sequence

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.decisions.models import Decision, PaperTemplate, Proposal

LONGEST_REASON = 500
LONGEST_ARTICLE = 200


def locked(decision: Decision) -> Decision:
    """The decision as it is now, held until the act is over: a second tab waits and then sees what happened."""
    return Decision.objects.select_for_update().get(pk=decision.pk)


def write_down(
    actor: Actor,
    verb: str,
    thing: Decision | Proposal | PaperTemplate,
    payload: dict[str, object],
    *,
    because: str = "",
) -> None:
    """One entry of the record about a decision, a proposal or a template."""
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"{thing._meta.label_lower}:{thing.pk}",
        payload=payload,
        because=because,
    )


def set_aside(
    actor: Actor, thing: Decision | Proposal, *, problem: str, because: str, article: str, found: Sequence[str]
) -> None:
    """Set one of the problems found aside, by name, with a reason and an article; raises CannotDo."""
    because = words(because, what="lý do vẫn làm", longest=LONGEST_REASON)
    article = words(article, what="căn cứ (điều, khoản, văn bản)", longest=LONGEST_ARTICLE)
    if problem in {override["problem"] for override in thing.overrides}:
        raise CannotDo("Vướng mắc này đã được người có thẩm quyền xử lý. Tải lại trang.")
    if problem not in found:
        raise CannotDo("Vướng mắc này không còn. Tải lại trang.")
    said = {"problem": problem, "by": actor.name, "because": because, "article": article}
    thing.overrides = [*thing.overrides, said]
    thing.save(update_fields=["overrides"])
    write_down(actor, "override_problem", thing, {"problem": problem, "article": article}, because=because)


def words(text: str, *, what: str, longest: int) -> str:
    """The text without blanks around; raises CannotDo when it is empty or too long."""
    text = text.strip()
    if not text:
        raise CannotDo(f"Chưa ghi {what}. Ghi rồi làm lại.")
    if len(text) > longest:
        raise CannotDo(f"Phần {what} dài {len(text)} chữ, tối đa {longest}. Rút ngắn rồi làm lại.")
    return text
