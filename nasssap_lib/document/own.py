"""What a document holds beside the notebooks' exhibits: summary, acronyms, participants, principles, sheets of options, sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial
from itertools import groupby
from operator import itemgetter

from nasssap_lib.action_plan.changes import compare_plans
from nasssap_lib.action_plan.tables_review import changes_table
from nasssap_lib.action_plan.words_review import changes_sentence
from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.chapter.output import country_name, short_reference, source_table
from nasssap_lib.costing.tables import format_money
from nasssap_lib.display.grid import Cell, Column, Grid, grid_of
from nasssap_lib.display.tables import ReportTable, View, write_name
from nasssap_lib.display.texts import N_, _, join_clauses, join_listed, join_sentences, label, named
from nasssap_lib.display.words import without_subject
from nasssap_lib.document.blocks import LEAD, NOTE, Block, Items, Paragraph, Section, Table
from nasssap_lib.document.material import Material
from nasssap_lib.document.origins import Origin, join_origins, tables_of
from nasssap_lib.document.sheets import ASSUMPTIONS, SHEET, assumptions, options
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.rows import as_records
from nasssap_lib.terms import BRANCHES

Made = list[Block | Section]
ON_SLIDES = ("headline", "gaps", "sequence", "cost_bands")  # exhibits whose findings a slide says
IN_ANNEX = ("activities", "targets")  # tables of which the annex on changes has every cell
INFORMAL = ("community", "voluntary")
KNOWN = {  # what every reader of the field writes short, as each language writes it
    N_("CEACR"): N_("Committee of Experts on the Application of Conventions and Recommendations (ILO)"),
    N_("GDP"): N_("gross domestic product"), N_("ILO"): N_("International Labour Organization; its Office"),
    N_("IMF"): N_("International Monetary Fund"), N_("SDG"): N_("Sustainable Development Goal"),
    N_("UN"): N_("United Nations"), N_("WHO"): N_("World Health Organization"),
}  # fmt: skip
SPELLED = re.compile(r"(.+?) \((\w*[A-Z]\w*[A-Z][\w-]*)\)")  # a name and, in brackets, how it is written short
TECHNICAL = (  # exhibits whose findings are for those who check the method or collect figures: a summary of two pages has none of them
    "changes", "frontier", "money", "package", "sheets", "figures_to_collect", "illustration", "payg_rate", "review_terms",
)  # fmt: skip
FIRST = "02"  # the notebook whose findings a summary begins with: who is not covered
PRINCIPLES = (  # of Recommendation No. 202, Paragraph 3, in short
    N_("Universal protection, based on social solidarity"),
    N_("Entitlements prescribed by national law"),
    N_("Benefits that are adequate and predictable"),
    N_("No discrimination, gender equality, and respect for special needs"),
    N_("Inclusion of people in the informal economy"),
    N_("Respect for the rights and dignity of the people covered"),
    N_("Progressive realisation, with targets and time frames"),
    N_("Solidarity in financing, and a fair balance between those who pay and those who benefit"),
    N_("Methods of financing and delivery of several kinds"),
    N_("Finances that are transparent, accountable and sound, and that last"),
    N_("Coherence with social, economic and employment policies, and among institutions"),
    N_("Public services of high quality, complaints that are heard, and regular monitoring"),
    N_(
        "Freedom of association, collective bargaining, and the participation of employers, workers and the people concerned"
    ),
)


def summary(material: Material) -> Made:
    """The findings of the notebooks, by chapter, each with how sure it is: who is not covered first, and without what is for experts."""
    made: Made = []
    for name in sorted(chapters(), key=lambda name: name[:2] != FIRST):
        told = [finding for finding in material.record.findings.get(name[:2], []) if finding[2] not in TECHNICAL]
        items = tuple(_of_country(material, join_sentences([what, sure])) for what, sure, _exhibit in told)
        made += [Paragraph(read_notebook(name).title, LEAD), Items(items)] if items else []
    return made


def asked(material: Material, question: str, exhibits: tuple[str, ...], then: str = "") -> Made:
    """A question of a brief, what was found first in each of some exhibits, and a sentence behind it."""
    told = {
        exhibit: _of_country(material, what)
        for findings in reversed(material.record.findings.values())
        for what, _sure, exhibit in reversed(findings)
    }
    answers = [told[exhibit] for exhibit in exhibits if exhibit in told]
    sentences = join_sentences([*answers, _(then)])
    if not sentences:
        return []
    return [*([Paragraph(_(question), LEAD)] if question else []), Paragraph(sentences)]


def _of_country(material: Material, text: str) -> str:
    return without_subject(text, country_name(material.pack.settings))


def found(material: Material, exhibit: str) -> Made:
    """What the notebooks found in one exhibit, and in small print how sure it is."""
    told = [finding for findings in material.record.findings.values() for finding in findings if finding[2] == exhibit]
    return [Paragraph(_of_country(material, text), LEAD) for text, _sure, _place in told] + [
        Paragraph(_of_country(material, sure), NOTE) for _text, sure, _place in told if sure
    ]


def request(material: Material) -> Made:
    """Activities that are not wholly financed: what is missing, with what expertise, when, and for which institution."""
    plan = material.pack.activities
    if plan.empty:
        return [Paragraph(_("There is no action plan yet: what help is asked for is for the country to say."))]
    missing = plan["cost"] * (1 - plan["financed"])  # not known where no share was stated
    rows = plan.assign(missing=missing)[plan["financed"].fillna(0) < 1].sort_values(
        "missing", ascending=False, kind="stable"
    )
    if rows.empty:
        return [
            Paragraph(
                _("All activities of the plan are financed: what further help is asked for is for the country to say.")
            )
        ]
    months = [
        _("{first} to {last}", first=start, last=end) for start, end in zip(rows["start"], rows["end"], strict=True)
    ]
    views = {
        "name": View(_("Activity"), write_name, detail="months"),
        "institution": View(_("Responsible"), write_name, detail="support"),
        "expertise": View(_("Expertise"), write_name),
        "cost": View(
            _("Cost, million {currency}", currency=material.pack.settings.currency), format_money, "quality", True
        ),
        "missing": View(_("Not financed"), format_money, "quality", True),
    }
    return [
        _table(material, "request", ReportTable(rows.assign(months=months), _("Activities without finance"), views))
    ]


def acronyms(material: Material) -> Made:
    """Short names of schemes, institutions and plans, and what the field writes short."""
    rows = sorted(_short_names(material.pack).items(), key=lambda row: row[0].casefold())
    grid = Grid(
        _("Acronyms"), (Column(_("Short")), Column(_("Long"), long=True)), tuple((Cell(a), Cell(b)) for a, b in rows)
    )
    return [Table("acronyms_table", "", grid)]


def _short_names(pack: Pack) -> dict[str, str]:
    """Words by short name; those of the field last, those of an institution before the name of a scheme that only says them again."""
    schemes = pack.schemes
    texts = [named(text) for text in (*schemes["name"], *schemes["institution"], *pack.links["title"])]
    spelled = {found[2]: found[1] for text in reversed(texts) if (found := SPELLED.match(text))}
    own = {
        short: named(name).removesuffix(f" ({short})")
        for short, name in zip(schemes["short_name"], schemes["name"], strict=True)
        if short
    }
    own = {
        short: words
        for short, words in own.items()
        if short != words and not (short in spelled and words.startswith(short))
    }
    return spelled | own | {_(short): _(words) for short, words in KNOWN.items()}


def participants(material: Material) -> Made:
    """The groups that took part in the dialogue, as the pack names them; that none is recorded where it names none."""
    rows = material.pack.stakeholders.drop_duplicates("stakeholder")
    if rows.empty:
        return [Paragraph(_("No participants are recorded: who took part in the dialogue is for the country to say."))]
    views = {"name": View(_("Group"), write_name), "kind": View(_("Kind"), write_name)}
    return [_table(material, "participants", ReportTable(rows, _("Groups that took part in the dialogue"), views))]


def informal(material: Material) -> Made:
    """Schemes of communities and those that one may join: practice to build on."""
    rows = material.pack.schemes[material.pack.schemes["type"].isin(INFORMAL)]
    if rows.empty:
        return [
            Paragraph(
                _("No scheme of a community stands in the inventory: none was found in the sources that were read.")
            )
        ]
    views = {
        "name": View(_("Scheme"), write_name),
        "branches": View(
            _("Branches"), lambda cell: join_clauses([label(BRANCHES, code) for code in cell.split(";") if code])
        ),
        "who_by_law": View(_("For whom"), write_name, long=True),
        "institution": View(_("Institution"), write_name),
        "benefit_formula": View(_("What it gives"), write_name, long=True),
    }
    return [_table(material, "informal", ReportTable(rows, _("Community practice to build on"), views))]


def principles(material: Material) -> Made:
    """Principles of the Recommendation on social protection floors; the country's own vision stands in its prose."""
    intro = _(
        "A strategy of this kind rests on the principles of the ILO Recommendation on social protection floors, 2012 (No. 202, "
        "Paragraph 3), in short:"
    )
    vision = _(
        "The vision is the country's own: where its government and social partners have written it, it opens this chapter."
    )
    return [Paragraph(vision), Paragraph(intro), Items(tuple(_(text) for text in PRINCIPLES))]


def risks(material: Material) -> Made:
    """What may go wrong with each activity, as the plan has it."""
    plan = material.pack.activities
    rows = plan[plan["risk"] != ""]
    if rows.empty:
        return []
    views = {
        "id": View(_("No.")),
        "name": View(_("Activity"), write_name),
        "risk": View(_("Risk"), write_name, long=True),
        "institution": View(_("Responsible"), write_name),
    }
    return [_table(material, "risks", ReportTable(rows, _("Risks that the plan names"), views))]


def changes(material: Material) -> Made:
    """What changed in plan, targets and their figures since the edition before, and where else; nothing where there is none."""
    imprint = material.imprint
    if imprint.before is None:
        return []
    changed = compare_plans(imprint.before, material.pack)
    digest = imprint.before.digest[:16]
    text = (
        _(
            "Compared with edition {number}, whose data have the digest {digest}.",
            number=imprint.before_number,
            digest=digest,
        )
        if imprint.before_number
        else _("Compared with the edition whose data have the digest {digest}.", digest=digest)
    )
    table = changes_table(changed)
    words = [text, changes_sentence(changed)]
    if others := _other_tables(imprint.before, material.pack):
        text = _(
            "Other tables of the country's data that changed: {tables}. The command nasssap compare names every figure of them.",
            tables=others,
        )
        words.append(text)
    if imprint.before_prose not in (None, imprint.prose):
        words.append(_("The ministry's own prose is another one than in that edition."))
    return [*map(Paragraph, words), *([_table(material, "changes", table)] if len(changed) else [])]


def _other_tables(before: Pack, now: Pack) -> str:
    """Files of a pack beside plan and targets that are not the same in two editions."""
    frames = [
        (table.file, *(getattr(pack, table.attribute) for pack in (before, now)))
        for table in TABLES
        if table.name not in IN_ANNEX
    ]
    files = [name for name, one, other in frames if not one.astype(str).equals(other.astype(str))]
    return join_clauses([*(["country.toml"] if before.settings != now.settings else []), *files])


def sources(material: Material) -> Made:
    """Every source that a chapter of the document cites, as it is cited, with its terms of use."""
    rows = material.pack.sources[material.pack.sources["id"].isin(material.record.sources)]
    cited = rows.assign(cited=[short_reference(row) for row in as_records(rows)])
    table = source_table(cited.sort_values("cited", key=lambda names: names.str.casefold(), kind="stable"))
    views = {"cited": View(_("Cited as"), detail="id")} | {
        name: view for name, view in table.views.items() if name != "id"
    }
    return [
        Paragraph(_grades()),
        _table(material, "sources", ReportTable(table.data, _("Sources of this document"), views)),
    ]


def origins(material: Material) -> Made:
    """Where each table and figure of the document comes from; nothing where it shows none."""
    if not material.listed:
        return []
    told = _(
        "Each table and figure is made by functions of the program, which compute it and lay it out, from tables of the country's "
        "data, whose rows name their sources. The sentences beside it are written from the same results. The sources here are "
        "those that it cites, as the list of sources calls them."
    )
    heads = (_("Table or figure"), _("Made by these functions, and from these tables"), _("Sources"))
    rows = tuple(
        _origin_row([caption for caption, _origin in same], origin)
        for origin, same in groupby(material.listed, itemgetter(1))
    )
    grid = Grid(_("Where each table and figure comes from"), tuple(Column(head, long=True) for head in heads), rows)
    return [Paragraph(told), Table("own_origins", "", grid)]  # without a number: it may stand before what it lists


def _origin_row(captions: list[str], origin: Origin) -> tuple[Cell, ...]:
    """Captions of one origin, the first and the last; its functions by room, with the tables in small below; its sources."""
    rooms = groupby((name.rpartition(".") for name in origin.functions), itemgetter(0))
    by = [f"{room}: {join_listed([function for _room, _dot, function in names])}" for room, names in rooms]
    tables = join_listed(list(origin.tables)) or _("none: assumptions of the method")
    shown = captions[0] if len(captions) == 1 else _("{first} … {last}", first=captions[0], last=captions[-1])
    return Cell(shown), Cell(join_clauses(by), "", tables), Cell(join_listed(list(origin.sources)))


def own_origin(name: str, read: Collection[str], material: Material) -> Origin:
    """Where own material comes from: the function here, tables of the pack, and for sheets of options the exhibits that they quote."""
    known = material.record.origins
    places = {"options": [place for _aspect, place, _names in SHEET], "assumptions": [ASSUMPTIONS]}.get(name, [])
    return join_origins(
        [
            *(known[place] for place in places if place in known),
            Origin((f"document.own.{name}",), tables_of(read), tuple(material.cited)),
        ]
    )


def _grades() -> str:
    return _("The kind of a source says who publishes it, and how close that is to where the figure was made.")


def _table(material: Material, anchor: str, table: ReportTable) -> Table:
    source = material.cite(table.data) if "source" in table.data else ""
    return Table(f"own_{anchor}", table.title, grid_of(table), source)  # a chapter may have the same name


OWN: dict[str, Callable[[Material], Made]] = {
    "summary": summary,
    "request": request, "acronyms": acronyms, "participants": participants, "informal": informal, "principles": principles,
    "options": options, "risks": risks, "sources": sources,
    "changes": changes, "origins": origins, "assumptions": assumptions,
}  # fmt: skip
BRIEF = {  # question of a brief: exhibits of which one answers, a sentence behind it
    "covered": (N_("Who is covered?"), ("headline",), ""),
    "left_out": (N_("Who is left out?"), ("gaps", "quintiles"), ""),
    "first": (N_("What could come first?"), ("sequence",), N_("This is a sequence, not a choice: the four guarantees are due to all.")),
    "cost": (N_("What would it cost?"), ("cost_bands",), N_("Benefit levels, take-up and administration are assumptions.")),
    "payers": (N_("Who would pay?"), ("financing_gap",), ""),
    "next": (N_("What comes next?"), ("process_picture", "skeleton", "gantt"), N_(
        "Employers, workers and the people concerned can say in the national dialogue which benefits matter most to them, and "
        "who should pay."
    )),
    "more": ("", (), N_(
        "The sources that are cited here, the method and what is uncertain stand in the strategy document of the country."
    )),
}  # fmt: skip
OWN |= {f"brief_{name}": partial(asked, question=question, exhibits=places, then=then)
        for name, (question, places, then) in BRIEF.items()}  # fmt: skip
OWN |= {f"found_{exhibit}": partial(found, exhibit=exhibit) for exhibit in ON_SLIDES}
