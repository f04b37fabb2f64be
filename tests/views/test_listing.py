"""Networks as lists and tables."""

from quizgen.network import Network
from quizgen.prose import filled
from quizgen.views import layer_list, layer_table
from tests.views import networks


def lines(network: Network) -> list[str]:
    return [filled(item.text, item.values, str) for item in layer_list(network).items]


def test_a_list_says_all_that_shapes_and_counts_need() -> None:
    assert lines(networks.RESIDUAL) == [
        "**input**: 32 × 32 × 3 (height × width × channels)",
        "**conv1**: 2-D convolution, 16 kernels of 3 × 3, stride 1, same padding",
        "**relu1**: ReLU activation",
        "**conv2**: 2-D convolution, 16 kernels of 3 × 3, stride 1, same padding",
        "**add**: element-wise sum of conv2 and relu1",
        "**pool**: global average-pooling layer",
        "**fc**: dense layer, 10 units",
    ]


def test_a_list_says_who_reads_what_and_whose_parameters() -> None:
    assert lines(networks.SHARED) == [
        "**input**: 16 features",
        "**input_2**: 16 features",
        "**left**: dense layer, 8 units",
        "**right**: dense layer, 8 units, reads input_2, with the parameters of left",
        "**both**: concatenation of left and right",
        "**out**: dense layer, 1 unit, frozen",
    ]


def test_token_ids_and_sequences_are_called_so() -> None:
    assert lines(networks.WORDS)[0] == "**input**: 100 token ids"
    assert lines(networks.ENCODER)[0] == "**input**: 10 × 64 (length × features)"


def test_a_table_hides_shapes_and_counts_unless_asked() -> None:
    table = layer_table(networks.DIGITS)
    assert (table.header, table.align) == (("Layer", "Kind", "Settings"), "lll")
    assert table.rows[0] == ("input", "input", "28 × 28 × 1 (height × width × channels)")
    assert table.rows[1] == ("conv2d_1", "2-D convolution", "32 kernels of 3 × 3, stride 1, valid padding")
    assert not table.last_is_total


def test_a_table_shows_shapes_and_counts_with_their_total() -> None:
    table = layer_table(networks.RESIDUAL, shapes=True, counts=True)
    assert table.header[3:] == ("Output shape", "Parameters")
    assert [row[4] for row in table.rows] == [0, 448, 0, 2320, 0, 0, 170, 2938]
    assert table.rows[5][3] == (16,)
    assert table.last_is_total


def test_shared_parameters_count_once() -> None:
    assert [row[-1] for row in layer_table(networks.SHARED, counts=True).rows] == [0, 0, 136, 0, 0, 17, 153]
