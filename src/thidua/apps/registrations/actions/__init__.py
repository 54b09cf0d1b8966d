"""Acts of the registrations app: signing up for a campaign, and the units' sheets."""

from thidua.apps.registrations.actions.registering import register, register_titles, withdraw_registration
from thidua.apps.registrations.actions.sheets import (
    accept_sheet,
    open_sheets,
    return_sheet,
    submit_sheet,
    write_contract,
)

__all__ = [
    "accept_sheet",
    "open_sheets",
    "register",
    "register_titles",
    "return_sheet",
    "submit_sheet",
    "withdraw_registration",
    "write_contract",
]
