from dataclasses import replace

from tellings import ontology, question_of, tell, units

from monitor.domain.claim import ClaimStatus
from monitor.domain.relation import Told
from monitor.relations.judge import judge_all
from monitor.relations.verdicts import Verdicts

A, B = tell("41.5", paper="Gazette"), tell("58.2", paper="Herald")


def test_a_pair_that_was_judged_is_remembered_whatever_its_status_became() -> None:
    question, _ = question_of(A, B)
    known = Verdicts()
    found = judge_all([A, B], question, units(), ontology(), known)
    superseded = Told(replace(A.claim, status=ClaimStatus.SUPERSEDED, question_id=question.id), A.article)
    [again] = judge_all([B, superseded], question, units(), ontology(), known)
    assert [again] == found
    assert again is found[0]


def test_a_claim_that_reads_otherwise_is_judged_anew() -> None:
    question, _ = question_of(A, B)
    known = Verdicts()
    judge_all([A, B], question, units(), ontology(), known)
    changed = Told(replace(B.claim, quantity=A.claim.quantity, evidence=A.claim.evidence), B.article)
    assert [one.kind for one in judge_all([A, changed], question, units(), ontology(), known)] == ["agrees"]


def test_only_so_many_pairs_are_remembered() -> None:
    question, _ = question_of(A, B)
    known = Verdicts(most=1)
    first = judge_all([A, B], question, units(), ontology(), known)
    judge_all([A, tell("77.7", paper="Echo")], question, units(), ontology(), known)
    [again] = judge_all([A, B], question, units(), ontology(), known)
    assert again == first[0]
    assert again is not first[0]


def test_a_claim_that_left_takes_its_relations_with_it_and_one_that_comes_is_judged_against_all() -> None:
    question, _ = question_of(A, B)
    other, known = tell("77.7", paper="Echo"), Verdicts()
    everything = judge_all([A, B, other], question, units(), ontology(), known)
    without = judge_all([A, other], question, units(), ontology(), known)
    assert without == judge_all([A, other], question, units(), ontology())
    assert len(without) < len(everything)
    assert judge_all([other, B, A], question, units(), ontology(), known) == everything
