import { maskCitizenId, maskName, maskPhone } from '../codes/masking.ts';
import type { FieldKind } from './formDefinition.ts';

/** From this length on the two ends of a number leave enough unknown between them. */
const NUMBER_LEAST = 15;
const PHONE_LEAST = 11;
const UNFINISHED = '****';

/** What readers see of a value that belongs to a person. A number that is still being typed shows less, not all. */
export function maskValue(kind: FieldKind, value: string): string {
	if (value === '') return '';
	switch (kind) {
		case 'personName':
			return maskName(value);
		case 'phone':
			return value.length < PHONE_LEAST ? UNFINISHED : maskPhone(value);
		case 'email':
			return `${value.slice(0, 1)}***${/@[^@]*$/.exec(value)?.[0] ?? ''}`;
		default:
			return value.length < NUMBER_LEAST ? UNFINISHED : maskCitizenId(value);
	}
}
