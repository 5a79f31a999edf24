"""What the title grammar finds."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Level

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A job title in a sentence.

    `start` and `end` bound its wording, unit and area included, without company and without "former", "new"
    or "its"; where a company stands inside ("president of Acme's tire division"), `text` leaves it out and
    differs from the stretch. `unit` is the area or part of the organisation. `modifiers` holds what stands
    before or after the head, those outside the wording included: former, outgoing, incoming, new, current,
    interim, acting, co... `strong` titles are job titles wherever they stand; the others ("director",
    "head", "partner") want an event or a name beside them. `company_span` is the organisation tied to the
    title ("Acme's CEO", "CEO of Acme").
    """

    start: int
    end: int
    text: str
    head: str
    unit: str | None
    modifiers: tuple[str, ...]
    canonical: str
    level: Level
    capitalised: bool
    strong: bool
    plural: bool
    company_span: Span | None = None

    @property
    def interim(self) -> bool:
        """Held only until someone is found."""
        return "interim" in self.modifiers or "acting" in self.modifiers
