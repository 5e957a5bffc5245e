"""What was seen and said, gathered once and gently, and what it advises; ECAT art. 10(1), PAL art. 3."""
