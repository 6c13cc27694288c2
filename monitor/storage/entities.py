"""Entities and their mentions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from monitor.domain.entity import Entity, Mention
from monitor.domain.ids import content_id
from monitor.domain.listed import Listed, write_cursor
from monitor.errors import NotFound
from monitor.storage.rows import PAGE, Values, chunks, differs, place_of, upsert
from monitor.storage.tables import article, entity, entity_name, mention
from monitor.storage.transactions import Transactions


class Entities:
    """The name and kind of an entity that only articles know are those most of its mentions have."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def put_mentions(self, article_id: str, mentions: Sequence[Mention]) -> None:
        """Replace the mentions of an article version; entities not yet known are added."""
        rows = [_row(article_id, place, one) for place, one in enumerate(mentions)]
        with self._transactions.writing() as connection:
            kept = select(mention).where(mention.c.article_id == article_id).order_by(mention.c.place)
            before = [dict(row) for row in connection.execute(kept).mappings()]
            if before == rows:
                return
            _introduce(connection, mentions)
            connection.execute(delete(mention).where(mention.c.article_id == article_id))
            if rows:
                connection.execute(insert(mention), rows)
            touched = {row["entity_id"] for row in before} | {one.entity_id for one in mentions}
            _settle_names(connection, touched)

    def of_article(self, article_id: str) -> list[Mention]:
        """The mentions in an article version, in the order they were found."""
        query = select(mention).where(mention.c.article_id == article_id).order_by(mention.c.place)
        with self._transactions.reading() as connection:
            return [
                Mention(row.entity_id, row.name, row.kind, row.where, row.start, row.end, row.text, row.known)
                for row in connection.execute(query)
            ]

    def list(self, limit: int, cursor: str | None = None, kind: str = "") -> Listed[Entity]:
        """Those of a kind (empty: of any) that are mentioned, most mentioned first, from a cursor on.

        QueryWrong for a foreign cursor.
        """
        after = None if cursor is None else place_of(cursor, "entities", (float, str, str))
        mentioned = [one for one in self.all() if one.mentions and (not kind or one.kind == kind)]
        ranked = [(_rank(one), one) for one in mentioned]
        page = sorted((one for one in ranked if after is None or one[0] > after), key=lambda one: one[0])
        following = write_cursor("entities", page[limit - 1][0]) if len(page) > limit else None
        return Listed(tuple(one for _, one in page[:limit]), following)

    def last_mentions(self, ids: Sequence[str]) -> dict[str, datetime]:
        """Entity id → when the newest article that mentions it was read first."""
        query = select(mention.c.entity_id, func.max(article.c.arrived)).join_from(mention, article)
        found: dict[str, datetime] = {}
        with self._transactions.reading() as connection:
            for some in chunks(ids):
                these = query.where(mention.c.entity_id.in_(some)).group_by(mention.c.entity_id)
                found.update({row[0]: row[1] for row in connection.execute(these)})
        return found

    def count_by_kind(self) -> dict[str, int]:
        """Kind → how many that are mentioned, most first."""
        count = func.count(mention.c.entity_id.distinct())
        query = select(entity.c.kind, count).join_from(mention, entity).group_by(entity.c.kind)
        with self._transactions.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query.order_by(count.desc(), entity.c.kind))}

    def all(self) -> Iterator[Entity]:
        """Every entity by id, with its aliases (given ones and the texts it was mentioned by) and count of mentions.

        An entity that came from articles alone and is no longer mentioned in any is left out.
        """
        after = ""
        while True:
            query = select(entity.c.id).where(entity.c.id > after).order_by(entity.c.id).limit(PAGE)
            with self._transactions.reading() as connection:
                ids = [row.id for row in connection.execute(query)]
                page = _load(connection, ids)
            yield from (one for one in page if one.mentions or one.origin != "article")
            if len(ids) < PAGE:
                return
            after = ids[-1]

    def get(self, entity_id: str) -> Entity:
        """The entity of this id. NotFound where there is none."""
        with self._transactions.reading() as connection:
            found = _load(connection, [entity_id])
        if not found:
            raise NotFound(f"No entity {entity_id}", why="no entity has this id", mend="Search for its name")
        return found[0]

    def by_name(self, name: str) -> Entity | None:
        """The entity of this name or alias, upper and lower case alike. A name goes before an alias."""
        with self._transactions.reading() as connection:
            ids = named(connection, name)
            found = _load(connection, ids[:1])
        return found[0] if found else None

    def merge_seed(self, entities: Sequence[Entity]) -> None:
        """Store entities of gazetteer and settings; name, kind and aliases given there go before what articles say."""
        with self._transactions.writing() as connection:
            known = {row.id: row for row in connection.execute(select(entity))}
            for one in {one.id: one for one in entities}.values():
                values = _seeded(one)
                if one.id in known and not differs(known[one.id], values):
                    continue
                upsert(connection, entity, "id", values)
                _learn_names(connection, one.id, (one.name, *one.aliases))


def named(connection: Connection, name: str) -> list[str]:
    """Ids of the entities of this name or alias; the one whose own name it is comes first."""
    query = select(entity_name.c.entity_id).where(entity_name.c.name_id == _name_id(name))
    own = content_id("ent", name.lower())
    return sorted(connection.execute(query).scalars(), key=lambda one: (one != own, one))


def _seeded(one: Entity) -> Values:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "aliases": sorted(set(one.aliases) - {one.name}),
        "origin": one.origin,
        "seeded": True,
    }


def _row(article_id: str, place: int, one: Mention) -> dict[str, object]:
    return {
        "article_id": article_id,
        "place": place,
        "entity_id": one.entity_id,
        "name": one.name,
        "kind": one.kind,
        "where": one.where,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "known": one.known,
    }


def _name_id(name: str) -> str:
    return content_id("name", name.lower())


def _introduce(connection: Connection, mentions: Iterable[Mention]) -> None:
    wanted = {one.entity_id: one for one in mentions}
    for some in chunks(sorted(wanted)):
        known = set(connection.execute(select(entity.c.id).where(entity.c.id.in_(some))).scalars())
        for entity_id in some:
            if entity_id not in known:
                one = wanted[entity_id]
                given = Entity(entity_id, one.name, one.kind)
                connection.execute(insert(entity), {**_seeded(given), "seeded": False})


def _learn_names(connection: Connection, entity_id: str, names: Iterable[str]) -> None:
    wanted = {_name_id(name) for name in names}
    mine = select(entity_name.c.name_id).where(entity_name.c.entity_id == entity_id)
    new = wanted - set(connection.execute(mine).scalars())
    if new:
        connection.execute(insert(entity_name), [{"name_id": one, "entity_id": entity_id} for one in sorted(new)])


def _settle_names(connection: Connection, entity_ids: Iterable[str]) -> None:
    """Give entities that articles brought the name and kind of most mentions, so that no order of reading matters."""
    for some in chunks(sorted(set(entity_ids))):
        query = select(
            mention.c.entity_id,
            mention.c.name,
            mention.c.kind,
            mention.c.text,
            mention.c.known,
            func.count().label("times"),
        )
        columns = query.selected_columns[:-1]
        votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        texts: dict[str, set[str]] = defaultdict(set)
        known: set[str] = set()
        for row in connection.execute(query.where(mention.c.entity_id.in_(some)).group_by(*columns)):
            votes[row.entity_id][row.name, row.kind] += row.times
            texts[row.entity_id] |= {row.name, row.text}
            if row.known:
                known.add(row.entity_id)
        for entity_id, counted in votes.items():
            _learn_names(connection, entity_id, texts[entity_id])
            (name, kind), _ = min(counted.items(), key=lambda item: (-item[1], item[0]))
            origin = "gazetteer" if entity_id in known else "article"
            told = {"name": name, "kind": kind, "origin": origin}
            mine = (entity.c.id == entity_id, entity.c.seeded.is_(False))
            connection.execute(update(entity).where(*mine).values(told))


def _load(connection: Connection, ids: Sequence[str]) -> list[Entity]:
    rows = {}
    counts: Counter[str] = Counter()
    texts: dict[str, set[str]] = defaultdict(set)
    for some in chunks(ids):
        rows.update({row.id: row for row in connection.execute(select(entity).where(entity.c.id.in_(some)))})
        said = select(mention.c.entity_id, mention.c.text, func.count().label("times")).where(
            mention.c.entity_id.in_(some)
        )
        for row in connection.execute(said.group_by(mention.c.entity_id, mention.c.text)):
            counts[row.entity_id] += row.times
            texts[row.entity_id].add(row.text)
    return [
        Entity(
            id=one,
            name=rows[one].name,
            kind=rows[one].kind,
            aliases=tuple(sorted((set(rows[one].aliases or ()) | texts[one]) - {rows[one].name})),
            origin=rows[one].origin,
            mentions=counts[one],
        )
        for one in ids
        if one in rows
    ]


def _rank(one: Entity) -> tuple[float, str, str]:
    return -one.mentions, one.name.lower(), one.id
