"""Items as spreadsheets, with the standard's column names: template, export, import, report."""
