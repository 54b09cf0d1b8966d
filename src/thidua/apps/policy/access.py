"""Who may choose the law an agency works by."""

from django.conf import settings
from django.utils.crypto import constant_time_compare

from thidua.apps.accounts.access import may_run_emulation
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.policy.models import ActivationProposal


def may_set_up(token: str) -> bool:
    """Whoever has the token that ``thidua serve`` printed while there was no agency."""
    return bool(settings.SETUP_TOKEN) and constant_time_compare(token, settings.SETUP_TOKEN)


def may_install_packs(actor: Actor) -> bool:
    """Those who run the agency's emulation, its administrator, and the operator of the server."""
    return may_run_emulation(actor) or actor.has(Role.ADMINISTRATOR, Role.OPERATOR)


def may_activate_first_packs(actor: Actor) -> bool:
    """Those who run the agency's emulation; the administrator while there is nobody yet who runs it."""
    return may_run_emulation(actor) or actor.has(Role.ADMINISTRATOR)


def may_activate_packs(actor: Actor) -> bool:
    """Those who run the agency's emulation."""
    return may_run_emulation(actor)


def may_confirm_activation(actor: Actor, proposal: ActivationProposal) -> bool:
    """Those who run the agency's emulation, but not the person who proposed."""
    return may_activate_packs(actor) and proposal.proposed_by != actor.key
