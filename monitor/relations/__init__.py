"""Two claims on one question: the tests in order, one a file, and the judge that asks them."""
