"""Choosing among programs with a small trained model, for questions that no rule of `finlens.ask.plan` is sure of.

    asked        the words, years and numbers of a question, and how telling each word is
    values       the numbers that a program may use: cells, figures in sentences, numbers of the question, earlier answers
    shapes       the forms that a program may take: a ÷ b, (a − b) ÷ b, the sum of a row …
    features     what is known of a value, and of a program, as numbers
    candidates   the programs worth weighing: likely shapes over likely values
    model        the packaged weights: which shape a question asks for, which value fits a place, which program is right
    chooser      the story: from a question to programs with the chance that each is right

The model only ranks: what it ranks are programs over figures of the document, computed exactly elsewhere. What it was
trained on, and how well it does on what it has not seen, stands in docs/chooser.md.
"""
