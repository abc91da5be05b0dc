"""Writers: a report of plain values becomes a workbook, a CSV file, JSON, text or a drawn chart."""
