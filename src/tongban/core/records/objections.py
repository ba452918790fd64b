"""Why a guest objects to what was recorded for it, in words (异议理由)."""

from collections.abc import Mapping

from tongban.core.records.events import ObjectionGround
from tongban.core.words import Words

OBJECTIONS: Mapping[ObjectionGround, Words] = {
    ObjectionGround.NOT_DONE: Words(zh="我方没有办过", en="we did not do this"),
    ObjectionGround.OTHERWISE_DONE: Words(
        zh="我方办的与记录不符", en="we did something else than was recorded"
    ),
    ObjectionGround.OTHER_DAY: Words(zh="办理日期不对", en="it was another day"),
    ObjectionGround.PAPER_NOT_OURS: Words(
        zh="所附文书不是我方出具", en="the paper with it is not ours"
    ),
    ObjectionGround.PAPER_MISSING: Words(
        zh="没有附原件，无法核实", en="no paper is with it, so that it cannot be checked"
    ),
}
