"""PyTorch networks as people paste them: files in `pasted_torch`, and what PyTorch 2.13 says of each.

`python -m tests.readers.torch_cases` prints what PyTorch says of them now.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from quizgen.layers.base import Shape

FOLDER = Path(__file__).parent / "pasted_torch"


class Pasted(NamedTuple):
    """A network as it was pasted.

    model: the expression that gives it, once the code has run; empty where a package is missing that the code needs, and
    the totals are calculated by hand. inputs: what it's fed, as PyTorch orders it, without batch.
    batch_at: where the batch stands. output: what comes out for one example, in the same order.
    """

    name: str
    model: str
    inputs: tuple[tuple[int, ...], ...]
    trainable: int
    frozen: int
    output: tuple[int, ...]
    ids: bool = False
    batch_at: int = 0

    @property
    def text(self) -> str:
        return (FOLDER / f"{self.name}.txt").read_text(encoding="utf-8")

    @property
    def input_shape(self) -> Shape | None:
        """The one input, channels last as a user types it."""
        if len(self.inputs) > 1:
            return None
        (shape,) = self.inputs
        return Shape((*shape[1:], shape[0])) if len(shape) == 3 else Shape(shape)


PASTED: tuple[Pasted, ...] = (
    Pasted("tutorial_lenet", "net", ((1, 32, 32),), 61_706, 0, (10,)),
    Pasted("alexnet", "AlexNet()", ((3, 224, 224),), 61_100_840, 0, (1000,)),
    Pasted("vgg_loop", "net", ((3, 32, 32),), 14_728_266, 0, (10,)),
    Pasted("resnet_blocks", "ResNet18()", ((3, 32, 32),), 11_173_962, 0, (10,)),
    Pasted("unet", "model", ((3, 96, 96),), 31_037_633, 0, (1, 96, 96)),
    Pasted("mobilenet_blocks", "MobileNetV2()", ((3, 64, 64),), 3_504_872, 0, (1000,)),
    Pasted("autoencoder", "model", ((1, 28, 28),), 5_729, 0, (1, 28, 28)),
    Pasted("vae", "model", ((784,),), 652_824, 0, (784,)),
    Pasted("dcgan", "netG", ((100, 1, 1),), 3_576_704, 0, (3, 64, 64)),
    Pasted("siamese", "net", ((1, 100, 100), (1, 100, 100)), 40_003_365, 0, (5,)),
    Pasted("transfer_frozen", "model", ((3, 40, 40),), 130, 19_392, (2,)),
    Pasted("notebook", "model", ((3, 32, 32),), 541_094, 0, (10,)),
    Pasted("mlp_ordered", "model", ((784,),), 109_386, 0, (10,)),
    Pasted("add_module", "model", ((4, 200),), 3_796, 0, (3,)),
    Pasted("text_cnn", "TextCNN()", ((30,),), 794_502, 0, (2,), ids=True),
    Pasted("lstm_classifier", "model", ((12,),), 4_810_857, 0, (1,), ids=True),
    Pasted("char_rnn", "with_default(net, hidden=None)", ((12, 83),), 896_851, 0, (12, 83)),
    Pasted("tied_lm", "model", ((20,),), 844_200, 0, (20, 1000), ids=True, batch_at=1),
    Pasted("rnn_from_scratch", "rnn", ((57,), (128,)), 27_156, 0, (18,)),
    Pasted("transformer_encoder", "model", ((12,),), 12_025_582, 0, (12, 28_782), ids=True, batch_at=1),
    Pasted("mini_gpt", "model", ((20,),), 209_729, 0, (20, 65), ids=True),
    Pasted("vit", "vit", ((3, 32, 32),), 1_357_258, 0, (10,)),
    Pasted("vit_einops", "", ((3, 64, 64),), 627_048, 0, (1000,)),
    Pasted("lightning", "LitNet()", ((1, 28, 28),), 55_050, 0, (10,)),
    Pasted("squeeze_excite", "SENet()", ((3, 32, 32),), 20_810, 0, (10,)),
    Pasted("dense_blocks", "DenseNet()", ((3, 32, 32),), 21_194, 0, (10,)),
    Pasted("cuda_and_tabs", "net", ((1, 28, 28),), 1_199_882, 0, (10,)),
    Pasted("seq2seq_gru", "enc", ((10,),), 1_446_912, 0, (10, 256), ids=True),
    Pasted("conv_lstm_frames", "model", ((8, 40),), 8_658, 0, (2,)),
)


if __name__ == "__main__":
    from tests.readers.torch_truth import truth_of

    for case in filter(lambda case: case.model, PASTED):
        said = truth_of(case)
        print(case.name, said.trainable, said.frozen, said.output)
