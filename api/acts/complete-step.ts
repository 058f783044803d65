import { z } from '@hono/zod-openapi'
import { basisOf } from '../../cases/basis.ts'
import { FreeText, StepId, common, filled } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'
import { endedText } from './said.ts'
import { refusedNow } from './refused-now.ts'

const Remark = z.strictObject({ field: z.string().max(60), text: FreeText }).openapi('Remark')

export const CompleteStep = z
  .strictObject({
    step: StepId,
    ...filled,
    basis: z.string().max(60).optional().openapi({ description: 'From the work item; required on decisions' }),
    on_behalf_of: z.string().max(60).optional().openapi({ description: 'The partner who answered by telephone' }),
    remarks: z.array(Remark).max(50).optional().openapi({ description: 'Beside fields, for whoever does it again' }),
    ...common,
  })
  .openapi('CompleteStep')

/** Ends a step with an outcome, answers and evidence. */
export const completeStep = defineAct({
  name: 'complete_step',
  operationId: 'completeStep',
  summary: {
    fr: 'Terminer une étape : résultat, réponses, pièces',
    en: 'End a step with an outcome, answers and evidence',
  },
  body: CompleteStep,
  label: { fr: 'Terminer l’étape', en: 'Complete the step' },
  said: {
    fr: (told) => `Étape terminée — ${endedText(told)}.`,
    en: (told) => `Step ended — ${endedText(told)}.`,
  },
  onArrivals: true,
  on: {
    item: {
      points: ({ work }) => ({ step: work.item }),
      label: ({ work }) =>
        work.rule.kind === 'decision'
          ? { fr: 'Décider', en: 'Decide' }
          : { fr: 'Terminer l’étape', en: 'Complete the step' },
      body: (at, loaded) => ({
        ...stepBody(at, loaded),
        ...(at.work.rule.kind === 'decision' ? { basis: basisOf(loaded.state, at.work) } : {}),
      }),
      fill({ work }) {
        const sendsBack = Object.values(work.rule.outcomes).some((one) => one.byHand && one.backTo !== undefined)
        return ['outcome', 'answers', 'evidence', ...(sendsBack ? ['remarks'] : [])]
      },
      notNow: refusedNow,
    },
  },
  make: (body, reader) => {
    const step = reader.item(body.step)
    if (body.remarks !== undefined) reader.secret(step, 'remarks', body.remarks)
    return {
      act: 'complete_step',
      step,
      basis: body.basis ?? null,
      onBehalfOf: body.on_behalf_of ?? null,
      outcome: body.outcome,
      ...reader.filled(step, body),
    }
  },
  draftOf: (body) => body,
})
