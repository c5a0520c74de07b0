"""Who: persons and their logins, organisations, posts, and the registers of businesses and of people."""

from liuchi.people.models.businesses import Business
from liuchi.people.models.groups import BranchService, Registration, TradeBranch
from liuchi.people.models.members import BranchCode, Claim, ClaimPost, HomeComing, ServiceMember
from liuchi.people.models.persons import Consent, Counted, Login, LoginManager, Look, Person
from liuchi.people.models.posts import Absence, Post, Role
from liuchi.people.models.tokens import ApiToken
from liuchi.people.models.trades import Trade
from liuchi.people.models.units import Organisation

__all__ = [
    "Absence",
    "ApiToken",
    "BranchCode",
    "BranchService",
    "Business",
    "Claim",
    "ClaimPost",
    "Consent",
    "Counted",
    "HomeComing",
    "Login",
    "LoginManager",
    "Look",
    "Organisation",
    "Person",
    "Post",
    "Registration",
    "Role",
    "ServiceMember",
    "Trade",
    "TradeBranch",
]
