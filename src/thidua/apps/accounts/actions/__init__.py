"""Acts of the accounts app: what surrounds an act, accounts and roles, units and people."""

from thidua.apps.accounts.actions.guard import HasState, official_act, open_move
from thidua.apps.accounts.actions.reading import note_table_taken
from thidua.apps.accounts.actions.staff import (
    correct_post,
    correct_unit,
    end_service,
    end_unit,
    found_unit,
    give_post,
    merge_units,
    rename_unit,
    reopen_unit,
    take_on,
    transfer,
    withdraw_post,
)
from thidua.apps.accounts.actions.users import (
    change_own_password,
    close_account,
    end_role,
    grant_role,
    open_account,
    reopen_account,
    set_password,
)

__all__ = [
    "HasState",
    "change_own_password",
    "close_account",
    "correct_post",
    "correct_unit",
    "end_role",
    "end_service",
    "end_unit",
    "found_unit",
    "give_post",
    "grant_role",
    "merge_units",
    "note_table_taken",
    "official_act",
    "open_account",
    "open_move",
    "rename_unit",
    "reopen_account",
    "reopen_unit",
    "set_password",
    "take_on",
    "transfer",
    "withdraw_post",
]
