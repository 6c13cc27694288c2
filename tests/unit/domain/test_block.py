from monitor.domain.block import CROWD, block_key, telling


def test_a_key_that_a_crowd_of_questions_shares_is_not_asked_beside_a_telling_one() -> None:
    mine, common = block_key("orsel", "yield", "open"), block_key("mill", "yield", "open")
    assert telling({mine: 1, common: CROWD + 1}) == [mine]
    assert telling({common: CROWD + 1}) == [common]


def test_a_crowd_of_one_quarter_says_nothing_of_another() -> None:
    crowded, free = block_key("mill", "yield", "2031-1"), block_key("mill", "yield", "2031-2")
    assert telling({crowded: CROWD + 1, block_key("orsel", "yield", "2031-1"): 1, free: 2}) == [
        block_key("orsel", "yield", "2031-1"),
        free,
    ]
