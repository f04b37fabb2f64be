"""The vocabulary: what each character and command of the LaTeX subset stands for."""

from __future__ import annotations

from quizgen.maths.tree import QUAD, THIN, Name, Node, Operator, Role, Space

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

OPERATORS: dict[Role, dict[str, str]] = {
    "binary": {"+": "+", "-": "−", r"\times": "×", r"\cdot": "·", r"\div": "÷", r"\pm": "±", r"\bmod": "mod"},
    "relation": {
        "=": "=", "<": "<", ">": ">", ":": ":", r"\le": "≤", r"\leq": "≤", r"\ge": "≥", r"\geq": "≥",
        r"\ne": "≠", r"\neq": "≠", r"\approx": "≈", r"\equiv": "≡", r"\to": "→", r"\rightarrow": "→",
        r"\Rightarrow": "⇒", r"\in": "∈", r"\mid": "∣",
    },
    "postfix": {"!": "!", r"\%": "%"},
    "punctuation": {",": ",", ";": ";"},
    "tight": {"/": "/", ".": ".", "?": "?", r"\#": "#", r"\&": "&", r"\$": "$", r"\_": "_"},
    "large": {r"\sum": "∑", r"\prod": "∏"},
}  # fmt: skip

FUNCTIONS = ("max", "min", "log", "ln", "exp")

CONSTANTS = {r"\ldots": "…", r"\dots": "…", r"\cdots": "⋯", r"\infty": "∞"}

PRIMES = tuple(Operator("′" * count, "postfix") for count in (1, 2, 3))

SPACES = {
    r"\,": THIN, r"\:": 4, r"\;": 5, r"\ ": 6, "~": 6, r"\quad": QUAD, r"\qquad": 2 * QUAD, r"\!": -THIN,
}  # fmt: skip

SYMBOLS: dict[str, Node] = {
    **{source: Operator(symbol, role) for role, signs in OPERATORS.items() for source, symbol in signs.items()},
    **{f"\\{name}": Name(letter, "upright" if name[0].isupper() else "italic") for name, letter in GREEK.items()},
    **{f"\\{name}": Name(name, "function") for name in FUNCTIONS},
    **{source: Name(symbol, "upright") for source, symbol in CONSTANTS.items()},
    **{source: Space(mu) for source, mu in SPACES.items()},
}

OPENING = {"(": "(", "[": "[", r"\{": "{", r"\lfloor": "⌊", r"\lceil": "⌈"}
CLOSING = {")": ")", "]": "]", r"\}": "}", r"\rfloor": "⌋", r"\rceil": "⌉"}
CLOSERS = {"(": (")", "]"), "[": ("]", ")"), r"\{": (r"\}",), r"\lfloor": (r"\rfloor",), r"\lceil": (r"\rceil",)}
DELIMITERS = {**OPENING, **CLOSING, "|": "|", ".": ""}

TEXT_ESCAPES = {**{f"\\{sign}": sign for sign in "_%#&${} "}, r"\,": " "}

WRITE_INSTEAD = {
    "*": r"\times", "−": "-", "%": r"\%", "#": r"\#", "$": r"\$", "…": r"\ldots", "⌊": r"\lfloor", "⌋": r"\rfloor",
    "⌈": r"\lceil", "⌉": r"\rceil", "√": r"\sqrt", "²": "^{2}", "³": "^{3}",
    **{symbol: source for signs in OPERATORS.values() for source, symbol in signs.items() if not symbol.isascii()},
    **{letter: f"\\{name}" for name, letter in GREEK.items()},
}  # fmt: skip
