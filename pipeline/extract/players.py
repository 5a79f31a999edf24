"""Who plays or races for a club: transfers, bans and the end of a player's career are no moves; a coach's are."""

from __future__ import annotations

import re

from pipeline.extract.candidates import Candidate
from pipeline.extract.view import View

_ACTIONS = frozenset({"joined", "departed", "returned", "retired", "on_leave", "dismissed", "died"})
_PLAYERS = (
    r"(?:striker|midfielder|defender|goalkeeper|goalscorer|winger|forward|playmaker|fullback|full-back|centre-back|"
    r"left-back|right-back|left back|right back|fly-half|scrum-half|flanker|footballer|soccer player|football player|"
    r"rugby player|cricketer|batsman|batter|bowler|all-rounder|wicketkeeper|quarterback|linebacker|running back|"
    r"wide receiver|point guard|shortstop|pitcher|outfielder|goaltender|basketball player|baseball player|"
    r"hockey player|skiers?|skater|biathlete|snowboarder|cyclist|sprinter|swimmer|rower|gymnast|athlete|jockey|"
    r"boxer|wrestler|golfer|tennis player|handball player|volleyball player|team-?mates?)"
)
# Offices that a former player has: "the former striker, now sporting director".
_OFFICES = re.compile(r"\b(?:coach|manager|director|president|chairman|chief|trainer|physio|scout|analyst|pundit)\b")
_OF_PLAY = re.compile(
    r"\b(?:transfer window|transfer fee|on loan|loan spell|caps for|played for clubs|has played for|right back|"
    r"left back|free transfer|signed for \S+ from)\b"
)


def is_player(view: View, candidate: Candidate) -> bool:
    """Whether the article calls a person a player of a sport, and the event gives no office but "captain"."""
    if candidate.trigger.rule.action not in _ACTIONS or any(r.text.lower() not in _PLAYED for r in candidate.roles):
        return False
    entity = candidate.person.entity
    if any(row.person == entity and _OFFICES.search(row.role.lower()) for row in view.affiliations):
        return False
    sentence = candidate.window.sentences[candidate.sentence]
    told = view.text[sentence.start : sentence.end]
    if candidate.trigger.rule.action in ("joined", "departed") and _OF_PLAY.search(told) and not _OFFICES.search(told):
        return True
    offices = [r.text for r in candidate.roles] or [r.role for r in view.affiliations if r.person == entity]
    captain = any(office.lower() in ("captain", "skipper") for office in offices)
    if captain and len({found.group().lower() for found in _SPORT.finditer(view.text)}) >= _SPORTING:
        return True
    person = view.people.persons[entity]
    surname = person.full.split()[-1]
    return any(
        _is_called_player(
            view.text[max(at - _BEFORE, 0) : at], view.text[at : at + len(person.full) + _BEHIND], surname
        )
        for at in person.positions
    )


_SPORT = re.compile(
    r"(?i:\b(?:league|club|first team|squad|debut|football|rugby|cricket|match|stadium|goals?|team-?mates?|pitch|"
    r"striker|fans)\b)"
)
_SPORTING = 3  # different words of sport by which a captain is a team's, and no ship's
_PLAYED = frozenset({"captain", "striker", "midfielder", "defender", "goalkeeper", "player", "skipper", "athlete"})
_BEFORE = 90  # characters before a name in which names listed with it may stand
_BEHIND = 60  # characters behind it
_RIGHT_BEFORE = re.compile(
    rf"(?i:(\bformer |\bex-|\bretired )?(?:[\w-]+ )?\b{_PLAYERS}s?,?) (?:[A-Z][\w'’.-]*,? (?:and )?)*$"
)
_ASIDE = re.compile(rf"^, (?:an?|the|who is an?|one of)\b[^,.;]*?\b{_PLAYERS}\b")


def _is_called_player(before: str, behind: str, surname: str) -> bool:
    """Whether a text calls somebody a player right before or right behind a name."""
    found = _RIGHT_BEFORE.search(before)
    if found is not None and not found[1]:
        return True
    start = behind.find(surname)
    aside = _ASIDE.match(behind[start + len(surname) :]) if start >= 0 else None
    return aside is not None and "former" not in aside[0]
