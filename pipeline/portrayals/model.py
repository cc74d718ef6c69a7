"""What a model of portrayals takes and gives: a target in its sentence, and the probabilities of three labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Span

    # A parsed sentence (a whole document, or a span of one) and the target in it, as offsets into the document.
    Target = tuple[Doc | Span, int, int]


class PortrayalModel(Protocol):
    """Anything that rates targets."""

    def probabilities(self, targets: Sequence[Target]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive: one row a target, rows sum to 1."""
        ...
