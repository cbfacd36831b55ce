"""The parts of index-look.py, one job each."""
