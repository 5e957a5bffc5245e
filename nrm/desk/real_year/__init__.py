"""The real referrals of one year, played through the acts: a measure of speed and of counting, never a demo."""
