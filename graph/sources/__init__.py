"""Where statements come from: the CSV tables and YAML documents of the shipped graph.

`shapes` declares what each kind of record holds, `tables` and `documents` read
files into records, `checks` refuses what is wrong, `rdf` writes records as quads,
`seed` puts them together.
"""
