#!/usr/bin/env python3
"""Puts results of one operation side by side.

  compare.py OPERATION FIRST.json OTHER.json... [--only FOLDER]

Prints, for each size, the first file's time in place, and the others' with their ratio to it: PyTorch
reduces in place alone. --only writes the files again with this operation's measurements alone, which is
what one plot can show.
"""

import argparse
import json
import os


def time_of(row):
    return (row["in_place"] or row["out_of_place"])["time_us"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("operation")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--only", metavar="FOLDER")
    options = parser.parse_args()
    documents = []
    for path in options.files:
        with open(path) as file:
            documents.append(json.load(file))
    for document in documents:
        document["measurements"] = [
            row for row in document["measurements"] if row["operation"] == options.operation]
    times = [{row["size_bytes"]: time_of(row) for row in document["measurements"]}
             for document in documents]
    print(f"\n{options.operation}, {documents[0]['n_ranks']} ranks; microseconds, and the ratio to "
          f"{documents[0]['label']}")
    for number, document in enumerate(documents):
        print(f"  [{number}] {document['label']}: {document['library']['path']}")
    for size in sorted(times[0]):
        cells = [f"{times[0][size]:12.2f}"]
        for other in times[1:]:
            ratio = f"{other[size] / times[0][size]:8.3f}" if size in other else ""
            cells.append(f"{other.get(size, float('nan')):12.2f}{ratio}")
        print(f"{size:12d}" + "".join(cells))
    if options.only:
        os.makedirs(options.only)
        for number, (path, document) in enumerate(zip(options.files, documents)):
            name = f"{number:02d}-{os.path.basename(path)}"
            with open(os.path.join(options.only, name), "w") as file:
                json.dump(document, file)


if __name__ == "__main__":
    main()
