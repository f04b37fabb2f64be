"""The compact notation: what each word is, what a text may look like, and what is said of mistakes."""

from __future__ import annotations

import pytest

from quizgen import layers as ours
from quizgen.architectures import ARCHITECTURES, architecture
from quizgen.layers import Layer
from quizgen.network import params_total
from quizgen.readers.compact import looks_compact, read_compact, written
from quizgen.readers.compact.words import WORDS
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import parse_shape
from quizgen.unknown import UNKNOWN, known

ON_IMAGES: tuple[tuple[str, Layer], ...] = (
    ("conv3x3x64", ours.Conv2D(64, (3, 3))),
    ("conv3x5x64/2", ours.Conv2D(64, (3, 5), (2, 2))),
    ("conv3x3x64/2x1", ours.Conv2D(64, (3, 3), (2, 1))),
    ("conv3x3x64s2", ours.Conv2D(64, (3, 3), (2, 2))),
    ("conv3x3x64,same", ours.Conv2D(64, (3, 3), padding="same")),
    ("conv3x3x64,p1", ours.Conv2D(64, (3, 3), padding=((1, 1), (1, 1)))),
    ("conv3x3x64,p1x2", ours.Conv2D(64, (3, 3), padding=((1, 1), (2, 2)))),
    ("conv3x3x64,p0+1", ours.Conv2D(64, (3, 3), padding=((0, 1), (0, 1)))),
    ("conv3x3x64,d2", ours.Conv2D(64, (3, 3), dilation=(2, 2))),
    ("conv3x3x64,g4", ours.Conv2D(64, (3, 3), groups=4)),
    ("conv3x3x64-bias", ours.Conv2D(64, (3, 3), bias=False)),
    ("conv3x3x64s2p1d2g4-bias", ours.Conv2D(64, (3, 3), (2, 2), ((1, 1), (1, 1)), (2, 2), 4, False)),
    ("CONV3X3X64,SAME", ours.Conv2D(64, (3, 3), padding="same")),
    ("conv3×3×64", ours.Conv2D(64, (3, 3))),
    ("dwconv3x3/2", ours.DepthwiseConv2D((3, 3), (2, 2))),
    ("dwconv3,m2", ours.DepthwiseConv2D((3, 3), multiplier=2)),
    ("sepconv3x3x64", ours.SeparableConv2D(64, (3, 3))),
    ("convt2x2x64/2", ours.ConvTranspose2D(64, (2, 2), (2, 2))),
    ("convt3x3x8/2,p1,op1", ours.ConvTranspose2D(8, (3, 3), (2, 2), ((1, 1), (1, 1)), output_padding=(1, 1))),
    ("pool2", ours.MaxPooling2D((2, 2))),
    ("maxpool3x2/1", ours.MaxPooling2D((3, 2), (1, 1))),
    ("pool3/2,ceil", ours.MaxPooling2D((3, 3), (2, 2), ceil=True)),
    ("avgpool3/2,same", ours.AveragePooling2D((3, 3), (2, 2), "same")),
    ("subsample2", ours.Subsampling2D((2, 2))),
    ("gap", ours.GlobalAveragePooling2D()),
    ("gmp,keep", ours.GlobalMaxPooling2D(keepdims=True)),
    ("aap7", ours.AdaptiveAveragePooling2D((7, 7))),
    ("pad1", ours.ZeroPadding2D(((1, 1), (1, 1)))),
    ("crop0+1x2", ours.Cropping2D(((0, 1), (2, 2)))),
    ("up2", ours.UpSampling2D((2, 2))),
    ("flatten", ours.Flatten()),
    ("reshape?x8", ours.Reshape((None, 8))),
    ("permute3x1x2", ours.Permute((3, 1, 2))),
    ("dense256", ours.Dense(256)),
    ("fc256-bias", ours.Dense(256, bias=False)),
    ("linear10", ours.Dense(10)),
    ("identity", ours.Activation("linear")),
    ("relu", ours.Activation("relu")),
    ("relu6", ours.Activation("relu6")),
    ("leaky_relu", ours.Activation("leaky_relu")),
    ("prelu,channel", ours.PReLU("channel")),
    ("dropout", ours.Dropout()),
    ("dropout0.25", ours.Dropout(0.25)),
    ("bn", ours.BatchNorm()),
    ("bn,buffers-scale", ours.BatchNorm("buffers", scale=False)),
    ("ln2", ours.LayerNorm(2)),
    ("rms", ours.RMSNorm()),
    ("gn4", ours.GroupNorm(4)),
    ("in,scale,center", ours.InstanceNorm(scale=True, center=True)),
    ("norm", ours.Normalization()),
)
ON_SEQUENCES: tuple[tuple[str, Layer], ...] = (
    ("conv5x32,p0+4", ours.Conv1D(32, (5,), padding=((0, 4),))),
    ("pool2", ours.MaxPooling1D((2,))),
    ("rnn64", ours.SimpleRNN(64)),
    ("lstm64,seq", ours.LSTM(64, sequences=True)),
    ("lstm64,proj16", ours.LSTM(64, projection=16)),
    ("gru64,b2", ours.GRU(64, 2)),
    ("gru64-bias", ours.GRU(64, 0)),
    ("bilstm64", ours.Bidirectional(ours.LSTM(64))),
    ("bigru64,seq,sum", ours.Bidirectional(ours.GRU(64, sequences=True), "sum")),
    ("mha8", ours.MultiHeadAttention(8, 2)),
    ("mha8x64", ours.MultiHeadAttention(8, 64)),
    ("mha8x64,kv2,causal-bias", ours.MultiHeadAttention(8, 64, bias=False, kv_heads=2, causal=True)),
    ("ffn64,gated", ours.FeedForward(64, gated=True)),
    ("encoder8x2048", ours.EncoderBlock(8, 2048)),
    ("encoder8x2048,pre,rms,causal", ours.EncoderBlock(8, 2048, norm="rms", pre_norm=True, causal=True)),
    ("positions64", ours.PositionEmbedding(64)),
    ("sines", ours.SinusoidalPositions()),
    ("cls", ours.ClassToken()),
)


@pytest.mark.parametrize(("word", "layer"), ON_IMAGES)
def test_a_word_on_an_image(word: str, layer: Layer) -> None:
    (node,) = read_compact(f"24x24x8 {word}").network.nodes
    assert node.layer == layer


@pytest.mark.parametrize(("word", "layer"), ON_SEQUENCES)
def test_a_word_on_a_sequence(word: str, layer: Layer) -> None:
    (node,) = read_compact(f"20x16 {word}").network.nodes
    assert node.layer == layer


def test_a_word_on_a_volume() -> None:
    conv, pool = read_compact("16x16x16x1 conv3x3x3x8 pool2").network.nodes
    assert (conv.layer, pool.layer) == (ours.Conv3D(8, (3, 3, 3)), ours.MaxPooling3D((2, 2, 2)))


def test_token_ids() -> None:
    (node,) = read_compact("100 embedding5000x64").network.nodes
    assert node.layer == ours.Embedding(5000, 64)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.name)
def test_the_example_of_every_word_is_read(word: object) -> None:
    example = word.example  # type: ignore[attr-defined]
    (node,) = read_compact(example).network.nodes
    assert type(node.layer) in (*word.kinds, ours.Bidirectional)  # type: ignore[attr-defined]


# 28·28·1 by hand: 32·(25 + 1), 64·(9·32 + 1), 256·(5·5·64 + 1), 10·257
def test_a_network_counted_by_hand() -> None:
    reading = read_compact("28x28x1 conv5x5x32 pool2 conv3x3x64 pool2 flatten dense256 dense10")
    assert [row.params for row in reading.network.rows] == [832, 0, 18_496, 0, 0, 409_856, 2_570]
    assert [node.name for node in reading.network.nodes] == [
        "conv2d_1", "maxpooling2d_1", "conv2d_2", "maxpooling2d_2", "flatten", "dense_1", "dense_2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "28x28x1 conv3x3x8 flatten dense10",
        "28x28x1 -> conv3x3x8 -> flatten -> dense10",
        "28x28x1, conv3x3x8, flatten, dense10,",
        "28×28×1 → CONV3×3×8 → FLATTEN → DENSE10",
        "28x28x1 # digits\n\n  conv3x3x8\n\tflatten   # 26·26·8\ndense10\n",
    ],
)
def test_spacing_arrows_and_comments_do_not_matter(text: str) -> None:
    assert params_total(read_compact(text).network.rows) == 80 + 10 * (26 * 26 * 8 + 1)


OPEN = (
    ("conv3x3x8 pool2 flatten dense10", [(None, None, 8), (None, None, 8), (None,), (10,)]),
    ("pool2 conv5x5x4", [(None, None, None), (None, None, 4)]),
    ("conv5x4 gap", [(None, 4), (4,)]),
    ("conv3x3x3x4 gap", [(None, None, None, 4), (4,)]),
    ("dense10 relu dense2", [(10,), (10,), (2,)]),
    ("embedding100x8 lstm16 dense2", [(None, 8), (16,), (2,)]),
    ("lstm16", [(16,)]),
    ("encoder8x64", [(None, None)]),
    ("mha8", [(None, None)]),
    ("relu flatten dense3", [(None, None, None), (None,), (3,)]),
    ("?x?x3 conv3x3x8 gap dense10", [(None, None, 8), (8,), (10,)]),
)


@pytest.mark.parametrize(("text", "outputs"), OPEN)
def test_without_an_input_shape_what_depends_on_it_is_unknown(text: str, outputs: list[tuple[int | None, ...]]) -> None:
    rows = read_compact(text).network.rows
    assert [tuple(map(known, row.output)) for row in rows] == outputs


def test_channels_alone_are_enough_to_count_a_convolution() -> None:
    conv, pool, dense = read_compact("?x?x3 conv3x3x8 gap dense10").network.rows
    assert (conv.params, pool.params, dense.params) == (224, 0, 90)


def test_an_input_shape_that_is_given_takes_the_place_of_the_one_in_the_text() -> None:
    shape = parse_shape("32x32x3")
    assert read_compact("conv3x3x8", input_shape=shape).network.inputs == (shape,)
    assert read_compact("28x28x1 conv3x3x8", input_shape=shape).network.inputs == (shape,)


MISTAKES = (
    ("28x28x1 conv5x5x32 pol2", "word 3, “pol2”: there is no layer “pol”. Did you mean “pool”"),
    ("28x28x1 conv 5x5x32", "word 2, “conv”: conv takes kernel × filters. Write it as conv3x3x64."),
    ("28x28x1 5x5x32", "word 2, “5x5x32”: a layer begins with its name."),
    ("28x28x1 conv3x3", "a kernel of 3 does not fit 28 × 28 × 1, which has 2 axes and channels."),
    ("50x8 conv3x3x64", "a kernel of 3x3 does not fit 50 × 8, which has 1 axis and channels."),
    ("784 conv3x3x64", "Conv2D reads 3 axes (height × width × channels), but 784 has 1."),
    ("28x28x1 conv2d3x3x4", "“conv2d” is not a word. Write conv alone: the number of axes follows from the input."),
    ("28x28x1 conv3x3x64,relu", "conv has no setting “relu”. A layer of its own has a space before it: relu."),
    ("28x28x1 conv3x3x64,q2", "conv has no setting “q2”. After it may stand s2, p2, same, valid, d2, g2, -bias."),
    ("28x28x1 conv3x3x64/2/2", "its stride is said twice."),
    ("28x28x1 conv3x3x64s", "conv has no setting “s”."),
    ("28x28x1 pool2x2x2", "a pool of 2x2x2 does not fit 28 × 28 × 1, which has 2 axes and channels."),
    ("28x28x1 flatten3", "flatten takes no number."),
    ("28x28x1 dense10*3", "“*3” cannot be read. After it may stand -bias."),
    ("28x28x1 dense-5", "dense takes units. Write it as dense256."),
    ("28x28x1 dense0", "Dense: units = 0 is not positive."),
    ("28x28x1 conv30x30x4", "a window that reaches over 30 cells does not fit on an axis of 28."),
    ("0x28x1 dense3", "word 1, “0x28x1”: a size of 0 holds nothing."),
    ("50x8 lstm32 lstm32", "word 3, “lstm32”: LSTM reads a sequence (length × features), but gets 32."),
    ("50x10 mha3", "a width of 10 does not divide into 3 heads."),
    ("784 dropout1.5", "Dropout: rate = 1.5 is no share."),
    ("784 dropout0.5.5", "“0.5.5” is no share."),
    ("784 dense9999999999999999", "9999999999999999 is larger than any layer."),
    ("784 dense" + "9" * 50, "is larger than any layer."),
    ("784 dense" + "9" * 5000, "it is longer than 200 characters."),
    ("784", "there is no layer in it."),
    ("", "there is no layer in it."),
    ("784 " + "relu " * 10_001, "the text has more than 10,000 words."),
)


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=lambda case: case[:30])
def test_a_mistake_is_said_with_its_word(text: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_compact(text)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_mistake_in_a_file_is_said_with_its_line() -> None:
    with pytest.raises(ReadError) as caught:
        read_compact("28x28x1\nconv3x3x8\ndens10", "net.txt")
    assert str(caught.value).startswith("net.txt:3: word 3, “dens10”: there is no layer “dens”.")


def test_the_lines_of_layers_are_kept() -> None:
    assert read_compact("28x28x1\nconv3x3x8\n\nflatten", "net.txt").lines == {"conv2d": 2, "flatten": 4}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("28x28x1 conv3x3x8", True),
        ("28x28x1 cnv3x3x8", True),
        ("conv3x3x8 dns10", True),
        ("dense10", True),
        ("model.add(Dense(10))", False),
        ("x = 28x28x1", False),
        ("lenet-5", False),
        ("{}", False),
        ("", False),
    ],
)
def test_what_is_taken_for_compact_notation(text: str, meant: bool) -> None:
    assert looks_compact(text) == meant


def test_published_stacks_are_written_and_read_back() -> None:
    stacks = [network for network in map(architecture, ARCHITECTURES) if network.is_stack]
    texts = {network.name: written(network) for network in stacks}
    assert [name for name, text in texts.items() if text is None] == ["lenet-5-1998"]  # its third layer has no word
    for network in stacks:
        if text := texts[network.name]:
            assert [row[1:] for row in read_compact(text).network.rows] != []
            assert [node.layer for node in read_compact(text).network.nodes] == [node.layer for node in network.nodes]


def test_what_has_no_words_is_not_written() -> None:
    assert written(architecture("resnet-18")) is None


def test_an_unknown_size_is_written_as_a_question_mark() -> None:
    network = read_compact("?x?x3 conv3x3x8 gap").network
    assert network.input == (UNKNOWN, UNKNOWN, 3)
    assert written(network) == "?x?x3 conv3x3x8 gap"
