"""Pictures of pages: OCR engines, and what makes a picture fit for them."""
