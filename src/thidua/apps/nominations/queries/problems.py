"""What must be settled before a nomination's next step, in sentences that name the remedy."""

import datetime

from thidua.apps.councils.models import Item
from thidua.apps.councils.states import ItemState, SessionState
from thidua.apps.evaluations.queries import latest_run, ruleset_of_run
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.queries.claims import bound_achievement
from thidua.apps.nominations.queries.meetings import OVER, council_item, review_item
from thidua.apps.records.queries import grave_facts_since
from thidua.core.law.limits import use_once_titles


def unit_vote_open(nomination: Nomination) -> list[str]:
    """What is open before the unit's vote can be taken over."""
    return vote_open(nomination, review_item(nomination))


def result_open(nomination: Nomination) -> list[str]:
    """What is open before the council's result can be taken over."""
    return vote_open(nomination, council_item(nomination))


def vote_open(nomination: Nomination, item: Item | None) -> list[str]:
    """Why a vote on an item has no final result yet."""
    if item is None:
        return [f"{nomination.subject}: chưa có trong chương trình họp nào."]
    if item.session.state not in OVER:
        return [f"“{item.session}” chưa bế mạc: bế mạc cuộc họp rồi lấy kết quả."]
    if item.state != ItemState.VOTED:
        return [f"{item.label}: chưa biểu quyết; đưa vào cuộc họp sau."]
    return []


def submission_problems(nomination: Nomination) -> list[str]:
    """What is open before the unit submits: the signed minutes of its meeting, and an initiative that is still free."""
    problems = []
    item = review_item(nomination)
    if item is None or not item.passed:
        problems.append(f"{nomination.subject}: hội nghị của đơn vị chưa thông qua; đưa ra bình xét trước.")
    elif item.session.state != SessionState.MINUTED:
        problems.append(f"“{item.session}”: biên bản bình xét chưa ký; ký biên bản rồi trình.")
    if _needs_initiative(nomination) and bound_achievement(nomination) is None:
        problems.append(
            f"{nomination.subject}: không còn sáng kiến, đề tài nào chưa dùng cho danh hiệu này trong hồ sơ; "
            "bổ sung sáng kiến được công nhận, hoặc rút đề nghị."
        )
    return problems


def agenda_problems(nomination: Nomination) -> list[str]:
    """What is open before the council can have it: an appraisal that knew of every grave fact, and no hold."""
    problems = []
    appraisal = nomination.appraisals.last()
    if hold := nomination.holds.filter(released_on__isnull=True).first():
        problems.append(f"{nomination.subject} đang tạm dừng xét ({hold.article}): {hold.reason}")
    if appraisal is None:
        problems.append(f"{nomination.subject}: chưa thẩm định.")
    elif new_grave_facts([nomination], since=appraisal.at):
        problems.append(
            f"{nomination.subject}: có kỷ luật hoặc đơn thư mới ghi nhận sau lần thẩm định ngày "
            f"{appraisal.on:%d/%m/%Y}; thẩm định lại hoặc tạm dừng xét."
        )
    return problems


def new_grave_facts(nominations: list[Nomination], *, since: datetime.datetime) -> bool:
    """Whether a discipline or an open petition about one of the subjects became known after a moment."""
    people = [item.person_id for item in nominations if item.person_id]
    units = [item.unit_id for item in nominations if not item.person_id]
    return bool(grave_facts_since(since, person_ids=people, unit_ids=units))


def _needs_initiative(nomination: Nomination) -> bool:
    """Whether the title uses up an initiative; who is put forward against the finding may have none."""
    run = latest_run(nomination.campaign.year)
    against = bool(nomination.override_because)
    return run is not None and not against and nomination.title in use_once_titles(ruleset_of_run(run))
