#!/usr/bin/env python3
"""What changed from one C header to the next, worked out without any of bindgen-coll's code.

usage: header_changes.py [-I FOLDER] [-D NAME] OLDEST_HEADER ... NEWEST_HEADER

Prints a JSON list with one object for each neighbouring pair:

  {"old": PATH, "new": PATH,
   "functions":   {"added": [NAME, ...], "removed": [...], "changed": [...]},
   "enumerators": {...}, "fields": {...}, "macros": {...}}

A field is called RECORD.FIELD. A record goes by its typedef, else by its tag; one inside another
record by the field that it is the type of, OUTER::FIELD, or by OUTER::0 and so on where that field
has no name.

Needs PyPI's libclang (requirements.txt). Its wheel has no stddef.h: that of any clang serves.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys

from clang.cindex import AvailabilityKind, CursorKind, Index, TokenKind, TranslationUnit, TypeKind

RECORDS = (CursorKind.STRUCT_DECL, CursorKind.UNION_DECL)
KINDS = ("functions", "enumerators", "fields", "macros")


def builtin_headers():
    clang = shutil.which("clang")
    if not clang:
        sys.exit("header_changes: no clang on the path, whose stddef.h could be used")
    command = [clang, "-print-resource-dir"]
    folder = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    return f"{folder}/include"


def own_declarations(path, arguments):
    """What the header itself declares, not what it includes."""
    unit = Index.create().parse(
        path,
        args=["-x", "c", "-std=gnu11", *arguments],
        options=TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD,
    )
    problems = [str(problem) for problem in unit.diagnostics if problem.severity > 2]
    if problems:
        sys.exit("\n".join(problems))
    for cursor in unit.cursor.get_children():
        if cursor.location.file and cursor.location.file.name == path:
            yield cursor


def signature(function):
    parameters = [(one.type.spelling, one.spelling) for one in function.get_arguments()]
    attributes = [child.kind.name for child in function.get_children() if child.kind.is_attribute()]
    is_deprecated = function.availability == AvailabilityKind.DEPRECATED
    # The type tells f(), f(void) and f(int, ...) apart.
    return function.type.spelling, parameters, attributes, is_deprecated, function.storage_class


def macro_tokens(macro):
    tokens = [token for token in macro.get_tokens() if token.kind != TokenKind.COMMENT]
    # F(x) and F (x) have the same tokens: only the first takes an argument.
    takes_arguments = (
        len(tokens) > 1
        and tokens[1].spelling == "("
        and tokens[1].extent.start.offset == tokens[0].extent.end.offset
    )
    return takes_arguments, [token.spelling for token in tokens]


def include_guard(path):
    """The macro that the header's first directive asks for."""
    with open(path, encoding="utf-8") as file:
        found = re.search(r"^\s*#\s*(\w+)\s+(\w+)", file.read(), re.MULTILINE)
    return found[2] if found and found[1] == "ifndef" else None


def fields_of(record, name):
    """The fields of a record and of those inside it: full name, and type and place."""
    nameless = 0
    for field in record.type.get_fields():
        # libclang makes up a text for a field that has no name.
        is_nameless = not field.spelling.isidentifier()
        field_name = str(nameless) if is_nameless else field.spelling
        nameless += is_nameless
        declaration = field.type.get_declaration()
        type_name = field.type.spelling
        if declaration.kind in RECORDS and declaration.semantic_parent == record:
            inner = f"{name}::{field_name}"
            yield from fields_of(declaration, inner)
            # The spelling has the file's path and the line in it.
            type_name = f"{declaration.kind.name} {inner}"
        # What is in a member without a name speaks for it.
        if not is_nameless:
            width = field.get_bitfield_width() if field.is_bitfield() else None
            yield f"{name}.{field_name}", (type_name, field.get_field_offsetof(), width)


def contents(path, arguments):
    """Four dictionaries, each from a name to what has to be equal for nothing to have changed."""
    tables = {kind: {} for kind in KINDS}
    records, typedefs = [], {}
    for cursor in own_declarations(path, arguments):
        if cursor.kind == CursorKind.FUNCTION_DECL:
            tables["functions"][cursor.spelling] = signature(cursor)
        elif cursor.kind == CursorKind.ENUM_DECL:
            for enumerator in cursor.get_children():
                if enumerator.kind == CursorKind.ENUM_CONSTANT_DECL:
                    tables["enumerators"][enumerator.spelling] = enumerator.enum_value
        elif cursor.kind == CursorKind.MACRO_DEFINITION:
            tables["macros"][cursor.spelling] = macro_tokens(cursor)
        elif cursor.kind in RECORDS and cursor.is_definition():
            records.append(cursor)
        elif cursor.kind == CursorKind.TYPEDEF_DECL:
            target = cursor.underlying_typedef_type
            if target.get_canonical().kind == TypeKind.RECORD:
                # The first typedef names the record.
                typedefs.setdefault(target.get_canonical().spelling, cursor.spelling)
    for record in records:
        name = typedefs.get(record.type.get_canonical().spelling, record.spelling)
        tables["fields"].update(fields_of(record, name))
    tables["macros"].pop(include_guard(path), None)
    return tables


def difference(old, new):
    return {
        "added": sorted(new.keys() - old.keys()),
        "removed": sorted(old.keys() - new.keys()),
        "changed": sorted(name for name in old.keys() & new.keys() if old[name] != new[name]),
    }


def main():
    parser = argparse.ArgumentParser(description="What changed from one C header to the next.")
    parser.add_argument("-I", dest="folders", action="append", default=[], metavar="FOLDER")
    parser.add_argument("-D", dest="defines", action="append", default=[], metavar="NAME")
    parser.add_argument("headers", nargs="+", metavar="HEADER")
    given = parser.parse_args()
    arguments = [f"-I{folder}" for folder in given.folders]
    arguments += [f"-D{name}" for name in given.defines]
    arguments += ["-isystem", builtin_headers()]
    releases = [(path, contents(path, arguments)) for path in given.headers]
    pairs = []
    for (old_path, old), (new_path, new) in zip(releases, releases[1:]):
        changes = {kind: difference(old[kind], new[kind]) for kind in KINDS}
        pairs.append({"old": old_path, "new": new_path, **changes})
    json.dump(pairs, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
