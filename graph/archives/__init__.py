"""Archives of acts: rows that nobody wants as RDF, in partitioned Parquet.

rows        the columns, and how an act becomes rows and an act again
shelf       what archives there are and where they lie
parts       acts set aside while an importer reads, in bounded memory
ties        one expression: acts become ties with counts, signs and weights
dyads       expressions for the dyad panel: organs as their state, by period
engines     who carries the expression out: DuckDB here, or Apache Spark
window      the acts of an archive as RDF, for some days
"""
