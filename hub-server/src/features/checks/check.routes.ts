import { z } from 'zod';
import { knownCity } from '@counter-hub/shared/cities/cities.ts';
import {
	checkItemBody,
	checkList,
	checkMinimumBody,
	checkMinimumOfCity,
	checksQuery,
	nodeLoop,
	ownCheck,
	scanCode,
	windowCheck,
	windowQuery,
} from '@counter-hub/shared/checks/checks.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { checkItem, readChecks, readOwnCheck } from './checkCommands.ts';
import { setCheckMinimum, showCheckMinimum } from './checkMinimum.ts';
import { openNodeLoop } from './nodeLoop.ts';
import { newScanCode } from './scanCode.ts';

const tag = 'Checks';
const cityParams = z.strictObject({ city: knownCity });

/** The start-of-shift check 开班检查 of each window. */
export function checkRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/checks',
		operationId: 'listChecks',
		summary: 'The checks of all windows on a day',
		tag,
		guard,
		query: checksQuery,
		response: checkList,
		handler: ({ query: { date } }) => readChecks(hub, date),
	});

	hub.api.route({
		method: 'get',
		path: '/checks/own',
		operationId: 'readOwnCheck',
		summary: 'Today’s check of a window of the own counter',
		tag,
		guard,
		query: windowQuery,
		response: ownCheck,
		errors: ['notAllowed', 'unknownWindow'],
		handler: ({ actor, query: { windowId } }) => readOwnCheck(hub, actor, windowId),
	});

	hub.api.route({
		method: 'post',
		path: '/checks/items',
		operationId: 'checkItem',
		summary: 'What was found of one item at a window; the hub judges it',
		tag,
		guard,
		body: checkItemBody,
		response: windowCheck,
		errors: ['notAllowed', 'unknownWindow', 'commandReused', 'queueFull'],
		handler: ({ actor, body }) => checkItem(hub, actor, body),
	});

	hub.api.route({
		method: 'post',
		path: '/checks/node-loop',
		operationId: 'openNodeLoop',
		summary: 'A way to the own media node and one back, to measure the path',
		tag,
		guard,
		response: nodeLoop,
		errors: ['notAllowed', 'noMediaNode'],
		handler: ({ actor }) => openNodeLoop(hub, actor),
	});

	hub.api.route({
		method: 'post',
		path: '/checks/scan-code',
		operationId: 'newScanCode',
		summary: 'A code for the scanner of a window to read off the screen',
		tag,
		guard,
		response: scanCode,
		handler: newScanCode,
	});

	hub.api.route({
		method: 'get',
		path: '/cities/{city}/check-minimum',
		operationId: 'readCheckMinimum',
		summary: 'What a city asks of its devices',
		tag,
		guard,
		params: cityParams,
		response: checkMinimumOfCity,
		errors: ['unknownCity'],
		handler: ({ params: { city } }) => showCheckMinimum(hub, city),
	});

	hub.api.route({
		method: 'put',
		path: '/cities/{city}/check-minimum',
		operationId: 'setCheckMinimum',
		summary: 'An administrator decides what his city asks of its devices',
		tag,
		guard,
		params: cityParams,
		body: checkMinimumBody,
		response: checkMinimumOfCity,
		errors: ['notAllowed', 'unknownCity', 'staleVersion', 'commandReused', 'queueFull'],
		handler: ({ actor, params: { city }, body }) => setCheckMinimum(hub, actor, city, body),
	});
}
