"""The kinds of layers that can be drawn, each with the settings that an author may fix."""

from quizgen import layers as kinds
from quizgen.sampling.conventions import KERAS
from quizgen.sampling.layers.attention import (
    draw_attention,
    draw_block,
    draw_dot_product,
    draw_feed_forward,
    draw_lora_attention,
)
from quizgen.sampling.layers.convolution import (
    draw_convolution,
    draw_depthwise,
    draw_partial,
    draw_separable,
    draw_transposed,
)
from quizgen.sampling.layers.dense import draw_dense, draw_lora, draw_time_distributed
from quizgen.sampling.layers.merging import draw_concatenate, draw_elementwise
from quizgen.sampling.layers.normalization import (
    draw_activation,
    draw_batch_norm,
    draw_dropout,
    draw_group_norm,
    draw_instance_norm,
    draw_layer_norm,
    draw_normalization,
    draw_prelu,
    draw_rms_norm,
)
from quizgen.sampling.layers.pooling import draw_adaptive, draw_global, draw_pooling, draw_subsampling
from quizgen.sampling.layers.reshaping import (
    draw_cropping,
    draw_flatten,
    draw_permute,
    draw_reshape,
    draw_up_sampling,
    draw_zero_padding,
)
from quizgen.sampling.layers.sequence import (
    draw_bidirectional,
    draw_class_token,
    draw_embedding,
    draw_positions,
    draw_recurrent,
    draw_sinusoidal,
    draw_stacked,
)
from quizgen.sampling.layers.shapes import ANY, MAP, VECTORS
from quizgen.sampling.subject import LayerKind

DENSE = ("features", "length", "units", "bias")
WINDOW = (*MAP, "kernel", "stride", "padding", "overhang")
CONVOLUTION = (*WINDOW, "filters", "dilation", "groups", "bias")
DEPTHWISE = (*WINDOW, "dilation", "multiplier", "bias")
SEPARABLE = (*DEPTHWISE, "filters")
TRANSPOSED = (*MAP, "kernel", "stride", "padding", "filters", "output_padding", "bias")
POOLING = (*MAP, "pool", "stride", "padding", "overhang", "ceil")
LEARNED = ("scale", "center")
RECURRENT = (*VECTORS, "units", "biases", "sequences")
HEADS = (*VECTORS, "heads", "kv_heads")
ATTENTION = (*HEADS, "key_dim", "value_dim", "width", "bias", "causal")
BLOCK = (*HEADS, "hidden", "key_dim", "gated", "norm", "pre_norm", "bias")

LAYER_KINDS: tuple[LayerKind, ...] = (
    # fully connected
    LayerKind(kinds.Dense, "dense", draw_dense, DENSE),
    LayerKind(kinds.TimeDistributed, "steps", draw_time_distributed, DENSE, (KERAS,)),
    LayerKind(kinds.LoRA, "adapted", draw_lora, ("features", "units", "rank", "bias")),
    # convolution
    LayerKind(kinds.Conv1D, "conv", draw_convolution, CONVOLUTION),
    LayerKind(kinds.Conv2D, "conv", draw_convolution, CONVOLUTION),
    LayerKind(kinds.Conv3D, "conv", draw_convolution, CONVOLUTION),
    LayerKind(kinds.DepthwiseConv1D, "depthwise", draw_depthwise, DEPTHWISE),
    LayerKind(kinds.DepthwiseConv2D, "depthwise", draw_depthwise, DEPTHWISE),
    LayerKind(kinds.SeparableConv1D, "separable", draw_separable, SEPARABLE, (KERAS,)),
    LayerKind(kinds.SeparableConv2D, "separable", draw_separable, SEPARABLE, (KERAS,)),
    LayerKind(kinds.ConvTranspose1D, "transposed", draw_transposed, TRANSPOSED),
    LayerKind(kinds.ConvTranspose2D, "transposed", draw_transposed, TRANSPOSED),
    LayerKind(kinds.ConvTranspose3D, "transposed", draw_transposed, TRANSPOSED),
    LayerKind(kinds.PartialConv2D, "conv", draw_partial, (*WINDOW, "filters", "connections", "bias"), (KERAS,)),
    # pooling
    LayerKind(kinds.MaxPooling1D, "pool", draw_pooling, POOLING),
    LayerKind(kinds.MaxPooling2D, "pool", draw_pooling, POOLING),
    LayerKind(kinds.MaxPooling3D, "pool", draw_pooling, POOLING),
    LayerKind(kinds.AveragePooling1D, "pool", draw_pooling, POOLING),
    LayerKind(kinds.AveragePooling2D, "pool", draw_pooling, POOLING),
    LayerKind(kinds.AveragePooling3D, "pool", draw_pooling, POOLING),
    LayerKind(kinds.Subsampling2D, "pool", draw_subsampling, (*MAP, "pool")),
    LayerKind(kinds.GlobalMaxPooling1D, "pool", draw_global, (*MAP, "keepdims")),
    LayerKind(kinds.GlobalMaxPooling2D, "pool", draw_global, (*MAP, "keepdims")),
    LayerKind(kinds.GlobalMaxPooling3D, "pool", draw_global, (*MAP, "keepdims")),
    LayerKind(kinds.GlobalAveragePooling1D, "pool", draw_global, (*MAP, "keepdims")),
    LayerKind(kinds.GlobalAveragePooling2D, "pool", draw_global, (*MAP, "keepdims")),
    LayerKind(kinds.GlobalAveragePooling3D, "pool", draw_global, (*MAP, "keepdims")),
    LayerKind(kinds.AdaptiveMaxPooling1D, "pool", draw_adaptive, (*MAP, "cells")),
    LayerKind(kinds.AdaptiveMaxPooling2D, "pool", draw_adaptive, (*MAP, "cells")),
    LayerKind(kinds.AdaptiveMaxPooling3D, "pool", draw_adaptive, (*MAP, "cells")),
    LayerKind(kinds.AdaptiveAveragePooling1D, "pool", draw_adaptive, (*MAP, "cells")),
    LayerKind(kinds.AdaptiveAveragePooling2D, "pool", draw_adaptive, (*MAP, "cells")),
    LayerKind(kinds.AdaptiveAveragePooling3D, "pool", draw_adaptive, (*MAP, "cells")),
    # resizing and reshaping
    LayerKind(kinds.ZeroPadding1D, "pad", draw_zero_padding, (*MAP, "zeros")),
    LayerKind(kinds.ZeroPadding2D, "pad", draw_zero_padding, (*MAP, "zeros")),
    LayerKind(kinds.ZeroPadding3D, "pad", draw_zero_padding, (*MAP, "zeros")),
    LayerKind(kinds.Cropping1D, "crop", draw_cropping, (*MAP, "crop")),
    LayerKind(kinds.Cropping2D, "crop", draw_cropping, (*MAP, "crop")),
    LayerKind(kinds.Cropping3D, "crop", draw_cropping, (*MAP, "crop")),
    LayerKind(kinds.UpSampling1D, "upsample", draw_up_sampling, (*MAP, "factor")),
    LayerKind(kinds.UpSampling2D, "upsample", draw_up_sampling, (*MAP, "factor")),
    LayerKind(kinds.UpSampling3D, "upsample", draw_up_sampling, (*MAP, "factor")),
    LayerKind(kinds.Flatten, "flatten", draw_flatten, MAP),
    LayerKind(kinds.Reshape, "reshape", draw_reshape, MAP),
    LayerKind(kinds.Permute, "permute", draw_permute, MAP),
    # activation and regularization
    LayerKind(kinds.Activation, "activation", draw_activation, (*ANY, "activation")),
    LayerKind(kinds.PReLU, "prelu", draw_prelu, (*ANY, "one_per")),
    LayerKind(kinds.Dropout, "dropout", draw_dropout, ANY),
    # normalization
    LayerKind(kinds.BatchNorm, "norm", draw_batch_norm, (*ANY, *LEARNED)),
    LayerKind(kinds.LayerNorm, "norm", draw_layer_norm, (*ANY, *LEARNED)),
    LayerKind(kinds.RMSNorm, "norm", draw_rms_norm, (*ANY, "scale")),
    LayerKind(kinds.GroupNorm, "norm", draw_group_norm, (*ANY, "groups")),
    LayerKind(kinds.InstanceNorm, "norm", draw_instance_norm, (*MAP, *LEARNED)),
    LayerKind(kinds.Normalization, "norm", draw_normalization, ANY, (KERAS,)),
    # embedding and positions
    LayerKind(kinds.Embedding, "embedding", draw_embedding, ("vocabulary", "width", "length")),
    LayerKind(kinds.PositionEmbedding, "positions", draw_positions, (*VECTORS, "positions")),
    LayerKind(kinds.SinusoidalPositions, "positions", draw_sinusoidal, VECTORS),
    LayerKind(kinds.ClassToken, "class_token", draw_class_token, VECTORS),
    # recurrent
    LayerKind(kinds.SimpleRNN, "rnn", draw_recurrent, RECURRENT),
    LayerKind(kinds.LSTM, "lstm", draw_recurrent, (*RECURRENT, "projection")),
    LayerKind(kinds.GRU, "gru", draw_recurrent, RECURRENT),
    LayerKind(kinds.Bidirectional, "bidirectional", draw_bidirectional, (*RECURRENT, "cell", "merge")),
    LayerKind(kinds.StackedRecurrent, "stack", draw_stacked, (*RECURRENT, "cell", "layers", "bidirectional")),
    # attention and transformer blocks
    LayerKind(kinds.ScaledDotProduct, "attention", draw_dot_product, (*HEADS, "memory", "causal")),
    LayerKind(kinds.MultiHeadAttention, "attention", draw_attention, ATTENTION),
    LayerKind(kinds.CrossAttention, "attention", draw_attention, (*ATTENTION, "memory")),
    LayerKind(kinds.FeedForward, "feed_forward", draw_feed_forward, (*VECTORS, "hidden", "gated", "bias")),
    LayerKind(kinds.EncoderBlock, "block", draw_block, (*BLOCK, "causal")),
    LayerKind(kinds.DecoderBlock, "block", draw_block, (*BLOCK, "memory")),
    LayerKind(kinds.LoRAAttention, "adapted", draw_lora_attention, (*VECTORS, "heads", "rank", "bias")),
    # merging
    LayerKind(kinds.Add, "add", draw_elementwise, MAP),
    LayerKind(kinds.Multiply, "multiply", draw_elementwise, MAP),
    LayerKind(kinds.Average, "average", draw_elementwise, MAP),
    LayerKind(kinds.Concatenate, "concat", draw_concatenate, MAP),
)
