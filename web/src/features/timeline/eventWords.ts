import type { Duty } from '@counter-hub/shared/cases/cases.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { EventDataOf, EventType } from '@counter-hub/shared/timeline/events.ts';
import type { Component } from 'svelte';

/** An event in words. `detail` is free text of a person or a second line; `tone` only for exceptions and conclusions. */
export interface EventWords {
	icon: Component<{ size?: number }>;
	title: string;
	/** The title is what a person wrote, in Chinese whatever the language of the page. */
	written?: boolean;
	detail?: string;
	tone?: 'ok' | 'warn' | 'bad' | 'accent';
}

/** Somebody who takes part in what a timeline tells. */
export interface Party {
	participantId: string;
	cityCode: CityCode;
	duty: Duty;
}
/** Who a participant is: `松江 · 收件地`. */
export type PartyName = (participantId: string) => string;

/** How a feature puts its events into words: `const events: DescribeEvents<keyof typeof sessionEvents>`. */
export type DescribeEvents<T extends EventType> = {
	readonly [K in T]: (data: EventDataOf<K>, party: PartyName) => EventWords;
};
