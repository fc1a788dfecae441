"""The few words of a bundle's start page in the languages of the suite."""

from __future__ import annotations

WORDS = {
    "en": {
        "title": "reports and data",
        "draft": "Technical working draft, not a government document.",
        "fictional": "Fictional country: every figure on this page is invented for training.",
        "reports": "Reports",
        "notebook": "executed notebook",
        "tables": "Result tables (CSV)",
        "data": "Country pack",
        "pack": "Every figure with its source, its year and its quality, as tables in CSV.",
        "files": "Files",
        "sources": "Sources",
        "columns": ("Id", "Publisher", "Title and edition", "Terms of use"),
        "check": "How to verify",
        "hashes": "The manifest holds the SHA-256 of every file. It shows damage, not who sent it.",
    },
    "fr": {
        "title": "rapports et données",
        "draft": "Document de travail technique, qui n'engage aucun gouvernement.",
        "fictional": "Pays fictif\N{NO-BREAK SPACE}: tous les chiffres de cette page sont inventés pour la formation.",
        "reports": "Rapports",
        "notebook": "notebook exécuté",
        "tables": "Tableaux de résultats (CSV)",
        "data": "Données du pays",
        "pack": "Chaque chiffre avec sa source, son année et sa qualité, en tableaux CSV.",
        "files": "Fichiers",
        "sources": "Sources",
        "columns": ("Code", "Éditeur", "Titre et édition", "Conditions d'utilisation"),
        "check": "Comment vérifier",
        "hashes": (
            "Le manifeste contient l'empreinte SHA-256 de chaque fichier. Elle révèle un fichier abîmé ou modifié, "
            "elle ne prouve pas qui l'a envoyé."
        ),
    },
    "es": {
        "title": "informes y datos",
        "draft": "Borrador técnico de trabajo, que no compromete a ningún gobierno.",
        "fictional": "País ficticio: todas las cifras de esta página son inventadas para la formación.",
        "reports": "Informes",
        "notebook": "cuaderno ejecutado",
        "tables": "Cuadros de resultados (CSV)",
        "data": "Datos del país",
        "pack": "Cada cifra con su fuente, su año y su calidad, en cuadros CSV.",
        "files": "Archivos",
        "sources": "Fuentes",
        "columns": ("Código", "Editor", "Título y edición", "Condiciones de uso"),
        "check": "Cómo verificarlo",
        "hashes": "El manifiesto contiene el SHA-256 de cada archivo. Muestra daños, no quién lo envió.",
    },
}
