"""Who signs in, and which role they hold from when to when. There is no superuser: nobody can overwrite a record."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thidua.apps.accounts.states import JobState, Role
from thidua.apps.units.models import Agency, Owned, Person, Unit


class UserManager(BaseUserManager["User"]):
    """Finds users for sign-in, before any agency is known; the only unscoped door besides the agency itself."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """Users with their agency and person, which every request needs."""
        return super().get_queryset().select_related("agency", "person")

    def create_user(
        self,
        *,
        username: str,
        password: str | None,
        agency: Agency,
        person: Person | None = None,
        must_change_password: bool = False,
    ) -> "User":
        """Make a user with a hashed password, or with none that fits."""
        user = self.model(username=username, agency=agency, person=person, must_change_password=must_change_password)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account of one agency, usually of one of its people. A one-time password must be changed at first use."""

    username = models.CharField(max_length=150, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.username


class RoleGrant(Owned):
    """A role held from a day to a day, and by whose act. It ends by itself."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    granted_by = models.CharField(max_length=200)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="accounts_rolegrant_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.HEAD) | Q(unit__isnull=False), name="accounts_rolegrant_head_has_unit"
            ),
        ]


class Job(Owned):
    """Work beside the page that asked for it, as an app's own table keeps it; each try is whole or nothing.

    ``done`` of ``total`` is how far it has come, in the steps of its kind; ``said`` why it was not done.
    """

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    said = models.CharField(max_length=1000, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
