"""What is measured of the package; each module prints a table that docs/benchmarks keeps."""
