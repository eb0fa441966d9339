"""What is said: records and their RDF, the store, projection, drawing.

Owns everything that turns sources into a graph and a graph into a network. It
knows the ontology; it knows no question, no HTTP and no page.
"""
