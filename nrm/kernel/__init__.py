"""What every room needs and no room owns: actors, refusals, conditions, days, words, column handling."""
