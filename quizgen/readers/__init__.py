"""Networks from what people have of them: Keras and PyTorch code, Keras JSON, a compact notation, a name."""
