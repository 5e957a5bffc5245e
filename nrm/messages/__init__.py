"""A knock on the door: one of four sentences, never what it is about or whom it concerns."""
