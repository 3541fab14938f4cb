"""Counts 1-3-grams with scikit-learn, and their documents a year: the peer of the scan's counter.

Usage: python3 sklearn_counts.py DOCUMENTS.jsonl   (pip install scikit-learn)
Reads JSON Lines with `title`, `body` and `half` (year * 2 + 0 or 1). Reading is not measured. Prints one JSON object.
"""

import json
import resource
import sys
import time

import numpy as np
import sklearn
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer


def main() -> None:
    texts, years = [], []
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            texts.append(document["title"] + " . " + document["body"])
            years.append(document["half"] // 2)
    start, start_cpu = time.perf_counter(), time.process_time()
    counter = CountVectorizer(ngram_range=(1, 3), min_df=10, stop_words="english")
    counts = counter.fit_transform(texts)
    columns = np.array(years) - min(years)
    rows = np.arange(len(years))
    by_year = csr_matrix((np.ones(len(years)), (columns, rows))) @ counts
    seconds = time.perf_counter() - start
    cpu_seconds = time.process_time() - start_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "terms": by_year.shape[1],
        "peak_mb": peak,
        "version": sklearn.__version__,
    }))


main()
