"""A task done, with its product and its proof."""

import datetime

from django.utils.translation import gettext as _

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.records.access import WHO_FINISHES, may_finish
from thidua.apps.records.actions.facts import AlreadyThere, put_in_place
from thidua.apps.records.actions.proof import keep_proof
from thidua.apps.records.models import Task


@official_act
def finish_task(
    *, actor: Actor, task: Task, done_on: datetime.date, product: str, proof: bytes | None = None, filename: str = ""
) -> Task:
    """Write that a task is done: the day, the product, the proof. The new row supersedes the one without a result.

    Raises Refused, AlreadyThere when it is done already, CannotDo (no product, a day before the task was given, a
    proof that is no paper or is too large).
    """
    require(may_finish(actor, task), WHO_FINISHES)
    task = Task.objects.select_for_update().get(pk=task.pk)
    if task.done_on is not None:
        day = f"{task.done_on:%d/%m/%Y}"
        raise AlreadyThere(
            _("Nhiệm vụ {code} đã ghi hoàn thành ngày {day}. Nếu ghi sai thì dùng “Báo sai”.").format(
                code=task.code, day=day
            )
        )
    if not product.strip():
        raise CannotDo(_("Phải ghi sản phẩm của nhiệm vụ: số, ký hiệu văn bản hoặc kết quả cụ thể."))
    document = None if proof is None else keep_proof(actor=actor, data=proof, filename=filename)
    return put_in_place(
        actor=actor,
        fact=task,
        because=f"Báo cáo hoàn thành nhiệm vụ {task.code}",
        changes={"done_on": done_on, "product": product.strip(), "document": document},
        verb="finish_task",
    )
