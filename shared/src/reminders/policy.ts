import type { CityCode } from '../cities/cities.ts';
import { serves, type Actor } from '../people/Actor.ts';
import type { ReminderStage } from './reminders.ts';

interface Reminded {
	readonly counterId: string;
	readonly cityCode: CityCode;
	readonly stage: ReminderStage;
}

export const reminderPolicy = {
	/** Whoever sits at the counter, and who answers for it once it is the supervisor's turn. */
	readReminder: (actor: Actor, { counterId, cityCode, stage }: Reminded) =>
		(serves(actor) && actor.counterId === counterId) ||
		(actor.role === 'supervisor' && stage === 'supervisor' && actor.cities.includes(cityCode)),
	setReminderRules: (actor: Actor, city: CityCode) =>
		actor.role === 'administrator' && actor.cities.includes(city),
} as const;
