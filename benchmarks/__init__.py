"""How fast is it, beside something anybody knows and beside what the machine can do at all?

A benchmark never fails for being slow, and always fails for a wrong answer: whatever is timed side
by side has to give the same pence.

To add one: a module with `run(size) -> Report`, and its line in `__main__.BENCHMARKS`.
"""
