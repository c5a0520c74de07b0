"""Party members who sign in where they live or work: the home-coming code (归队码) and double registration (双报到).

That somebody is a member is sensitive (PIPL art. 28), so no column here names a person: who it is lies encrypted in
`cipher`, and a keyed digest (`person_index`) finds a person's own entry. Left or withdrawn, both are emptied.
"""

from django.db import models

from liuchi.kernel.records.models import Record
from liuchi.people.models.units import Organisation


class BranchCode(models.Model):
    """The code that a branch prints. Renewed, the old one leads nowhere."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="home_codes")
    code = models.CharField(max_length=16, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(ended_at=None), name="people_one_code_a_branch"
            )
        ]

    def __str__(self) -> str:
        return self.code


class HomeComing(models.Model):
    """A member signed in to a branch, of their own will (归队登记). One at a time, of all branches."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="home_comings")
    person_index = models.BinaryField(max_length=32, null=True, blank=True)
    cipher = models.BinaryField(null=True, blank=True)  # person, name, phone, home_branch
    signed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["signed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_index"], condition=models.Q(withdrawn_on=None), name="people_home_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ServiceMember(models.Model):
    """A member in office (在职党员) who registered in the community where they live (社区报到)."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")  # the community
    person_index = models.BinaryField(max_length=32, null=True, blank=True)
    cipher = models.BinaryField(null=True, blank=True)  # person, name, phone, home_unit in words
    home_unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # if it is in the tree
    report_agreed_at = models.DateTimeField(null=True, blank=True)  # yes to a statement for the home unit
    registered_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["registered_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_index"], condition=models.Q(left_on=None), name="people_one_community"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ClaimPost(models.Model):
    """Something to be done in a community that members claim (认领岗位): what, where, when, how many."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=400, blank=True)
    where = models.CharField(max_length=120)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["begins"]
        indexes = [models.Index(fields=["ends"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("places")), name="people_never_overbooked")
        ]

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """A member claimed a post; afterwards the community confirms the service, in occasions (人次) and hours."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    post = models.ForeignKey(ClaimPost, on_delete=models.PROTECT, related_name="claims")
    member = models.ForeignKey(ServiceMember, on_delete=models.PROTECT, related_name="claims")
    claimed_on = models.DateField()
    given_back_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    occasions = models.PositiveSmallIntegerField(default=0)
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    # a keyed digest of post and person, of who left the community before the post was over; gone with its end
    left_by = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        ordering = ["claimed_on"]
        indexes = [models.Index(fields=["confirmed_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "member"], condition=models.Q(given_back_on=None), name="people_claimed_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
