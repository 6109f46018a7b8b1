import { m } from '#paraglide/messages.js';
import type { CounterText } from './CounterForm.svelte.ts';

const NAMES: Record<CounterText, () => string> = {
	name: m.counters_name,
	centreName: m.counters_centre,
	managingBody: m.counters_body,
	managingPerson: m.counters_person,
	address: m.counters_address,
	phone: m.counters_phone,
};

export const counterFieldName = (field: CounterText): string => NAMES[field]();
