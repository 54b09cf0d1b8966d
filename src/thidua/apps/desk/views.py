"""The home page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from thidua.apps.accounts.access import may_run_emulation
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.desk.queries import home_cards, late_words, milestones_ahead, tasks_of


@login_required
def home(request: ActorRequest) -> HttpResponse:
    """What is due from the person, then the campaigns of the agency and the person's own standing."""
    cards, today = home_cards(request.actor), timezone.localdate()
    tasks = [
        (task, late_words(task, on=today), task.is_late(today)) for task in tasks_of(request.actor, cards, on=today)
    ]
    context = {
        "cards": cards,
        "tasks": tasks,
        "milestones": milestones_ahead(cards, on=today),
        "may_run": may_run_emulation(request.actor),
    }
    return render(request, "desk/home.html", context)
