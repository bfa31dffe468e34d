"""Who lives in the world. All are invented, and so are their words; their mail goes to a name that no mail reaches."""

from dataclasses import dataclass

DOMAIN = "sqcuola.example"


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody with a face: `key` is how tests call them."""

    key: str
    name: str
    town: str
    region: str
    employer: str
    sentence: str
    competences: tuple[str, ...] = ()
    language: str = "it"

    @property
    def mail(self) -> str:
        """Return the address of this person, in a domain kept for examples."""
        return f"{self.key}@{DOMAIN}"


STAFF: dict[str, Character] = {
    "administrator": Character(
        "ottavio", "Ottavio Gandini", "Parma", "Emilia-Romagna", "Associazione SQcuola",
        "Tengo accese le macchine, e spengo le luci.", ("amministrazione di sistemi",),
    ),
    "coordinator": Character(
        "lidia", "Lidia Marchesi", "Parma", "Emilia-Romagna", "Associazione SQcuola",
        "Rispondo a tutti, di solito prima di cena.", ("organizzazione", "scrittura"),
    ),
    "treasurer": Character(
        "rocco", "Rocco Amadei", "Fidenza", "Emilia-Romagna", "Studio Amadei",
        "I conti tornano quando si tengono subito.", ("amministrazione",),
    ),
    "papers": Character(
        "bice", "Bice Tonelli", "Parma", "Emilia-Romagna", "Associazione SQcuola",
        "Leggo i certificati, e poi li dimentico.", ("accessibilità",),
    ),
    "reader": Character(
        "saverio", "Saverio Pace", "Lecce", "Puglia", "Libreria Controvento",
        "Leggo ad alta voce, anche quando sono solo.", ("scrittura", "editing"),
    ),
    "tutor": Character(
        "mirta", "Mirta Colombo", "Bergamo", "Lombardia", "",
        "Sto vicino ai gruppi, e un passo indietro.", ("lavoro in gruppo",),
    ),
    "mentor": Character(
        "ivo", "Ivo Sandri", "Rovereto", "Trentino-Alto Adige", "Sandri fotografia",
        "Una fotografia onesta vale più di dieci belle.", ("fotografia",),
    ),
}  # fmt: skip

TEACHERS: tuple[tuple[Character, str, str], ...] = (
    (
        Character(
            "marta", "Marta Lorenzi", "Bologna", "Emilia-Romagna", "Osservatorio Rete",
            "Prima di parlare, conto fino a cento commenti.", ("ascolto della rete",),
        ),
        "ascolto della rete", "listening to the network",
    ),
    (
        Character(
            "giona", "Giona Ferraris", "Torino", "Piemonte", "Bottega di parole",
            "Tolgo aggettivi per mestiere.", ("scrittura", "calendario editoriale"),
        ),
        "scrivere per un marchio", "writing for a brand",
    ),
    (
        Character(
            "ada", "Ada Benassi", "Modena", "Emilia-Romagna", "Benassi e numeri",
            "Un numero solo non dice niente, due cominciano a litigare.", ("misura", "fogli di calcolo"),
        ),
        "misurare senza raccontarsela", "measuring without fooling yourself",
    ),
    (
        Character(
            "tommaso", "Tommaso Reali", "Palermo", "Sicilia", "Radio Ballarò",
            "Se una storia regge alla radio, regge ovunque.", ("podcast", "video"),
        ),
        "la voce e il video", "voice and video",
    ),
)  # fmt: skip

STUDENTS: tuple[Character, ...] = tuple(
    Character(*row) for row in (
        ("irene", "Irene Valli", "Trento", "Trentino-Alto Adige", "Agenzia Altopiano", "Pensavo che mi avrebbero insegnato a parlare. Mi hanno insegnato a chiedere.", ("scrittura",)),
        ("oreste", "Oreste Bini", "Arezzo", "Toscana", "Comune di Arezzo", "Traduco il burocratese in italiano, e qualche volta il contrario.", ("scrittura", "servizi pubblici")),
        ("zaira", "Zaira Puddu", "Nuoro", "Sardegna", "Caseificio Puddu", "Racconto formaggi a chi non li ha mai annusati.", ("fotografia",)),
        ("ezio", "Ezio Carrara", "Como", "Lombardia", "", "Ho chiuso un negozio e aperto un blog: rende meno, dura di più.", ("commercio",)),
        ("pia", "Pia Nicoletti", "Matera", "Basilicata", "Teatro dei Sassi", "In scena da vent’anni, in rete da due.", ("teatro", "video")),
        ("dario", "Dario Montesi", "Pesaro", "Marche", "Radio Rossini", "Monto l’audio come altri fanno il pane.", ("podcast",)),
        ("luce", "Luce Barbieri", "Piacenza", "Emilia-Romagna", "Biblioteca Passerini", "Metto in ordine i libri altrui e in disordine i miei.", ("ricerca",)),
        ("samuele", "Samuele Okoro", "Brescia", "Lombardia", "Officine Mella", "Vendo macchine a chi le costruisce: bisogna parlare chiaro.", ("commercio", "inglese")),
        ("greta", "Greta Holzer", "Bolzano", "Trentino-Alto Adige", "Università di Bolzano", "Ich schreibe auf Deutsch, penso in italiano, sbaglio in inglese.", ("traduzione",)),
        ("elio", "Elio Spanò", "Catania", "Sicilia", "", "Scrivo di vulcani e di condomini, che si somigliano.", ("scrittura",)),
        ("norma", "Norma Galli", "Cremona", "Lombardia", "Liuteria Galli", "Faccio violini, e adesso lo sa anche qualcun altro.", ("artigianato", "fotografia")),
        ("teo", "Teo Ruggeri", "Rimini", "Emilia-Romagna", "Bagno 61", "D’estate ombrelloni, d’inverno statistiche.", ("misura",)),
        ("ada-s", "Ada Scarpa", "Chioggia", "Veneto", "Cooperativa pescatori", "Rispondo ai commenti anche dalla barca.", ("ascolto della rete",)),
        ("furio", "Furio De Angelis", "L'Aquila", "Abruzzo", "Protezione civile", "Quando scrivo di un’emergenza, tolgo tutto quello che non serve.", ("servizi pubblici",)),
        ("ines", "Ines Cattaneo", "Milano", "Lombardia", "Museo dell’acqua", "Cerco le domande che i bambini fanno alle guide.", ("musei", "scrittura")),
        ("walter", "Walter Pichler", "Merano", "Trentino-Alto Adige", "Vivaio Pichler", "Fotografo lo stesso melo ogni giovedì.", ("fotografia",)),
        ("mara", "Mara Iannone", "Campobasso", "Molise", "", "Il Molise esiste, e lo aggiorno due volte a settimana.", ("turismo",)),
        ("tullio", "Tullio Zorzi", "Udine", "Friuli-Venezia Giulia", "Liceo Stellini", "Insegno greco: in fondo sono anche quelli commenti ai commenti.", ("scuola",)),
        ("fatima", "Fatima El Idrissi", "Reggio Emilia", "Emilia-Romagna", "Cooperativa Ponte", "Tre lingue in casa, una sola per i gatti.", ("traduzione", "lavoro in gruppo")),
        ("guido", "Guido Ferrante", "Napoli", "Campania", "Tipografia Ferrante", "Mio nonno componeva a mano; io impagino col pollice.", ("grafica",)),
        ("olimpia", "Olimpia Serra", "Cagliari", "Sardegna", "Studio Serra", "Disegno etichette che si leggono senza occhiali.", ("grafica", "accessibilità")),
        ("remo", "Remo Battisti", "Terni", "Umbria", "Acciaieria", "Ho raccontato un altoforno come se fosse mia zia.", ("video",)),
        ("velia", "Velia Donati", "Lucca", "Toscana", "", "Tengo una newsletter di errori, soprattutto miei.", ("newsletter",)),
        ("ettore", "Ettore Colonna", "Taranto", "Puglia", "Ospedale civile", "Infermiere: so dare cattive notizie in due righe.", ("scrittura", "servizi pubblici")),
        ("ondina", "Ondina Moro", "Trieste", "Friuli-Venezia Giulia", "Osservatorio geofisico", "Spiego la bora a chi tiene le finestre chiuse.", ("divulgazione",)),
        ("libero", "Libero Vanni", "La Spezia", "Liguria", "Cantiere Vanni", "Parlo poco, fotografo molto, rispondo sempre.", ("fotografia",)),
        ("armida", "Armida Sole", "Benevento", "Campania", "Pastificio Sole", "Ho imparato a non mettere il cuore in ogni didascalia.", ("cibo",)),
        ("nico", "Nico Bassani", "Ferrara", "Emilia-Romagna", "Bicicletteria", "Riparo biciclette e frasi lunghe.", ("scrittura",)),
        ("jole", "Jole Marini", "Ascoli Piceno", "Marche", "Croce Verde", "Chi chiede aiuto scrive corto: bisogna leggere lungo.", ("ascolto della rete",)),
        ("brando", "Brando Lisi", "Grosseto", "Toscana", "", "Cammino, annoto, pubblico il lunedì.", ("turismo", "scrittura")),
    )
)  # fmt: skip

APPLICANTS: tuple[Character, ...] = tuple(
    Character(*row) for row in (
        ("nives", "Nives Ravelli", "Sondrio", "Lombardia", "Latteria sociale", "Racconto il latte prima che diventi qualcosa."),
        ("tancredi", "Tancredi Corsi", "Siena", "Toscana", "", "Colleziono insegne che stanno per sparire."),
        ("duilio", "Duilio Mazza", "Bari", "Puglia", "Porto di Bari", "Scrivo di navi agli amici che hanno paura dell’acqua."),
        ("elettra", "Elettra Fumagalli", "Lecco", "Lombardia", "Politecnico", "Ingegnera, ma guarisco."),
        ("mafalda", "Mafalda Rizzo", "Messina", "Sicilia", "", "Ho un blog di ricette sbagliate con tremila lettori giusti."),
        ("kevin", "Kevin Proietti", "Latina", "Lazio", "Centro giovani", "Organizzo tornei dove vince chi spiega meglio."),
        ("ludovica", "Ludovica Asti", "Alessandria", "Piemonte", "Archivio di Stato", "Trovo lettere d’amore tra i catasti."),
        ("amin", "Amin Haddad", "Genova", "Liguria", "Mercato orientale", "Vendo spezie, e ascolto come le chiamano gli altri."),
        ("cosima", "Cosima Perrone", "Cosenza", "Calabria", "", "Faccio video di un minuto su mestieri di cent’anni."),
        ("fulvio", "Fulvio Brandi", "Verona", "Veneto", "Tessitura Orsi", "Dai telai ho imparato a contare prima di parlare."),
        ("agnese", "Agnese Porta", "Novara", "Piemonte", "Scuola media", "I miei alunni mi correggono le storie."),
        ("corrado", "Corrado Nieddu", "Sassari", "Sardegna", "", "Ex cronista sportivo: scrivo a partita in corso."),
        ("serena", "Serena Abate", "Salerno", "Campania", "Farmacia Abate", "Traduco i bugiardini per mia madre, e per altre duecento."),
        ("pietro", "Pietro Lang", "Gorizia", "Friuli-Venezia Giulia", "", "Abito su un confine e ne scrivo da tutti e due i lati."),
        ("viola", "Viola Santini", "Livorno", "Toscana", "Acquario", "Do un nome a ogni medusa, poi me lo scordo."),
        ("manlio", "Manlio Greco", "Potenza", "Basilicata", "", "Da grande vorrei rispondere bene ai reclami."),
        ("isotta", "Isotta Bellini", "Mantova", "Lombardia", "Festival", "Porto autori in giro, e le loro valigie."),
        ("gaspare", "Gaspare Alaimo", "Agrigento", "Sicilia", "Valle srl", "Ho mandorli, un drone, e nessuna fretta."),
    )
)  # fmt: skip
