"""The home page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.desk.queries import home_cards


@login_required
def home(request: ActorRequest) -> HttpResponse:
    """Campaigns of the agency and the person's own standing."""
    return render(request, "desk/home.html", {"cards": home_cards(request.actor)})
