"""Short forms, initials and legal endings stand for the full name of the same article."""

from monitor.nlp.naming import Name, Surface, bare, fold, name_table, shortens

LEGAL = frozenset({"inc", "inc.", "co.", "plc"})


def surface(text: str, kind: str, first: int = 0) -> Surface:
    return Surface(text, first, 1, None, {kind: 1.0})


def test_a_name_is_bared_of_article_possessive_and_legal_form() -> None:
    assert bare("the Orlan Dairy Co.'s", LEGAL) == "Orlan Dairy"
    assert bare("Orlan Dairy Inc.", LEGAL) == "Orlan Dairy"
    assert bare("Co.", LEGAL) == "Co."


def test_a_first_part_shortens_a_company_and_a_surname_a_person() -> None:
    assert shortens("Orlan", "Orlan Dairy", "organisation")
    assert not shortens("Dairy", "Orlan Dairy", "organisation")
    assert shortens("Otieno", "Halima Otieno", "person")


def test_initials_shorten_with_and_without_small_words() -> None:
    assert shortens("KPA", "Kenya Ports Authority", "organisation")
    assert shortens("BOE", "Board of Eggs", "organisation")
    assert not shortens("KPX", "Kenya Ports Authority", "organisation")


def test_short_forms_share_the_longest_name() -> None:
    table = name_table([surface("Orlan", "organisation"), surface("Orlan Dairy", "organisation", 40)], {}, {})
    assert table[fold("Orlan")] == table[fold("Orlan Dairy")] == Name("Orlan Dairy", "organisation")


def test_a_place_is_no_short_form_of_an_organisation() -> None:
    toledo = Surface("Toledo", 0, 3, None, {"place": 3.0})
    table = name_table([toledo, surface("Toledo Hospital", "organisation", 40)], {}, {})
    assert table[fold("Toledo")].name == "Toledo"


def test_brackets_introduce_a_short_form() -> None:
    long, short = surface("Federal Egg Office", "organisation"), surface("FEGO", "organisation", 30)
    table = name_table([long, short], {fold("FEGO"): "Federal Egg Office"}, {})
    assert table[fold("FEGO")].name == "Federal Egg Office"


def test_a_title_uses_the_names_of_its_body() -> None:
    given = {fold("Orlan Dairy"): Name("Orlan Dairy", "organisation")}
    table = name_table([surface("Orlan", "organisation")], {}, given)
    assert table[fold("Orlan")].name == "Orlan Dairy"


def test_a_single_word_that_only_statistics_take_for_a_person_is_a_body() -> None:
    assert name_table([surface("Quillane", "person")], {}, {})[fold("Quillane")].kind == "organisation"


def test_a_surname_of_a_full_name_or_behind_a_title_is_a_person() -> None:
    table = name_table([surface("Ode Quillane", "person"), surface("Quillane", "person", 60)], {}, {})
    assert table[fold("Quillane")] == Name("Ode Quillane", "person")
    titled = Surface("Quillane", 0, 1, None, {"person": 3.0})
    assert name_table([titled], {}, {})[fold("Quillane")].kind == "person"
