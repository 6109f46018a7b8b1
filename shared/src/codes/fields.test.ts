import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/AppError.ts';
import { parse } from '../errors/parse.ts';
import { citizenId, phone, uscc } from './fields.ts';
import { maskCitizenId, maskName, maskPhone } from './masking.ts';

function refusal(work: () => unknown): AppError {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
	throw new Error('nothing was refused');
}

describe('fields of forms', () => {
	test('codes are trimmed and put into upper case', () => {
		expect(parse(uscc, ' 91330100ma0000023p ')).toBe('91330100MA0000023P');
		expect(parse(citizenId, '31011719000101008x')).toBe('31011719000101008X');
	});

	test('each wrong code keeps an error code of its own', () => {
		expect(refusal(() => parse(uscc, '91310117MA0000007H')).key).toBe('invalidUscc');
		expect(refusal(() => parse(citizenId, '310117190001010013')).key).toBe('invalidCitizenId');
		expect(refusal(() => parse(phone, '12345')).key).toBe('invalidPhone');
		expect(refusal(() => parse(uscc, { $ne: '' })).key).toBe('invalidInput');
	});

	test.each(['13800138000', '138 0013 8000', '021-37736000', '0571-87654321-801', '02137736000'])(
		'%s is a telephone number',
		(text) => {
			expect(parse(phone, text)).toBe(text.replaceAll(' ', ''));
		},
	);

	test.each(['12800138000', '1380013800', '37736000', '138001380001', '+8613800138000x', ''])(
		'%s is not a telephone number',
		(text) => {
			expect(refusal(() => parse(phone, text)).key).toBe('invalidPhone');
		},
	);

	test('staff see ID first 6 + last 4, telephone 3 + 4, surname', () => {
		expect(maskCitizenId('310117190001010012')).toBe('310117********0012');
		expect(maskPhone('13800138000')).toBe('138****8000');
		expect(maskName('何晓明')).toBe('何*');
	});
});
