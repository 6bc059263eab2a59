"""The example reports: invented companies' accounts (`northmere`, `valcendre`), set in type by the other modules."""
