"""What is answered: HTTP, pages and settings.

The top layer. It turns requests into questions and answers into JSON, RDF and pages. No
layer below knows of it.
"""
