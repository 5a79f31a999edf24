"""Evaluate: gold files, their alignment with answers, scores, floors, reports and label exchange."""
