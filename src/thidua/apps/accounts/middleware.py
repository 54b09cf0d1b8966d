"""Each request knows its actor, and every query in it is held to the actor's agency."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django_scopes import scope

from thidua.apps.accounts.access import Refused
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor, actor_for

OPEN_BEFORE_CHANGE = [reverse_lazy(name) for name in ("accounts:own-password", "accounts:sign-out", "language")]


class ActorRequest(HttpRequest):
    """A request that went through ``ActorMiddleware``; behind ``login_required`` there is always an actor."""

    actor: Actor


class ActorMiddleware:
    """Sets ``request.actor`` (None for visitors) and opens the agency's scope; a refused act answers 403.

    Who came in with a one-time password chooses their own before anything else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = None  # type: ignore[attr-defined]  # Django's request has no place of its own for it
        if not isinstance(user, User):
            return self.get_response(request)
        request.actor = actor_for(user, on=timezone.localdate())  # type: ignore[attr-defined]  # as above
        if user.must_change_password and request.path not in OPEN_BEFORE_CHANGE:
            return redirect("accounts:own-password")
        with scope(agency=user.agency_id):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Turn a refusal inside an action into Django's own 403."""
        if isinstance(exception, Refused):
            raise PermissionDenied(str(exception)) from exception
