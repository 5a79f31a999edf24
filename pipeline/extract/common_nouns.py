"""Common nouns that stand for an office, an organisation, a part of one, or a person named elsewhere."""

from __future__ import annotations

POSTS = frozenset(
    "post posts position positions role roles job jobs office title board seat vacancy duties responsibilities helm "
    "reins party cabinet government".split()
)

# What else stands for an office where it goes from one to another.
HANDED_ON = frozenset(
    "place seat duties responsibilities responsibility portfolio brief remit mantle baton torch gavel leadership "
    "command".split()
)

COMPANY_NOUNS = frozenset(
    "company firm bank group business agency startup start-up rival carmaker automaker airline retailer "
    "newspaper paper magazine studio network brokerage fund club university school hospital charity "
    "ministry publisher lab institution partnership practice maker competitor organisation organization "
    "concern team service network platform site chain label store lender insurer broadcaster railroad "
    "utility giant conglomerate brewer drugmaker chipmaker foundation museum theatre theater orchestra "
    "operator carrier builder refiner miner exchange academy "
    "nonprofit non-profit union council authority regulator consultancy developer manufacturer college hospice trust "
    "inspectorate watchdog quango corporation cooperative co-operative co-op brewery distillery channel diocese "
    "secretariat institute bureau commission consortium think-tank thinktank association".split()
)

# Employers that are places or bodies of other kinds too: whoever leaves one for good leaves a job.
WORKPLACES = frozenset(
    "station hotel restaurant centre center church library gallery surgery clinic district zoo racecourse bakery "
    "campaign league society federation alliance administration department force inn resort "
    "festival show programme system parish cathedral".split()
)

# Firms that are engaged, not employed, when they are the object of "hire".
FIRMS = frozenset(
    "firm practice agency consultancy partnership company brokerage studio bank group business maker developer "
    "contractor builder supplier manufacturer".split()
)

# Nouns that stand for somebody named in another place: "picked a familiar face: Jane Roe".
STAND_INS = frozenset(
    "face insider outsider veteran newcomer woman man pair duo trio name candidate successor replacement hand "
    "lieutenant colleague alumnus alumna figure somebody someone one person heavyweight stalwart loyalist rival "
    "executives executive people insiders outsiders women men names newcomers hires recruits faces".split()
)

# Parts of an organisation that are run: "will head the bank's Asian business".
UNITS = frozenset(
    "business businesses unit division team operations operation office offices arm practice desk department "
    "subsidiary affiliate branch bureau activities project programme program project region portfolio section "
    "committee joint-venture venture academy factory plant".split()
)

# Nouns for a person that say what they are or come from: "A York lawyer has been named president of Acme. Jane Roe".
PERSON_NOUNS = frozenset(
    "man woman lawyer solicitor barrister banker accountant businessman businesswoman executive academic teacher "
    "headteacher doctor surgeon nurse officer soldier policeman policewoman detective engineer scientist economist "
    "journalist broadcaster entrepreneur expert veteran insider vicar priest farmer councillor mother father mum dad "
    "graduate champion politician diplomat researcher specialist figure boss chief leader head".split()
)
