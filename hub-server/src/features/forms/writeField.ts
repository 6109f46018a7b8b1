import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import { isPersonal, takeValue } from '@counter-hub/shared/forms/fieldKinds.ts';
import { isTable, pathOfCell, placeAt, rowsOf, type Place } from '@counter-hub/shared/forms/fieldPaths.ts';
import { takeRows } from '@counter-hub/shared/forms/tableRows.ts';
import type { formRequests } from '@counter-hub/shared/forms/requests.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { z } from 'zod';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { sessionUnderway } from '../cases/caseProjection.ts';
import { caseActorOf, getCase, type CurrentCase } from '../cases/getCase.ts';
import { beginForm } from './beginForm.ts';
import { requireForm } from './definitions/formsOfItem.ts';
import { formCipher, openValue, sealContext } from './draftValues.ts';
import type { FormDraft } from './FormDraft.model.ts';
import { formDrafts, type DraftWrite } from './FormDrafts.ts';
import { tellForm } from './tellForms.ts';

type WriteAsked = z.output<(typeof formRequests)['form:write']['payload']>;
interface Written {
	value: string;
	revision: number;
}

/** Once to begin the form, once to carry an earlier edition on, once for what comes in between. */
const TRIES = 3;

/**
 * Writes one field of a form (V8), if it still is what the writer knows. The same command again writes nothing and
 * returns the same; another field is no matter. Every page that watches the case is told.
 * @throws AppError `notAllowed`, `unknownForm`, `formEdition`, `unknownField`, `wrongFieldValue`, `personalNumber`,
 * `fieldChanged`, or `commandReused`
 */
export async function writeField(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	asked: WriteAsked,
): Promise<Written> {
	const found = await getCase(hub, asked.caseId);
	assertMay(may.writeForm(principal.actor, found));
	const definition = await requireForm(hub, found.itemNo, asked.formId);
	if (asked.version !== definition.version) throw new AppError('formEdition');
	const place = placeAt(definition, asked.path);
	if (!place) throw new AppError('unknownField', { params: { path: asked.path } });
	const value = valueFor(place, asked.value);
	for (let tries = 0; tries < TRIES; tries += 1) {
		const draft = await formDrafts(hub).find(found.id, asked.formId);
		if (!draft || draft.version < definition.version) {
			await beginForm(hub, principal, found, definition);
			continue;
		}
		const earlier = outcomeOf(hub, draft, place, asked, value);
		const written =
			earlier ?? (await write(hub, principal, found, { definition, draft, place, asked, value }));
		if (written === null) continue;
		tellForm(hub, { caseId: found.id, formId: asked.formId, revision: written });
		return { value, revision: written };
	}
	throw new AppError('fieldChanged', { params: { path: asked.path } });
}

/** @throws AppError `wrongFieldValue` or `personalNumber` */
function valueFor({ field, path }: Place, text: string): string {
	const taken = isTable(field) ? takeRows(field, text) : takeValue(field, text);
	if ('value' in taken) return taken.value;
	throw new AppError(taken.refused, { params: { path, kind: field.kind } });
}

/**
 * What can be said of a change by what stands there: the revision that it made, or that somebody else made who wrote
 * the same; null where it is to be tried.
 */
function outcomeOf(
	hub: HubContext,
	draft: FormDraft,
	place: Place,
	asked: WriteAsked,
	value: string,
): number | null {
	if (draft.version > asked.version) throw new AppError('formEdition');
	const mark = draft.writes.find(({ commandId }) => commandId === asked.commandId);
	if (mark && mark.digest !== digestOf(hub, asked, value)) throw new AppError('commandReused');
	if (mark) return mark.revision;
	const { row } = place;
	if (row && !rowsOf(openValue(hub, draft, row.table.id, draft.fields[row.table.id])).includes(row.id)) {
		throw new AppError('unknownField', { params: { path: asked.path } });
	}
	const stored = draft.fields[asked.path];
	const revision = stored?.revision ?? 0;
	if (revision === asked.basedOn) return null;
	if (openValue(hub, draft, asked.path, stored) === value) return revision;
	throw new AppError('fieldChanged', { params: { path: asked.path, revision } });
}

interface Attempt {
	readonly definition: FormDefinition;
	readonly draft: FormDraft;
	readonly place: Place;
	readonly asked: WriteAsked;
	readonly value: string;
}

/** The revision that the change made; null if somebody was faster. */
function write(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	found: CurrentCase,
	{ draft, place, asked, value }: Attempt,
): Promise<number | null> {
	const { caseId, formId, version, commandId, path, basedOn } = asked;
	const change: DraftWrite = {
		caseId,
		formId,
		version,
		commandId,
		path,
		basedOn,
		digest: digestOf(hub, asked, value),
		value: sealedWhereNeeded(hub, asked, place, value),
		row: place.row && { table: place.row.table.id, id: place.row.id },
		drops: cellsTakenOut(hub, draft, place, value),
		actor: caseActorOf(principal, found),
		staffId: principal.actor.staffId,
		sessionId: sessionUnderway(found),
		at: new Date(hub.now()),
	};
	return formDrafts(hub).write(change);
}

const digestOf = (hub: HubContext, { caseId, formId, path, basedOn }: WriteAsked, value: string): string =>
	formCipher(hub).hash(JSON.stringify([caseId, formId, path, basedOn, value]), 'formWrite');

function sealedWhereNeeded(
	hub: HubContext,
	{ caseId, formId, path }: WriteAsked,
	{ field }: Place,
	value: string,
): DraftWrite['value'] {
	if (isTable(field) || !isPersonal(field.kind)) return { text: value };
	return { sealed: formCipher(hub).seal(value, sealContext(caseId, formId, path)) };
}

/** What stands in rows that the new list of rows does not have any more goes with them. */
function cellsTakenOut(hub: HubContext, draft: FormDraft, { field, path }: Place, value: string): string[] {
	if (!isTable(field)) return [];
	const kept = rowsOf(value);
	return rowsOf(openValue(hub, draft, path, draft.fields[path]))
		.filter((row) => !kept.includes(row))
		.flatMap((row) => field.columns.map(({ id }) => pathOfCell(path, row, id)));
}
