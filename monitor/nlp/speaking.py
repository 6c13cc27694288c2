"""What is known of those who may speak: the named things of a text, and who has spoken so far."""

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source
from monitor.nlp.mentioned import Named
from monitor.nlp.speech_cues import SpeechCues


@dataclass(frozen=True)
class Voice:
    """A phrase that speaks. `start`/`end`: the phrase; `at`: its head token; `words`: what it was called, lower case."""

    chain: tuple[Source, ...]
    start: int
    end: int
    at: int
    words: frozenset[str] = frozenset()
    plural: bool = False
    modality: Modality | None = None

    @property
    def nearest(self) -> Source:
        return self.chain[0]


@dataclass
class Speakers:
    """The article's named things and, as reading goes on, those who have spoken.

    `spoken_from`: the character where the text begins; what stands before is a dateline. `resolve`: whom a phrase means.
    """

    doc: Doc
    text: str
    publisher: str
    cues: SpeechCues
    named: list[Named]
    resolve: "Callable[[Speakers, Token, bool], Voice | None]"
    spoken_from: int = 0
    voices: list[Voice] = field(default_factory=list)
    at: dict[int, Named] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = {i: n for n in self.named for i in range(n.first, n.stop)}

    def remember(self, voice: Voice) -> None:
        self.voices.append(voice)

    def voice(self, head: Token, *, loose: bool = False) -> Voice | None:
        """Whom the phrase around `head` means; None where it can be no source. `loose`: accept any noun as a speaker."""
        return self.resolve(self, head, loose)

    def is_publisher(self, source: Source) -> bool:
        """Whether the source is the publisher of this very article, possibly in short ("the Sentinel")."""
        ours = {w.lower() for w in self.publisher.split()} - {"the"}
        theirs = {w.lower() for w in (source.name or source.label).split()} - {"the"}
        return bool(ours and theirs) and theirs <= ours
