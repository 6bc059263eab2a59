"""Documents and answers in the shapes that people take away: CSV, spreadsheets, a page to click in, page crops, JSON."""
