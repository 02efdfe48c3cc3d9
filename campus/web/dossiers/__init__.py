"""What each dossier says, part by part, as PDF and as a workbook."""
