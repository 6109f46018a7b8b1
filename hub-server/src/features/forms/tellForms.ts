import { z } from 'zod';
import { formId } from '@counter-hub/shared/forms/formDefinition.ts';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { defineSignal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';
import { caseRoom } from '../cases/caseRoom.ts';
import { getCase } from '../cases/getCase.ts';
import { formReaders } from './FormReaders.ts';
import { getForm } from './getForm.ts';
import { holdsPersonalData, presentDraft } from './presentDraft.ts';

const written = defineSignal('form.written', z.strictObject({ caseId, formId, revision: z.int().min(1) }));
type Written = z.infer<typeof written.payload>;

/** Other hubs' pages hear of what was written too; the signal names the place and never what stands there. */
export function followForms(hub: HubContext): void {
	signals(hub).on(written, (change) => tellWatchers(hub, change), { own: false });
}

/**
 * Tells whoever watches the case, at every hub, that a form was written. Nothing rests on it: pages find a gap by the
 * revision, and read again when they connect.
 */
export function tellForm(hub: HubContext, change: Written): void {
	const told = [tellWatchers(hub, change), signals(hub).send(written, change)];
	Promise.all(told).catch((error: unknown) => {
		hub.logger.warn({ err: error }, 'pages learn of a written form by its next revision');
	});
}

/** Each page as its person may see it: those who write the form in clear, which is noted; the others masked. */
async function tellWatchers(hub: HubContext, { caseId, formId, revision }: Written): Promise<void> {
	const { namespace } = hubSockets(hub);
	const watching = [...(namespace.adapter.rooms.get(caseRoom(caseId)) ?? [])];
	if (watching.length === 0) return;
	const found = await getCase(hub, caseId);
	const form = await getForm(hub, found, formId);
	const after = revision - 1;
	const sockets = watching.flatMap((id) => namespace.sockets.get(id) ?? []);
	const sides = Map.groupBy(sockets, ({ data }) => may.writeForm(data.actor, found));
	const isPersonal = holdsPersonalData(form, after);
	for (const [inClear, members] of sides) {
		if (inClear && isPersonal)
			await Promise.all(members.map(({ data }) => formReaders(hub).sees(data, caseId, formId)));
		namespace.local
			.to(members.map(({ id }) => id))
			.emit('form:changed', { caseId, after, ...presentDraft(hub, form, { inClear }, after) });
	}
}
