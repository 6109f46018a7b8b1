import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { places } from '../counters/Places.ts';
import { stateOf } from '../timeline/ProjectionStore.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf } from '../timeline/types.ts';
import { rotaProjection, type Rota } from './rotaProjection.ts';

/** Which rota: of a counter, and of the week of a Monday. */
export interface RotaPlace {
	readonly counterId: string;
	readonly monday: string;
}

/** The id of a rota's timeline; a counter's id holds no `~`. */
const idOfRota = ({ counterId, monday }: RotaPlace): string => `${counterId}~${monday}`;
export const subjectOfRota = (place: RotaPlace): string => `rota:${idOfRota(place)}`;

export function placeOfRota(subject: string): RotaPlace {
	const [counterId = '', monday = ''] = idOf(subject).split('~');
	return { counterId, monday };
}

/** The rota with everything that was acknowledged; undefined while nothing was planned. */
export const readRota = (hub: HubContext, place: RotaPlace): Promise<Rota | undefined> =>
	timeline(hub).state(rotaProjection, idOfRota(place));

/** Several of them, in the same order: the lists, and where one is behind its timeline the timeline. */
export async function readRotas(hub: HubContext, asked: readonly RotaPlace[]): Promise<(Rota | undefined)[]> {
	const [listed, heads] = await Promise.all([
		timeline(hub).projections.documents(rotaProjection, asked.map(idOfRota)),
		timeline(hub).heads(asked.map(subjectOfRota)),
	]);
	const documents = new Map(listed.map((document) => [document._id, document]));
	return Promise.all(
		asked.map(async (place) => {
			const head = heads.get(subjectOfRota(place));
			const document = documents.get(idOfRota(place));
			if (head === undefined) return undefined;
			return document && document.seq >= head ? stateOf(document) : readRota(hub, place);
		}),
	);
}

/** @throws AppError `notFound` */
export async function requireCounter(hub: HubContext, counterId: string): Promise<CounterView> {
	const counter = await places(hub).counter(counterId);
	if (!counter) throw new AppError('notFound');
	return counter;
}
