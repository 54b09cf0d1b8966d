"""What is posted in public, the objections it brings, and the honour roll by year.

A public page shows a name, a unit, a title and a decision: no birth dates, no ratings, nobody who did not receive.
"""

from django.db import models
from django.db.models import Q

from thidua.apps.councils.models import Session
from thidua.apps.decisions.models import Decision
from thidua.apps.honours.states import ObjectionState, PostingKind, PostingState
from thidua.apps.units.models import Owned


class Posting(Owned):
    """A list posted from a day to a day (both included): a session's result, or a decision.

    ``lines`` is what was posted, word for word: [{"name", "unit", "title"}]; ``of`` are the ids behind them in the same
    order, nominations of a result and lines of a decision; ``slug`` is its public address.
    """

    kind = models.CharField(max_length=20, choices=PostingKind.choices)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=40, unique=True)
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="postings")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="postings")
    lines = models.JSONField()
    of = models.JSONField(default=list)
    posted_on = models.DateField()
    closes_on = models.DateField()
    why = models.TextField()
    posted_by = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=PostingState.choices, default=PostingState.POSTED)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=PostingKind.DECISION) | Q(decision__isnull=False),
                name="honours_posting_of_a_decision_has_it",
            )
        ]


class Objection(Owned):
    """What somebody says against a posting, and the answer they are owed by a day."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="objections")
    about = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=200)
    text = models.CharField(max_length=2000)
    received_on = models.DateField()
    answer_due = models.DateField()
    state = models.CharField(max_length=20, choices=ObjectionState.choices, default=ObjectionState.RECEIVED)
    answer = models.CharField(max_length=2000, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ObjectionState.RECEIVED) | ~Q(answer=""), name="honours_objection_answered"
            )
        ]
