"""Where what a notebook shows comes from: functions, tables of the pack and sources, followed from statement to statement."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from nasssap_lib.pack.schema import TABLES

LIBRARY = "nasssap_lib."
NAMES = [table.name for table in TABLES]
SOURCES = "sources"


@dataclass(frozen=True)
class Origin:
    """What made an exhibit or a sentence.

    functions : as "coverage.gap_table", in the order in which they work · tables : of the pack, that they read · sources : ids, that they
    cite
    """

    functions: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass
class Trail:
    """What the names of a notebook were made of.

    made : by name; functions are those of the statement that gave it its value · whole : with the functions of what that was made of
    """

    made: dict[str, Origin] = field(default_factory=dict)
    whole: dict[str, Origin] = field(default_factory=dict)

    def follow(
        self, statement: ast.stmt, rooms: Mapping[str, str], read: Collection[str], cited: Iterable[str]
    ) -> Origin:
        """The origin of what a statement that was executed shows, says or gives a name to.

        Parameters
        ----------
        statement : one of :func:`statements_of`
        rooms : result of :func:`rooms_of`
        read : parts of the pack that were read meanwhile
        cited : sources that were cited meanwhile

        Examples
        --------
        >>> first, second = statements_of("gaps = coverage.gaps(pack)\\nchapter.show('gaps', coverage.gap_table(gaps))")
        >>> trail, rooms = Trail(), {"coverage": "coverage"}
        >>> made = trail.follow(first, rooms, {"facts"}, [])
        >>> trail.follow(second, rooms, {"settings"}, ["ILO"])
        Origin(functions=('coverage.gaps', 'coverage.gap_table'), tables=('indicators',), sources=('ILO',))
        """
        node = shown_part(statement)
        parts = [self.made[name] for name in names_read(node) if name in self.made]
        if isinstance(node, ast.Name):  # what makes a picture is not yet what computed it
            parts = [self.whole[node.id]] if node.id in self.whole else []
        own = calls_of(node, rooms)
        whole = join_origins([*parts, Origin(own, tables_of(read), tuple(cited))])
        for name in names_given(statement):
            self.whole[name], self.made[name] = whole, replace(whole, functions=own)
        return whole


def join_origins(origins: Iterable[Origin]) -> Origin:
    """Several origins as one.

    Examples
    --------
    >>> join_origins([Origin(("costing.bands",), ("measures",)), Origin(("costing.bands",), ("measures", "schemes"))])
    Origin(functions=('costing.bands',), tables=('schemes', 'measures'), sources=())
    """
    origins = list(origins)
    functions, tables, sources = (
        dict.fromkeys(one for origin in origins for one in getattr(origin, name))
        for name in Origin.__dataclass_fields__
    )
    if len(tables) > 1:  # wherever figures are cited or of several editions, the sources are read too
        tables.pop(SOURCES, None)
    return Origin(tuple(functions), tuple(sorted(tables, key=NAMES.index)), tuple(sources))


def tables_of(read: Collection[str]) -> tuple[str, ...]:
    """The tables among parts of a pack, as their files are called.

    Examples
    --------
    >>> tables_of({"facts", "settings", "measures"})
    ('indicators', 'measures')
    """
    return tuple(table.name for table in TABLES if table.attribute in read)


def rooms_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The rooms of the library that a namespace has imported: the name they have there, and their own."""
    modules = {name: thing.__name__ for name, thing in values.items() if isinstance(thing, ModuleType)}
    return {name: own.removeprefix(LIBRARY) for name, own in modules.items() if own.startswith(LIBRARY)}


def statements_of(source: str) -> Iterator[ast.stmt]:
    """The statements of a cell; one that gives several names their values is one for each, where none needs another.

    Examples
    --------
    >>> [len(list(statements_of(text))) for text in ("a, b = f(x), g(x)", "c, d = d, c", "e, f = g(x)")]
    [2, 1, 1]
    """
    for statement in ast.parse(source).body:
        match statement:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(
                values
            ) and not set(names_given(statement)) & set(names_read(statement)):
                for name, value in zip(names, values, strict=True):
                    yield ast.copy_location(ast.Assign([name], value), statement)
            case _:
                yield statement


def shown_part(statement: ast.stmt) -> ast.AST:
    """What of a statement is the exhibit: the second argument of ``show``; else the statement itself."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(attr="show"), [_, thing, *_])):
            return thing
    return statement


def names_read(node: ast.AST) -> list[str]:
    """Names whose values are read, each once."""
    return list(dict.fromkeys(name.id for name in _names(node) if isinstance(name.ctx, ast.Load)))


def names_given(node: ast.AST) -> list[str]:
    """Names that get a value."""
    return [name.id for name in _names(node) if isinstance(name.ctx, ast.Store)]


def _names(node: ast.AST) -> Iterator[ast.Name]:
    return (part for part in ast.walk(node) if isinstance(part, ast.Name))


def calls_of(node: ast.AST, rooms: Mapping[str, str]) -> tuple[str, ...]:
    """The functions of rooms that are called, those first whose result others are given.

    Examples
    --------
    >>> calls_of(ast.parse("needs.table(needs.by_group(pack), 3)"), {"needs": "needs"})
    ('needs.by_group', 'needs.table')
    """
    found = [name for child in ast.iter_child_nodes(node) for name in calls_of(child, rooms)]
    match node:
        case ast.Call(ast.Attribute(ast.Name(room), function)) if room in rooms:
            found.append(f"{rooms[room]}.{function}")
    return tuple(dict.fromkeys(found))
