"""What AWS publishes about itself: actions, condition keys, services and managed policies, shipped with a date."""

from iamviz.policy.catalogue.files import Source
from iamviz.policy.catalogue.lookup import Catalogue, catalogue
from iamviz.policy.catalogue.managed import managed_policies_source, managed_policy
from iamviz.policy.catalogue.services import Action

__all__ = ["Action", "Catalogue", "Source", "catalogue", "managed_policies_source", "managed_policy"]
