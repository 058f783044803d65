"""With the generated client only: signs in, reads the work, completes the first step of a case."""

import sys
from uuid import uuid4

from generated import AuthenticatedClient, Client
from generated.api.actions import complete_step
from generated.api.cases import get_case, open_case
from generated.api.sign_in import get_me, sign_in
from generated.api.work import get_work_item, list_work
from generated.models import Answers, CompleteStep, OpenCase, SignIn

base_url, user, secret = sys.argv[1:4]
anonymous = Client(base_url=base_url)
token = sign_in.sync(client=anonymous, body=SignIn(user=user, secret=secret, device="python")).token
client = AuthenticatedClient(base_url=base_url, token=token, timeout=60)

me = get_me.sync(client=client)
answers = Answers.from_dict({"name": "Awa Exemple", "arrived_on": me.installation.business_date.isoformat()})
opening = OpenCase(opening="ml-reception", place="senou", answers=answers)
opened = open_case.sync(client=client, body=opening, idempotency_key=str(uuid4()))
step = get_case.sync(opened.number, client=client).open_steps[0].id
work = list_work.sync(client=client, case=opened.number)
item = get_work_item.sync(step, client=client)
body = CompleteStep(
    step=step, outcome=item.form.outcomes[0].id, answers=Answers.from_dict({"priority": "none"})
)
done = complete_step.sync(opened.number, client=client, body=body, idempotency_key=str(uuid4()))
print(f"{len(work.items)} waiting; {done.status.value}: {done.text}")
