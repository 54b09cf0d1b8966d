"""Who signs a decision when it is not the head: a deputy, named on the draft before it goes out."""

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.decisions.access import WHO, may_run_decisions
from thidua.apps.decisions.actions.steps import LONGEST_REASON, locked, words, write_down
from thidua.apps.decisions.models import Decision
from thidua.apps.decisions.queries import may_sign_on
from thidua.apps.decisions.states import DecisionState
from thidua.core.vietnamese import same_text


@official_act
def name_signer(*, actor: Actor, decision: Decision, name: str, because: str) -> Decision:
    """Name who signs a draft, with the post of the decision's day: the paper and the signed copy follow it.

    Raises Refused; CannotDo when the decision is no draft or the person may not sign for the agency on that day.
    """
    require(may_run_decisions(actor), WHO)
    because = words(because, what="lý do đổi người ký", longest=LONGEST_REASON)
    decision = locked(decision)
    if decision.state != DecisionState.DRAFTED:
        raise CannotDo(f"{decision} không còn là dự thảo. Rút về dự thảo trước khi đổi người ký.")
    leaders = may_sign_on(decision.dated)
    if (signing := next((found for found in leaders if same_text(found.name, name)), None)) is None:
        offered = "; ".join(f"{found.post} {found.name}" for found in leaders)
        raise CannotDo(
            f"“{name.strip()}” không giữ chức Giám đốc, Phó Giám đốc của cơ quan vào ngày {decision.dated:%d/%m/%Y}. "
            f"Ký được: {offered}. Ghi một người trong số này, hoặc ghi chức vụ của người ấy trước."
        )
    before = decision.signer_name
    decision.signer_post, decision.signer_name = signing.post, signing.name
    decision.save(update_fields=["signer_post", "signer_name"])
    payload: dict[str, object] = {"post": signing.post, "name": signing.name, "before": before}
    write_down(actor, "name_signer", decision, payload, because=because)
    return decision
