"""The values everything else is made of: money, years, RAG, days, places, findings, reports."""
