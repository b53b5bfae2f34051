"""The postal service's short forms (USPS Publication 28, appendix C) and the states' codes (appendix B)."""

from __future__ import annotations

_TYPES = """
aly alley allee ally;anx annex;arc arcade;ave avenue av aven avenu avn avnue;bch beach;bnd bend;blf bluff;blvd boulevard boul boulv bl
br branch brnch;brg bridge brdge;brk brook;byp bypass;cyn canyon canyn;cswy causeway;ctr center centre cent cntr centr;cir circle circ crcl
clb club;cor corner;cors corners;ct court;cts courts;cv cove;crk creek;cres crescent crsent;xing crossing crssng;xrd crossroad;dl dale;dr drive driv drv
est estate;ests estates;expy expressway expr express expw;ext extension extn;fwy freeway freewy frwy;fld field;flds fields;frst forest;frk fork;gdn garden;gdns gardens grdns
gtwy gateway gatewy;gln glen;grn green;grv grove grov;hbr harbor harbour;hts heights;hwy highway highwy hiway hway;hl hill;hls hills;holw hollow;is island;jct junction
knl knoll;lk lake;lks lakes;lndg landing;ln lane;lp loop;mnr manor;mdw meadow;mdws meadows;ml mill;mls mills;mtn mountain;orch orchard;pkwy parkway parkwy pkway pky;pass passage
path paths;pike pikes;pl place;pln plain;plns plains;plz plaza plza;pt point;prt port;rnch ranch;rdg ridge;riv river;rd road;rds roads;rte route rt;row;run;shr shore;shrs shores
spg spring;spgs springs;sq square sqr sqre;sta station;st street saint str strt;smt summit;ter terrace terr;trce trace;trl trail trails tr;tpke turnpike trnpk;un union;vly valley vlly
vw view;vlg village;vis vista;walk walks;way wy;wl well;wls wells
"""

STREET_TYPES = {
    word: names.split()[0]
    for line in _TYPES.strip().splitlines()
    for names in line.split(";")
    for word in names.split()
}
"""Every spelling of a street type to its short form; saint is among them, since it shortens alike."""

DIRECTIONS = {
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
    **{short: short for short in ("n", "s", "e", "w", "ne", "nw", "se", "sw")},
}

ORDINALS = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
    "eleventh": "11th",
    "twelfth": "12th",
}

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}

_STATES = """
AL alabama;AK alaska;AZ arizona;AR arkansas;CA california;CO colorado;CT connecticut;DE delaware;DC district of columbia;FL florida;GA georgia;HI hawaii;ID idaho
IL illinois;IN indiana;IA iowa;KS kansas;KY kentucky;LA louisiana;ME maine;MD maryland;MA massachusetts;MI michigan;MN minnesota;MS mississippi;MO missouri;MT montana
NE nebraska;NV nevada;NH new hampshire;NJ new jersey;NM new mexico;NY new york;NC north carolina;ND north dakota;OH ohio;OK oklahoma;OR oregon;PA pennsylvania;RI rhode island
SC south carolina;SD south dakota;TN tennessee;TX texas;UT utah;VT vermont;VA virginia;WA washington;WV west virginia;WI wisconsin;WY wyoming;PR puerto rico
GU guam;VI virgin islands;VI us virgin islands;AS american samoa;MP northern mariana islands;AE armed forces europe;AP armed forces pacific;AA armed forces americas
AB alberta;BC british columbia;MB manitoba;NB new brunswick;NL newfoundland and labrador;NL newfoundland;NS nova scotia;NT northwest territories;NU nunavut;ON ontario
PE prince edward island;QC quebec;SK saskatchewan;YT yukon
DC washington dc;MA mass;CA calif;PA penn;FL fla;CT conn;MI mich;MN minn;TN tenn;TX tex;WA wash;WI wis;IL ill;AZ ariz;CO colo
"""

STATES = {entry[3:]: entry[:2] for line in _STATES.strip().splitlines() for entry in line.split(";")}
"""Names and the usual abbreviations, in lower case and without points, to codes."""

_TOWNS = """
new york;new york city;nyc;manhattan;new york ny
boston;roxbury;dorchester;brighton;allston;jamaica pln;charlestown;e boston;s boston;hyde park;mattapan;roslindale;w roxbury
los angeles;la;hollywood;n hollywood;van nuys;sherman oaks;encino;tarzana;reseda;woodland hls;san pedro;studio city;northridge;granada hls;canoga park;westwood
queens;flushing;jamaica;astoria;forest hls;bayside;ridgewood;rego park;elmhurst;jackson hts;fresh meadows
san diego;la jolla
philadelphia;phila
washington;washington dc
ciudad de mexico;cdmx;mexico city;mexico df
"""

TOWNS = {
    alias: names.split(";")[0] for names in _TOWNS.strip().splitlines() for alias in names.split(";")[1:]
}
"""Names under which people know a town, and parts of large ones that the postal service takes for them, in short forms."""
