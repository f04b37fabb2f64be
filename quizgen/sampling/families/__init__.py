"""The families of networks, in the order of the series."""

from quizgen.sampling.families.block import draw_block_alone
from quizgen.sampling.families.cnn import draw_cnn1d, draw_cnn2d, draw_cnn3d
from quizgen.sampling.families.mlp import draw_mlp
from quizgen.sampling.families.recurrent import draw_recurrent_network
from quizgen.sampling.families.residual import draw_residual
from quizgen.sampling.families.separable import draw_separable_network
from quizgen.sampling.families.transformer import draw_transformer
from quizgen.sampling.families.unet import draw_unet
from quizgen.sampling.series import Level
from quizgen.sampling.subject import Family

IMAGE = ("size", "channels")
STYLE = ("layers", "bias", "normalization", "activation")
HEAD = ("head", "dense", "units", "dropout", "classes")
WINDOW = ("filters", "kernel", "stride", "padding", "dilation", "groups", "pooling", "pool")
CNN = (*IMAGE, *STYLE, *WINDOW, *HEAD)
BRANCHES = (*IMAGE, *STYLE, "filters", "kernel", "stride", *HEAD)
TOKENS = ("length", "vocabulary", "width")
CELL = ("cell", "units", "biases", "bidirectional", "merge", "sequences")
BLOCKS = (*TOKENS, "layers", "positions", "heads", "kv_heads", "hidden", "gated", "norm", "pre_norm", "causal", "bias")

FAMILIES: tuple[Family, ...] = (
    Family("mlp", Level.VOCABULARY, draw_mlp, (*STYLE, "features", *IMAGE, "flatten", "units", "dropout", "classes")),
    Family("cnn1d", Level.CONVOLUTION, draw_cnn1d, CNN),
    Family("cnn2d", Level.CONVOLUTION, draw_cnn2d, CNN),
    Family("cnn3d", Level.CONVOLUTION, draw_cnn3d, CNN),
    Family("separable", Level.GROUPS, draw_separable_network, (*BRANCHES, "split")),
    Family("residual", Level.BRANCHES, draw_residual, (*BRANCHES, "join")),
    Family("block", Level.BRANCHES, draw_block_alone, (*IMAGE, *STYLE, "filters", "multiplier", "kind")),
    Family("unet", Level.BRANCHES, draw_unet, (*IMAGE, *STYLE, "filters", "kernel", "classes")),
    Family(
        "recurrent",
        Level.RECURRENCE,
        draw_recurrent_network,
        (*TOKENS, "layers", "embedding", "features", *CELL, "dropout", "classes", "bias"),
    ),
    Family("transformer", Level.ATTENTION, draw_transformer, (*BLOCKS, "style", "tied", "classes", *IMAGE, "kernel")),
)
