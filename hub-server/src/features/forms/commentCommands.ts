import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { placeAt } from '@counter-hub/shared/forms/fieldPaths.ts';
import { COMMENTS_MAX } from '@counter-hub/shared/forms/forms.ts';
import type { formRequests } from '@counter-hub/shared/forms/requests.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { z } from 'zod';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf, getCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import { aboutCall } from './beginForm.ts';
import { requireForm } from './definitions/formsOfItem.ts';
import { formIn, formsProjection } from './formsProjection.ts';

type Asked<K extends keyof typeof formRequests> = z.output<(typeof formRequests)[K]['payload']>;

/**
 * The permit side leaves a comment on a field, which stands until it is solved (V8).
 * @throws AppError `notAllowed`, `unknownForm`, `unknownField`, `tooManyComments`, `commandReused`
 */
export async function commentOnForm(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	{ commandId, caseId, formId, path, text }: Asked<'form:comment'>,
): Promise<void> {
	const found = await getCase(hub, caseId);
	assertMay(may.commentForm(principal.actor, found));
	const definition = await requireForm(hub, found.itemNo, formId);
	const place = path === null ? undefined : placeAt(definition, path);
	if (path !== null && !place) throw new AppError('unknownField', { params: { path } });
	const label = place?.field.label.zh ?? null;
	const data = { formId, name: definition.name.zh, commentId: commandId, path, label, text };
	const actor = caseActorOf(principal, found);
	await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { formId, path, text, by: principal.actor.staffId },
		reads: [formsProjection],
		decide: (view) => {
			const { comments } = formIn(view.state(formsProjection), formId);
			if (comments.length >= COMMENTS_MAX)
				throw new AppError('tooManyComments', { params: { most: COMMENTS_MAX } });
			return [{ type: 'form.commented', data, actor, ...aboutCall(found) }];
		},
	});
}

/**
 * Either side says that a comment is settled. Once is enough.
 * @throws AppError `notAllowed`, `unknownForm`, `unknownComment`, `commandReused`
 */
export async function solveComment(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	{ commandId, caseId, formId, commentId }: Asked<'form:solveComment'>,
): Promise<void> {
	const found = await getCase(hub, caseId);
	assertMay(may.solveFormComment(principal.actor, found));
	await requireForm(hub, found.itemNo, formId);
	const actor = caseActorOf(principal, found);
	await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { solves: commentId, by: principal.actor.staffId },
		reads: [formsProjection],
		decide: (view) => {
			const { comments } = formIn(view.state(formsProjection), formId);
			const comment = comments.find((one) => one.commentId === commentId);
			if (!comment) throw new AppError('unknownComment');
			if (comment.solvedAt !== null) return [];
			return [{ type: 'form.commentSolved', data: { formId, commentId }, actor, ...aboutCall(found) }];
		},
	});
}
