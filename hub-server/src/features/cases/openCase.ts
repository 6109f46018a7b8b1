import type { OpenCaseBody } from '@counter-hub/shared/cases/cases.ts';
import { checkUscc } from '@counter-hub/shared/codes/uscc.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { places } from '../counters/Places.ts';
import { personStore } from '../persons/PersonStore.ts';
import { timeline } from '../timeline/timeline.ts';
import { caseOpenings } from './CaseOpenings.ts';
import { caseProjection } from './caseProjection.ts';
import { caseActorOf } from './getCase.ts';

/**
 * Opens a case at the clerk's counter (S6.3.2): claims ids and number for the command, puts the person into the
 * protected store, then appends `case.opened`. Each step may be repeated, so a retry completes what a crash left.
 * @returns the id of the case
 * @throws AppError `unknownItem`, `guidanceOnly`, `unknownCounter`, `sameCity`, `commandReused`
 */
export async function openCase(hub: HubContext, principal: Principal, body: OpenCaseBody): Promise<string> {
	const { actor } = principal;
	const { commandId, ...content } = body;
	const command = { commandId, staffId: actor.staffId, digest: personStore(hub).digest(content) };
	assertMay(may.openCase(actor));
	// A repeat is answered as the first time was, whatever has become of catalogue and counters since.
	const earlier = await caseOpenings(hub).earlier(command);
	if (earlier && (await timeline(hub).state(caseProjection, earlier.caseId))) return earlier.caseId;
	const [item, permit, origin] = await Promise.all([
		catalogue(hub).require(body.itemNo),
		places(hub).requireCounter(body.permitCounterId),
		places(hub).requireCounter(actor.counterId ?? ''),
	]);
	if (item.guidanceOnly) throw new AppError('guidanceOnly');
	if (permit.cityCode === origin.cityCode) throw new AppError('sameCity');
	const now = new Date(hub.now());
	const opening = await caseOpenings(hub).claim(command, origin.cityCode, now);
	await personStore(hub).add([{ ...body.person, id: opening.personId, demo: false }], now);
	const check = checkUscc(body.enterprise.uscc);
	const data = {
		caseNo: opening.caseNo,
		itemNo: item.no,
		enterpriseName: body.enterprise.name,
		uscc: body.enterprise.uscc,
		usccWarning: check.valid && check.warning !== undefined,
		personId: opening.personId,
		originCity: origin.cityCode,
		originCounterId: origin.id,
		permitCity: permit.cityCode,
		permitCounterId: permit.id,
		demo: false,
	};
	const subject = subjectOfCase(opening.caseId);
	await timeline(hub).append({
		subject,
		commandId,
		decide: ({ seq }) =>
			seq > 0 ? [] : [{ type: 'case.opened', data, actor: caseActorOf(principal, data) }],
	});
	// The list that the page shows next holds it.
	await timeline(hub).flushProjections([subject]);
	return opening.caseId;
}
