"""How a learner gets on, as `quizgen stats` shows it."""
