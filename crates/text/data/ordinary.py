"""Makes en_ordinary.txt from WordNet 3.0 and SCOWL 2020.12.07 (Debian packages wordnet-base and scowl).

A word is ordinary (a) when its first sense in WordNet lies in one of the categories below, few of its senses are made
things, and SCOWL has it in a word list of at most the given size, which for acts and processes depends on whether it
is made from a verb (`navigation`); or (b) when its first sense is a made thing of which WordNet knows many kinds
(`vehicle`, `drug`): a class, not one technology; or (c) when it is the -ing form of an everyday verb and no made
thing; or (d) when it is an adjective or an adverb without -ly, and no noun (`informative`, `beneath`). Endings of
techniques and devices (-graphy, -scope) are left out. Categories, sizes and numbers were chosen while lists of 2010,
2012 and 2016 were read, and six dozen words that earlier readers had called no technology were looked up; no word was
put in or taken out by hand.
"""

import glob
import re
import textwrap

WORDNET, SCOWL = "/usr/share/wordnet/", "/usr/share/dict/scowl/"
CATEGORIES = (
    "Tops act animal artifact attribute body cognition communication event feeling food group location motive object "
    "person phenomenon plant possession process quantity relation shape state substance time"
).split()
LARGEST_SIZE = dict.fromkeys(
    (
        "Tops attribute body event feeling location object phenomenon possession quantity relation shape state "
        "substance"
    ).split(),
    60,
) | {"act": 35, "process": 35, "communication": 35, "cognition": 20}
LARGEST_SIZE_OF_ACTIONS = 20
ACTIONS = ("ing", "tion", "sion", "ment", "age")
LARGEST_MADE_SHARE = {"substance": 0.5}
CLASS_KINDS, CLASS_SIZE = 25, 35
QUALITY_SIZE = 35
ENDINGS = ("graphy", "scopy", "metry", "omics", "onics", "scope", "meter", "ware", "tron")
GERUND_SIZE, VERB_SIZE = 35, 20


def entries(name):
    with open(WORDNET + name) as file:
        return [line.split() for line in file if not line.startswith(" ")]


def below(row):
    """Returns the meanings right below a meaning: its kinds and instances."""
    pointers = row[4 + 2 * int(row[3], 16) + 1 :]
    return [pointers[at + 1] for at in range(0, len(pointers) - 3, 4) if pointers[at] in ("~", "~i")]


meanings = {row[0]: row[4 + int(row[3]) + 2 :] for row in entries("index.noun")}
category = {row[0]: CATEGORIES[int(row[1]) - 3] for row in entries("data.noun")}
kinds_of = {row[0]: below(row) for row in entries("data.noun")}
senses = {word: [category[at] for at in found] for word, found in meanings.items()}
verbs = {row[0] for row in entries("index.verb")}
qualities = {row[0] for name in ("adj", "adv") for row in entries(f"index.{name}")} - verbs - senses.keys()
sizes = {}
for name in ("english", "american"):
    for path in glob.glob(f"{SCOWL}{name}-words.*"):
        size = int(path.rsplit(".", 1)[1])
        for word in open(path, encoding="latin1").read().lower().split():
            sizes[word] = min(sizes.get(word, 99), size)


def is_subject(word, kinds):
    is_device = word.endswith(("er", "or")) and "artifact" in kinds
    is_action = kinds[0] in ("act", "process") and word.endswith(ACTIONS)
    largest = LARGEST_SIZE_OF_ACTIONS if is_action else LARGEST_SIZE.get(kinds[0], 0)
    return (
        sizes.get(word, 99) <= largest
        and kinds.count("artifact") <= LARGEST_MADE_SHARE.get(kinds[0], 0.39) * len(kinds)
        and not word.endswith(ENDINGS)
        and not is_device
    )


def is_class(word, kinds):
    below, found = [meanings[word][0]], set()
    while below:
        new = set(kinds_of[below.pop()]) - found
        found |= new
        below += new
    return kinds[0] == "artifact" and sizes.get(word, 99) <= CLASS_SIZE and len(found) >= CLASS_KINDS


def is_activity(word):
    stem = word[:-3]
    bases = {stem, stem + "e"} | ({stem[:-1]} if stem[-1:] == stem[-2:-1] else set())
    bases |= {stem[:-1] + "ie"} if stem.endswith("y") else set()
    is_verb = any(base in verbs and sizes.get(base, 99) <= VERB_SIZE for base in bases)
    return is_verb and senses.get(word, ["act"])[0] not in ("artifact", "time")


words = {
    word
    for word, kinds in senses.items()
    if re.fullmatch("[a-z]{3,}", word) and (is_subject(word, kinds) or is_class(word, kinds))
}
words |= {word for word in qualities if re.fullmatch("[a-z]{3,}(?<!ly)", word) and sizes.get(word, 99) <= QUALITY_SIZE}
words |= {
    word
    for word, size in sizes.items()
    if re.fullmatch("[a-z]{3,}ing", word) and size <= GERUND_SIZE and is_activity(word)
}
print("# Ordinary English words that name no technology alone: made by ordinary.py, never edited. Licences: README.md.")
print(textwrap.fill(" ".join(sorted(words)), 118, break_long_words=False))
