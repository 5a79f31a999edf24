"""Writes varied news articles as JSON Lines, for cost curves: python tools/synthetic_news.py 10000 > a.jsonl

One article in three states one to three moves, in sentences from templates; the others and the rest of each
text, 8 to 30 sentences, are put together from common words of business news, with verbs among them that moves are
told with. Names of persons and companies are made of syllables, so that vocabulary grows with the number of
articles as it does in real news. The same number gives the same bytes.
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
_SET_PHRASES = 0.3  # share of the sentences that are like some other article's
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
ADJECTIVES = (
    "annual broad cautious cheap clear common costly current deep digital direct domestic early empty fair "
    "falling fast final firm flat foreign formal fresh full global good heavy high idle industrial large late "
    "lean light local long loose low main major mild minor modest narrow new old open outer partial past poor "
    "prior private prompt public quick quiet rapid rare recent rich rising rough rural safe sharp short single "
    "slow small smooth solid stable steady steep strong sudden tight total urban usual vast weak wide"
).split()
NOUNS = (
    "account airport asset auction bond budget campaign cargo chain coal contract copper cost credit crop "
    "currency customer debt deficit delay demand deposit dollar dividend engine estate export factory farm fare "
    "fee fleet forecast freight fuel fund gas grain grid harvest import index inflation interest inventory "
    "invoice item job labour lease levy licence loan loss margin market mine mortgage network office oil order "
    "output oven paper patent payment pension pipeline plant policy port power premium price product profit "
    "project quota rate rebate refinery rent repair reserve retail return revenue road route sale saving season "
    "sector shipment shop site stake steel stock store strike subsidy supply surplus tariff tax tender terminal "
    "tonne trade train truck turbine union vessel volume wage warehouse water wheat yield"
).split()
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
    if dice.random() < _SET_PHRASES:
        return f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)} {tail}."
    told, other = (f"{dice.choice(ADJECTIVES)} {dice.choice(NOUNS)}" for _ in range(2))
    return (
        f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} the {told} of the {dice.choice(NOUNS)} "
        f"and a {other} at {name(dice, 2)} {tail}."
    )


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
