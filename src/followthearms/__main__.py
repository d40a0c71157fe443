"""`python -m followthearms` is `fta`."""

from followthearms.cli import main

if __name__ == "__main__":
    main()
