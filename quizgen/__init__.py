"""quizgen: exam questions on counting in neural networks."""

__version__ = "0.1.0"
