"""Names of persons and organisations: one plain form, and whether two names are one."""

from pipeline.names.companies import (
    canonical_company,
    companies_spelt_alike,
    company_keys,
    company_matches,
    normalise_company,
    same_company,
)
from pipeline.names.given import given_gender, is_given_name
from pipeline.names.persons import (
    PersonName,
    compare_persons,
    gender_hint,
    is_address,
    is_honorific,
    normalise_person,
    person_matches,
    same_person,
    split_person,
    strip_honorific,
)
from pipeline.rulebook import use as use_rules

__all__ = [
    "PersonName",
    "canonical_company",
    "companies_spelt_alike",
    "company_keys",
    "company_matches",
    "compare_persons",
    "gender_hint",
    "given_gender",
    "is_address",
    "is_given_name",
    "is_honorific",
    "normalise_company",
    "normalise_person",
    "person_matches",
    "same_company",
    "same_person",
    "split_person",
    "strip_honorific",
    "use_rules",
]
