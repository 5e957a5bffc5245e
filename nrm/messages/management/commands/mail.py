"""`opennrm mail`: what waits, and whose address is refused. It never says what a mail was about: nothing knows."""

from typing import Any

from django.core.management.base import BaseCommand

from nrm.messages import queries


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Say what mail waits, and whose address is refused."

    def handle(self, *args: Any, **options: Any) -> None:
        post = queries.post()
        since = f", the oldest since {post.oldest:%Y-%m-%d %H:%M} UTC" if post.oldest else ""
        self.stdout.write(f"{post.knocks} knocks are not yet mails. {post.letters} mails wait{since}.")
        if post.answers:
            told = ", ".join(str(code) if code else "nothing" for code in post.answers)
            self.stdout.write(f"The mail server last answered: {told}.")
        people = queries.given_up_on()
        for person in people:
            self.stdout.write(f"No mail reaches {person.key} ({person.agency.key}): check the address.")
        if not people:
            self.stdout.write("No address is refused.")
