"""newsmoves: reads news articles in bulk and says who moved where."""

__version__ = "0.1.0"
