"""What is asked: one question per `.rq` file, found, described, bound and run.

A file's header says what the question is, which parameters it takes and what its columns
mean. Everything that shows questions (command line, HTTP, pages) reads it from here.
This layer knows the graph and the ontology; it knows no HTTP.
"""
