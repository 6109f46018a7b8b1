import { describe, expect, test } from 'vitest';
import { fileName, fittingFileName } from '@counter-hub/shared/files/fileName.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import { ODD_NUMBERS } from '../platform/oddNumbers.ts';

describe('V9 names of files', () => {
	test.each([
		['  章程  修正案.pdf ', '章程 修正案.pdf'],
		['../../etc/passwd', 'etcpasswd'],
		['C:\\Users\\clerk\\决议.pdf', 'CUsersclerk决议.pdf'],
		['决议\u202efdp.exe', '决议fdp.exe'],
		['a\u0000b\nc\u200b.png', 'abc.png'],
		['.htaccess', 'htaccess'],
		['买买提·艾力 𠮷某.jpg', '买买提·艾力 𠮷某.jpg'],
		['e\u0301.pdf', '\u00e9.pdf'],
	])('%j is shown as %j', (given, shown) => {
		expect(parse(fileName, given)).toBe(shown);
	});

	test.each([
		['', '…', 'REQ-1001'],
		[' ./ ', '', 'REQ-1001'],
		['\u200b', '', 'REQ-1001'],
		['长'.repeat(121), '', 'REQ-1001'],
		['half \ud83d', '', 'REQ-1001'],
	])('%j is none', (given, _shown, code) => {
		expect(() => parse(fileName, given)).toThrow(expect.objectContaining({ code }));
	});

	test.each(ODD_NUMBERS.filter((number) => !number.includes('/')))(
		'F10 %s may not stand in one',
		(number) => {
			expect(() => parse(fileName, `何某 ${number} 身份证.pdf`)).toThrow(
				expect.objectContaining({ code: 'FORM-1105' }),
			);
		},
	);

	test('one that is too long keeps its ending', () => {
		expect(fittingFileName('短.pdf')).toBe('短.pdf');
		const long = fittingFileName(`${'长'.repeat(200)}.pdf`);
		expect(Array.from(long)).toHaveLength(120);
		expect(long.endsWith('长.pdf')).toBe(true);
		expect(Array.from(fittingFileName('𠮷'.repeat(300)))).toHaveLength(120);
	});
});
