"""Facts of a year, each with its source, its paper, who verified it, and its two times."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.models import Job
from thidua.apps.files.models import StoredFile
from thidua.apps.records.states import (
    AchievementKind,
    Criterion,
    DisciplineForm,
    Grade,
    ImportPart,
    ImportState,
    IncidentKind,
    JobKind,
    LeaveKind,
    ListKind,
    ObjectionState,
    PetitionKind,
    RowState,
    Scope,
)
from thidua.apps.units.models import MassOrganisation, Owned, Person, Recorded, Unit

ONE_SUBJECT = Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False)
CURRENT = Q(superseded_at__isnull=True)


class Import(Owned):
    """One workbook taken in: the records it brought point back at it.

    ``layout`` says which sheet is which table and which column which, ``answers`` who is meant where that was asked;
    ``year`` is the year of the page it came by, and nothing else. ``counts`` are rows by table.
    """

    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.CharField(max_length=200)
    part = models.CharField(max_length=10, choices=ImportPart.choices, default=ImportPart.ALL)
    counts = models.JSONField()
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.TAKEN)
    year = models.PositiveSmallIntegerField(null=True)
    layout = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    left_out = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "document", "part"],
                condition=~Q(part=ImportPart.TABLES),
                name="records_import_once",
            )
        ]


class ImportRow(Owned):
    """One row of a workbook against what is known; once taken in, ``wrote`` is the key of what it brought.

    ``values`` are fields as JSON, people and units by code; ``changes`` (before, after) by field; ``problems`` are
    (cell, what is wrong, what to do); ``asked`` who may be meant.
    """

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    table = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=RowState.choices)
    subject = models.CharField(max_length=300, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    asked = models.JSONField(default=dict)
    target = models.PositiveBigIntegerField(null=True)
    wrote = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["imported", "state", "number"], name="records_importrow_by_state")]


class ImportJob(Job):
    """Work on a workbook beside the page that asked for it; it counts rows, each try is one transaction."""

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=10, choices=JobKind.choices)
    options = models.JSONField(default=dict)


class ColumnMemory(Owned):
    """Which column a header means in an agency's workbooks, as a person once matched it; "" for none."""

    table = models.CharField(max_length=30)
    header = models.CharField(max_length=200)
    column = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "table", "header"], name="records_columnmemory_once")]


class Fact(Recorded):
    """What every fact bears beside its content."""

    imported = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.CharField(max_length=200, blank=True, default="")
    verified_by = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SubjectFact(Fact):
    """A fact about one person or one collective."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="%(class)ss")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=ONE_SUBJECT, name="records_%(class)s_one_subject")]


class Rating(SubjectFact):
    """Yearly rating of a person or a collective."""

    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=5, choices=Grade.choices)
    paper = models.CharField(_("Văn bản"), max_length=100, blank=True)
    dated = models.DateField(null=True)

    class Meta(SubjectFact.Meta):
        constraints = [
            *SubjectFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=CURRENT & Q(person__isnull=False),
                name="records_rating_person_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=CURRENT & Q(unit__isnull=False),
                name="records_rating_unit_once",
            ),
        ]


class OrganisationRating(Fact):
    """Yearly rating of a Party or mass organisation."""

    organisation = models.ForeignKey(MassOrganisation, on_delete=models.PROTECT, related_name="ratings")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=5, choices=Grade.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=CURRENT, name="records_organisationrating_once"
            )
        ]


class Judgement(SubjectFact):
    """A yes or no of the unit's meeting on one criterion."""

    year = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=20, choices=Criterion.choices)
    met = models.BooleanField()

    class Meta(SubjectFact.Meta):
        constraints = [
            *SubjectFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "unit", "year", "criterion"],
                condition=CURRENT,
                name="records_judgement_once",
                nulls_distinct=False,
            ),
        ]


class Confirmation(SubjectFact):
    """What whoever is competent confirms of one fact that the law asks for and no other record tells.

    ``criterion`` is the fact's name in the packs, ``label`` and ``said`` what the fact and its value were called in
    them when it was written; ``value`` is true or false, a whole number, or a word of the fact.
    """

    year = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    value = models.JSONField()
    said = models.CharField(max_length=300)
    paper = models.CharField(max_length=100, blank=True)
    dated = models.DateField(null=True)

    class Meta(SubjectFact.Meta):
        constraints = [
            *SubjectFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "unit", "year", "criterion"],
                condition=CURRENT,
                name="records_confirmation_once",
                nulls_distinct=False,
            ),
        ]


class Discipline(Fact):
    """A disciplinary measure; sensitive, readable by role."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disciplines")
    form = models.CharField(max_length=20, choices=DisciplineForm.choices)
    decision = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField()


class Leave(Fact):
    """A long absence."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(max_length=20, choices=LeaveKind.choices)
    since = models.DateField()
    until = models.DateField(null=True)


class Petition(SubjectFact):
    """A complaint, denunciation or inquiry; open until ``concluded_on``. Sensitive, readable by role."""

    kind = models.CharField(max_length=20, choices=PetitionKind.choices)
    accepted_on = models.DateField()
    concluded_on = models.DateField(null=True)
    conclusion = models.CharField(max_length=300, blank=True)


class Achievement(Fact):
    """A recognised initiative or research topic of one author (co-authors have a row each)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="achievements")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=AchievementKind.choices)
    scope = models.CharField(max_length=20, choices=Scope.choices)
    year = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=100, blank=True)
    recognised_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name", "year", "scope"], condition=CURRENT, name="records_achievement_once"
            )
        ]


class Award(SubjectFact):
    """A title or form of commendation received, by the pack's code."""

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=20)
    decision = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)


class Task(Fact):
    """A task assigned to the agency; ``carried_from`` is the year it was left over from."""

    code = models.CharField(max_length=40)
    content = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks")
    assigned_by = models.CharField(max_length=200)
    assigned_on = models.DateField(null=True)
    due = models.DateField(null=True)
    year = models.PositiveSmallIntegerField()
    carried_from = models.PositiveSmallIntegerField(null=True)
    done_on = models.DateField(null=True)
    product = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "code"], condition=CURRENT, name="records_task_once")
        ]


class Incident(Fact):
    """How many events of a kind the year had; 0 says that it was looked into and there was none."""

    kind = models.CharField(max_length=40, choices=IncidentKind.choices)
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    reported_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "year"], condition=CURRENT, name="records_incident_once")
        ]


class StandingTitle(Fact):
    """A standing title of the agency in a year: kept, lost, or (None) not yet concluded."""

    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    kept = models.BooleanField(null=True)
    paper = models.CharField(max_length=100, blank=True)
    dated = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "year"], condition=CURRENT, name="records_standingtitle_once"
            )
        ]


class CompleteList(Fact):
    """The statement that a list is complete for some years: only then does absence from it mean *none*."""

    kind = models.CharField(max_length=20, choices=ListKind.choices)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()


class Study(Fact):
    """A course, a study session or a briefing that a person took part in."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="studies")
    subject = models.CharField(max_length=300)
    held_on = models.DateField()
    result = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject", "held_on"], condition=CURRENT, name="records_study_once"
            )
        ]


class FactObjection(Owned):
    """Somebody says that a fact is wrong. ``fact`` is its address (“records.rating:17”)."""

    fact = models.CharField(max_length=80)
    label = models.CharField(max_length=300)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    raised_by = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["raised_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN) | ~Q(answer=""), name="records_factobjection_answered"
            )
        ]
