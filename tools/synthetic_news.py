"""Writes varied news articles as JSON Lines, for cost curves: python tools/synthetic_news.py 10000 > a.jsonl

One article in three states one to three moves, in sentences from templates; the others and the rest of each
text are sentences of common words. Names of persons and companies are put together from syllables, so that
vocabulary grows with the number of articles as it does in real news. The same number gives the same bytes.
"""

from __future__ import annotations

import json
import random
import sys

GIVEN = "Anna Bruno Clara David Elena Frank Grace Henry Irene James Karen Louis Maria Nathan Olivia Peter".split()
SYLLABLES = "bar cal den fer gan hol jor kel lan mor nor pel rin sar tol van wex zan".split()
ROLES = (
    "chief executive",
    "chief financial officer",
    "president",
    "chairman",
    "vice president of sales",
    "general counsel",
    "head of research",
    "director",
)
MOVES = (
    "{company} named {person} {role}, effective {month} 1.",
    "{person}, {role} of {company}, resigned on Monday.",
    "{person} will join {company} as {role} in {month}.",
    "{company} said {person} is stepping down as {role}.",
    "{person} was promoted to {role} at {company}.",
    "{company}'s {role}, {person}, will retire next year.",
)
MONTHS = ("January", "March", "May", "July", "September", "November")
SUBJECTS = (
    "The company",
    "Analysts",
    "The market",
    "Investors",
    "The government",
    "A spokesman",
    "Shares",
    "The bank",
)
VERBS = ("said", "expected", "reported", "considered", "described", "reviewed", "announced", "left")
OBJECTS = (
    "the results of the quarter",
    "a plan to open new plants",
    "higher prices for oil and grain",
    "the terms of the agreement",
    "a rise in sales across the region",
    "the effect of the new rules on trade",
    "an offer for the northern division",
    "weaker demand in the second half",
)


def name(dice: random.Random, parts: int) -> str:
    """A word of so many syllables."""
    return "".join(dice.choice(SYLLABLES) for _ in range(parts)).capitalize()


def sentence(dice: random.Random) -> str:
    """A sentence of common words that states no move."""
    tail = dice.choice(("on Tuesday", "this week", "in a statement", "after the meeting", "for the year"))
    return f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)} {tail}."


def article(number: int) -> dict[str, str]:
    """The article of this number."""
    dice = random.Random(number)
    sentences = [sentence(dice) for _ in range(dice.randint(8, 30))]
    if number % 3 == 0:
        for _ in range(dice.randint(1, 3)):
            move = dice.choice(MOVES).format(
                company=f"{name(dice, 3)} {dice.choice(('Inc.', 'Group', 'Systems', 'Bank'))}",
                person=f"{dice.choice(GIVEN)} {name(dice, 2)}",
                role=dice.choice(ROLES),
                month=dice.choice(MONTHS),
            )
            sentences.insert(dice.randrange(len(sentences)), move)
    return {
        "url": f"https://news.example/{number}",
        "title": f"{name(dice, 3)} {dice.choice(OBJECTS)}",
        "date": f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
        "text": " ".join(sentences),
    }


if __name__ == "__main__":
    for index in range(int(sys.argv[1])):
        print(json.dumps(article(index)))
