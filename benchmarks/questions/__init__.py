"""Questions with known answers, or with none: what finlens says to them, and whether its own check would notice a slip.

Each module runs alone: ``python -m benchmarks.questions.french``, ``.injection``, ``.faults``, ``.boxes``, ``.unanswerable``.
"""
