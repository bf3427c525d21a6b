"""Briefings one can check: key points of news articles, in the articles' own words."""
