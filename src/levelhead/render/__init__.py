"""How a note looks: text, page, picture, chart scripts. Computes nothing. May import domain and wire."""
