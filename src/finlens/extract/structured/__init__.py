"""What a document says of itself in a form made for machines: XML of electronic invoices, inline XBRL of filings."""
