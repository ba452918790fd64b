"""People, their organisation and roles, and one-time log-in links."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from tongban.accounts.roles import Role
from tongban.accounts.sealed import SealedTextField


class Organisation(models.Model):
    """An authority or service centre whose officers work at this node."""

    code = models.CharField(max_length=18, primary_key=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name_zh


class Person(AbstractBaseUser):
    """Whoever logs in here; what identifies the person is sealed at rest.

    number: pseudonymous, the only thing of the person that partners ever see.
    display_name: what the header shows; never more than the person chose.
    """

    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=60)
    number = models.CharField(max_length=16, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    name = SealedTextField(default="")
    identity_number = SealedTextField(default="")
    phone = SealedTextField(default="")
    address = SealedTextField(default="")
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name", "number"]

    def __str__(self) -> str:
        return self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The person's roles, read once for every request."""
        return frozenset(Role(grant.role) for grant in self.grants.all())


class RoleGrant(models.Model):
    """This person has this role."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=Role.choices)

    class Meta:
        """A role is held once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "role"], name="role_held_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class LogInLink(models.Model):
    """A link that logs its person in once; only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires_at:%Y-%m-%d %H:%M}"
