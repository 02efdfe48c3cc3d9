"""Reports: what is counted of a need, how figures are grouped, which are hidden. Pure."""
