"""What the applicants of the invented world wrote. One letter is one person's; they are dealt out in turn."""

ANSWERS: tuple[tuple[str, ...], ...] = (
    (
        "Gestivo la pagina di un circolo di paese, e ogni venerdì pubblicavo il programma. Nessuno commentava mai. Un giorno una signora ha scritto: «Bello, ma a che ora si può venire coi bambini?». Avevo sempre pensato che il mio compito fosse informare. La settimana dopo, al posto del programma, ho fatto una domanda.",
        "Seguo la pagina dell’acquedotto. La legge chi ha un guasto, e cerca un numero; trova le foto delle inaugurazioni. Il numero c’è, ma in una locandina, e una locandina non si può toccare col dito.",
        "Cara Wanda, quel brusio che senti dal mio terrazzo sono api. Non pungono se non le disturbi, e i tuoi limoni quest’anno sono il doppio per merito loro. Vieni a vederle quando stendi i panni.",
        "Con la proloco abbiamo organizzato una cena per duecento, e ne sono venuti quaranta. Io avevo scritto i manifesti, e mi erano sembrati bellissimi. Rifarei la cena; i manifesti li farei leggere prima a chi non era alla riunione.",
        "Posso insegnare a fare le domande al telefono, che è il mio mestiere. Vorrei imparare a scrivere più corto di così.",
    ),
    (
        "Mio fratello mi ha detto che non leggeva il mio blog perché non finivo mai le storie. Mi sono offesa, poi ho contato: undici su quindici restavano a metà. Da allora scrivo prima l’ultima riga.",
        "Guardo ogni giorno il profilo di una ferramenta. Lo leggono idraulici e persone disperate con un rubinetto in mano. I primi trovano i codici dei pezzi, i secondi non trovano da nessuna parte la frase «vieni, ti spiego».",
        "Gentile signor Aldo, so che della radio le basta quella col filo. Le lascio sul pianerottolo la registrazione di sua nipote che suona: è dentro una scatoletta, si schiaccia un solo tasto.",
        "Un sito fatto in cinque, consegnato in sei mesi invece che in due. Nessuno diceva di essere indietro. Io per prima. Rifarei le riunioni corte del lunedì, che tenevamo volentieri finché non è diventato imbarazzante.",
        "Porto le fotografie: so farle con poca luce e con chi non vuole. Vorrei che qualcuno mi insegnasse a leggere un foglio di numeri senza scappare.",
    ),
    (
        "Un cliente ci ha restituito un paio di scarpe con un biglietto: «Comode, ma la commessa non mi ha guardato». La commessa ero io. Ho capito che la cosa che vendevo non erano le scarpe.",
        "La pagina della biblioteca. La seguono i genitori e i pensionati, che cercano gli orari e le novità; non trovano i posti a sedere, e infatti d’inverno girano a vuoto. Basterebbe un cartello, anche digitale.",
        "Caro Beppe, il museo di cui ti parlo è quello dietro la pesa pubblica. Sì, dove tenevano i trattori. C’è anche il tuo, e la targhetta dice che è di un altro: vieni a farla correggere.",
        "Un podcast in tre, morto alla quarta puntata. Litigavamo sul montaggio perché nessuno aveva detto prima che cosa fosse finito e che cosa no. La mia parte era la voce. La rifarei a casa di Marina, con la porta chiusa.",
        "So montare l’audio e stare zitto mentre gli altri parlano. Vorrei imparare il contrario della seconda cosa.",
    ),
)

EVIDENCE: tuple[str, ...] = (
    "Il blog è ancora in linea: https://blog.sqcuola.example/quaderno",
    "Lo dice la pagina dell’associazione, alla voce «chi siamo».",
    "Ho il contratto e due numeri del giornalino, a colori.",
    "Se ne può chiedere alla proloco: risponde Wanda, il martedì.",
)
