"""Subjects of identity providers: whom the conditions of a trust let in, named as a person knows them."""

from iamviz.graph.subjects.guards import confined_to
from iamviz.graph.subjects.issuers import vouches_for_aws
from iamviz.graph.subjects.naming import Subjects, subjects_of
from iamviz.graph.subjects.patterns import is_anything
from iamviz.graph.subjects.platforms import service_account_words
from iamviz.graph.subjects.settling import settled, settled_for
from iamviz.graph.subjects.subject import Claim, Provider, Subject, Words

__all__ = [
    "Claim",
    "Provider",
    "Subject",
    "Subjects",
    "Words",
    "confined_to",
    "is_anything",
    "service_account_words",
    "settled",
    "settled_for",
    "subjects_of",
    "vouches_for_aws",
]
