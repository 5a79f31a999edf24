"""Event mentions -> events: near-duplicate articles, names, blocks, clusters, canonical values.

What is one event was decided as follows; `tests/dedupe/test_events.py` holds each decision.

* Loss, gain and leave are never one event, and neither are two mentions of one article
  that differ.
* Rumour, nomination, plan and execution are one event; its status is how far it got, and what it
  was before stands among the conflicts. A date that is not later than the report of something yet
  to come is that of the announcement.
* A denial is an event of its own. It is tied to what it denies: conflicts of slot `denies` and
  `denied_by` hold the other event's id.
* An interim spell and the permanent job are two events. Two roles are two, and so are two units of
  one role; a title that says less ("executive", "vice president") goes to the event it fits best
  and joins no others.
* A leaver given two titles at one time is one event with a conflict, unless an article tells both;
  so is a newcomer whose two titles are of one kind (two chiefs). A seat on a board is always apart
  from a job.
* The same person can leave twice: reports far apart in time, or with a return between them, are two
  events.
* A death is no resignation; either may be told as a departure. A renewed term is not the first one.
* Two people of one name at two companies stay two, unless an article gives one person both
  companies.
* Short names and acronyms of companies, and new names that an article states, let two reports
  agree, but are not merged with the company; parent and subsidiary neither merge nor agree.
* A corrected article's old mention leaves its event; a misspelt name merges where the reports fit
  closely.
* A copy counts with its original, and several articles of one publisher count once, as sources.
"""

from pipeline.dedupe.result import DedupeResult
from pipeline.dedupe.stage import dedupe

__all__ = ["DedupeResult", "dedupe"]
