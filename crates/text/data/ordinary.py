"""Makes en_ordinary.txt from WordNet 3.0 and SCOWL 2020.12.07 (Debian packages wordnet-base and scowl).

A word is ordinary when its first sense in WordNet lies in one of the categories below, few of its senses are made
things, and SCOWL has it in a word list of at most the given size; or when it is the -ing form of an everyday verb and
no made thing. Endings of techniques and devices (-graphy, -scope) are left out. Categories and sizes were chosen while
lists of 2010, 2012 and 2016 were read, and three dozen words that earlier readers had called no technology were looked
up; no word was put in or taken out by hand.
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
    "attribute body feeling location object phenomenon possession quantity relation shape state substance".split(), 60
) | dict.fromkeys("act cognition process".split(), 20)
LARGEST_MADE_SHARE = 0.4
ENDINGS = ("graphy", "scopy", "metry", "omics", "onics", "scope", "meter", "ware", "tron")
GERUND_SIZE, VERB_SIZE = 35, 20


def entries(name):
    with open(WORDNET + name) as file:
        return [line.split() for line in file if not line.startswith(" ")]


category = {row[0]: CATEGORIES[int(row[1]) - 3] for row in entries("data.noun")}
senses = {row[0]: [category[at] for at in row[4 + int(row[3]) + 2 :]] for row in entries("index.noun")}
verbs = {row[0] for row in entries("index.verb")}
sizes = {}
for name in ("english", "american"):
    for path in glob.glob(f"{SCOWL}{name}-words.*"):
        size = int(path.rsplit(".", 1)[1])
        for word in open(path, encoding="latin1").read().lower().split():
            sizes[word] = min(sizes.get(word, 99), size)


def is_subject(word, kinds):
    is_device = word.endswith(("er", "or")) and "artifact" in kinds
    return (
        sizes.get(word, 99) <= LARGEST_SIZE.get(kinds[0], 0)
        and kinds.count("artifact") < LARGEST_MADE_SHARE * len(kinds)
        and not word.endswith(ENDINGS)
        and not is_device
    )


def is_activity(word):
    stem = word[:-3]
    bases = {stem, stem + "e"} | ({stem[:-1]} if stem[-1:] == stem[-2:-1] else set())
    bases |= {stem[:-1] + "ie"} if stem.endswith("y") else set()
    is_verb = any(base in verbs and sizes.get(base, 99) <= VERB_SIZE for base in bases)
    return is_verb and senses.get(word, ["act"])[0] not in ("artifact", "time")


words = {word for word, kinds in senses.items() if re.fullmatch("[a-z]{3,}", word) and is_subject(word, kinds)}
words |= {
    word
    for word, size in sizes.items()
    if re.fullmatch("[a-z]{3,}ing", word) and size <= GERUND_SIZE and is_activity(word)
}
print("# Ordinary English nouns that name no made thing: made by ordinary.py, never edited. Licences: README.md.")
print(textwrap.fill(" ".join(sorted(words)), 118, break_long_words=False))
