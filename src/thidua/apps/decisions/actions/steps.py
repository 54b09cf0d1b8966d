"""Steps that the acts on decisions share: locking a row, its name in the record, words that must be given."""

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.decisions.models import Decision, PaperTemplate, Proposal


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


def words(text: str, *, what: str, longest: int) -> str:
    """The text without blanks around; raises CannotDo when it is empty or too long."""
    text = text.strip()
    if not text:
        raise CannotDo(f"Chưa ghi {what}. Ghi rồi làm lại.")
    if len(text) > longest:
        raise CannotDo(f"Phần {what} dài {len(text)} chữ, tối đa {longest}. Rút ngắn rồi làm lại.")
    return text
