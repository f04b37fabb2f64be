"""Networks from the literature, from LeNet-5 to a GPT, each with the number of parameters that it's known for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from quizgen.architectures.alexnet import alexnet_of_2012, single_tower
from quizgen.architectures.base import Architecture
from quizgen.architectures.bert import bert
from quizgen.architectures.classroom import WEIGHTED_POOLING, mnist_keras, mnist_lasagne, two_class, two_class_in_code
from quizgen.architectures.gpt import gpt_2
from quizgen.architectures.lenet import lenet_5, lenet_5_of_1998
from quizgen.architectures.llama import llama_3_8b
from quizgen.architectures.mobilenet import mobilenet
from quizgen.architectures.resnet import KERAS, basic, bottleneck, resnet, resnet_20
from quizgen.architectures.transformer import transformer
from quizgen.architectures.unet import unet
from quizgen.architectures.vgg import vgg
from quizgen.architectures.vit import vit
from quizgen.errors import UnknownNameError
from quizgen.network import Network

ALL: tuple[Architecture, ...] = (
    Architecture(
        "mnist-lasagne",
        "a small digit network",
        "digits: two convolutions, two dense layers, counted by hand in a table",
        "https://stackoverflow.com/questions/42786717",
        217_706,
        mnist_lasagne,
    ),
    Architecture(
        "mnist-keras",
        "Keras's digit network",
        "digits: Keras's first example of a convolutional network",
        "https://keras.io/examples/vision/mnist_convnet",
        34_826,
        mnist_keras,
    ),
    Architecture(
        "two-class",
        "a two-class network",
        "gray images in two classes, without padding, flattened before its dense layers",
        "https://ai.stackexchange.com/questions/17101",
        None,
        two_class,
    ),
    Architecture(
        "two-class-weighted-pooling",
        "a two-class network with trained pooling",
        "the same with a trained coefficient and bias for each map in its pooling",
        "https://ai.stackexchange.com/questions/17101",
        None,
        partial(two_class, pooling=WEIGHTED_POOLING),
    ),
    Architecture(
        "two-class-in-code",
        "a two-class network",
        "the same as its Keras code builds it: padded, dense layers on the unflattened map",
        "https://ai.stackexchange.com/questions/17101",
        None,
        two_class_in_code,
    ),
    Architecture(
        "lenet-5",
        "LeNet-5 (modern form)",
        "handwritten digits, as LeNet-5 is taught today: plain pooling, softmax",
        "https://doi.org/10.1109/5.726791, modern reading",
        61_706,
        lenet_5,
    ),
    Architecture(
        "lenet-5-1998",
        "LeNet-5 (1998)",
        "LeNet-5 as published: partial connections, trained subsampling, fixed output units",
        "https://doi.org/10.1109/5.726791, section II.B",
        60_840,
        lenet_5_of_1998,
    ),
    Architecture(
        "alexnet",
        "AlexNet (one tower)",
        "ImageNet: five convolutions, three dense layers, in one tower",
        "torchvision alexnet; arXiv:1404.5997",
        61_100_840,
        single_tower,
    ),
    Architecture(
        "alexnet-2012",
        "AlexNet (2012, two towers)",
        "AlexNet as published: two towers that meet at conv3 and the dense layers",
        "Caffe bvlc_alexnet; Krizhevsky, Sutskever & Hinton 2012",
        60_965_224,
        alexnet_of_2012,
    ),
    Architecture(
        "vgg-16",
        "VGG-16",
        "ImageNet: thirteen convolutions of 3 × 3, three dense layers",
        "Keras VGG16; arXiv:1409.1556, column D",
        138_357_544,
        partial(vgg, depths=(2, 2, 3, 3, 3)),
    ),
    Architecture(
        "vgg-19",
        "VGG-19",
        "VGG with sixteen convolutions",
        "Keras VGG19; arXiv:1409.1556, column E",
        143_667_240,
        partial(vgg, depths=(2, 2, 4, 4, 4)),
    ),
    Architecture(
        "resnet-20",
        "ResNet-20",
        "CIFAR-10: residual blocks, shortcuts with projections",
        "arXiv:1512.03385, section 4.2",
        None,
        resnet_20,
    ),
    Architecture(
        "resnet-18",
        "ResNet-18",
        "ImageNet: basic residual blocks",
        "torchvision resnet18; arXiv:1512.03385",
        11_689_512,
        partial(resnet, block=basic, depths=(2, 2, 2, 2)),
    ),
    Architecture(
        "resnet-34",
        "ResNet-34",
        "ImageNet: basic residual blocks, twice as many",
        "torchvision resnet34; arXiv:1512.03385",
        21_797_672,
        partial(resnet, block=basic, depths=(3, 4, 6, 3)),
    ),
    Architecture(
        "resnet-50",
        "ResNet-50",
        "ImageNet: bottleneck blocks (v1.5, the stride on the 3 × 3 convolution)",
        "torchvision resnet50; arXiv:1512.03385",
        25_557_032,
        partial(resnet, block=bottleneck, depths=(3, 4, 6, 3)),
    ),
    Architecture(
        "resnet-50-keras",
        "Keras's ResNet-50",
        "ResNet-50 as Keras has it (v1, biases in its convolutions, statistics counted)",
        "Keras ResNet50; arXiv:1512.03385",
        25_636_712,
        partial(resnet, block=bottleneck, depths=(3, 4, 6, 3), recipe=KERAS),
    ),
    Architecture(
        "mobilenet",
        "MobileNet",
        "ImageNet: depthwise separable convolutions (v1)",
        "Keras MobileNet; arXiv:1704.04861",
        4_253_864,
        mobilenet,
    ),
    Architecture(
        "unet",
        "U-Net",
        "segmentation: an encoder and a decoder of convolutions, joined at each level",
        "arXiv:1505.04597",
        31_030_658,
        unet,
    ),
    Architecture(
        "transformer-base",
        "the base transformer",
        "translation: six encoder and six decoder blocks, one shared matrix of embeddings",
        "arXiv:1706.03762, table 3",
        None,
        partial(transformer, width=512, heads=8, hidden=2048),
    ),
    Architecture(
        "bert-base",
        "BERT-base",
        "language: twelve encoder blocks over words and sentence marks",
        "Hugging Face bert-base-uncased; arXiv:1810.04805",
        109_482_240,
        partial(bert, width=768, heads=12, blocks=12),
    ),
    Architecture(
        "bert-large",
        "BERT-large",
        "BERT with twenty-four blocks",
        "Hugging Face bert-large-uncased; arXiv:1810.04805",
        335_141_888,
        partial(bert, width=1024, heads=16, blocks=24),
    ),
    Architecture(
        "gpt-2",
        "GPT-2 small",
        "language: twelve decoder-only blocks, output tied to the embedding (small)",
        "Hugging Face gpt2; Radford et al. 2019",
        124_439_808,
        partial(gpt_2, width=768, heads=12, blocks=12),
    ),
    Architecture(
        "gpt-2-medium",
        "GPT-2 medium",
        "GPT-2 with twenty-four blocks",
        "Hugging Face gpt2-medium; Radford et al. 2019",
        354_823_168,
        partial(gpt_2, width=1024, heads=16, blocks=24),
    ),
    Architecture(
        "gpt-2-large",
        "GPT-2 large",
        "GPT-2 with thirty-six blocks",
        "Hugging Face gpt2-large; Radford et al. 2019",
        774_030_080,
        partial(gpt_2, width=1280, heads=20, blocks=36),
    ),
    Architecture(
        "gpt-2-xl",
        "GPT-2 XL",
        "GPT-2 with forty-eight blocks",
        "Hugging Face gpt2-xl; Radford et al. 2019",
        1_557_611_200,
        partial(gpt_2, width=1600, heads=25, blocks=48),
    ),
    Architecture(
        "llama-3-8b",
        "Llama 3 8B",
        "language: grouped queries, gated feed-forward networks, RMSNorm, no biases",
        "Hugging Face Meta-Llama-3-8B; arXiv:2407.21783",
        8_030_261_248,
        llama_3_8b,
    ),
    Architecture(
        "vit-b-16",
        "ViT-B/16",
        "ImageNet: twelve encoder blocks over patches of 16 × 16",
        "torchvision vit_b_16; arXiv:2010.11929",
        86_567_656,
        partial(vit, width=768, heads=12, blocks=12, patch=16),
    ),
)
"""Every architecture, in the order in which they are listed."""

ARCHITECTURES: Mapping[str, Architecture] = {architecture.name: architecture for architecture in ALL}


def architecture(name: str) -> Network:
    """The network of that name, built anew; raises UnknownNameError."""
    if name not in ARCHITECTURES:
        raise UnknownNameError("architecture", name, ARCHITECTURES)
    return ARCHITECTURES[name].build()
