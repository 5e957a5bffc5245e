"""Stories of children, played through the real acts and compared with what their authors expect."""
