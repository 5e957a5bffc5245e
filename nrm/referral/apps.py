"""The room of referral."""

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "nrm.referral"
    label = "referral"

    def ready(self) -> None:
        from nrm.referral import acts, clocks, queries

        del acts, clocks, queries
