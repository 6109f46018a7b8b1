import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { caseOpenings } from '../../features/cases/CaseOpenings.ts';
import { personStore } from '../../features/persons/PersonStore.ts';
import type { Feature, HubContext } from '../../HubContext.ts';
import { stableId } from '../stableId.ts';
import type { ScriptedEvent } from './CaseScript.ts';
import { demoCases, numbersOf, type DemoCase } from './demoCases.ts';
import { once } from './once.ts';
import { writeStory, type StoryStep } from './writeStory.ts';

/** Writes the demo's cases through the timeline, at the times of their stories. Once: a second run finds them done. */
export async function plantCases(hub: HubContext, features: readonly Feature[]): Promise<void> {
	await once(hub, 'demo-cases', async (now) => {
		const cases = demoCases(now.getTime());
		await personStore(hub).add(
			cases.map(({ person }) => ({ ...person, demo: true })),
			now,
		);
		await caseOpenings(hub).reserve(numbersOf(cases));
		const draftsOf = (event: ScriptedEvent): readonly EventDraft[] =>
			'draft' in event
				? [event.draft]
				: features.flatMap(({ demo }) => demo?.remark?.(event.remark, event.by) ?? []);
		await writeStory(hub, cases.flatMap(stepsOf(draftsOf)));
	});
}

const stepsOf =
	(draftsOf: (event: ScriptedEvent) => readonly EventDraft[]) =>
	({ id, name, events }: DemoCase): StoryStep[] =>
		events.map((event, index) => ({
			subject: subjectOfCase(id),
			commandId: stableId(`${name}/command/${index}`),
			at: event.at,
			drafts: draftsOf(event),
		}));
