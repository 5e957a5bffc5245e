"""The top room: desks, case pages, rehearsals of stories, the generated handbook."""
