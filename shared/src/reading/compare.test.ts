import { describe, expect, it } from 'vitest';
import { completeCitizenId } from '../codes/citizenId.ts';
import { compare, type CaseFacts } from './compare.ts';
import type { Finding, FindingKind } from './findings.ts';
import { recorded } from './recorded.ts';

const ID = completeCitizenId('31011719900101001');
const facts: CaseFacts = {
	uscc: '91330100MA0000023P',
	name: '杭州澄砚精密仪器有限公司',
	citizenId: `310117********${ID.slice(-4)}`,
	phone: '138****0000',
	today: '2026-11-23',
};
const place = { x: 0.1, y: 0.1, width: 0.2, height: 0.05 };
const finding = (kind: FindingKind, text: string, more: Partial<Finding> = {}): Finding => ({
	kind,
	text,
	place,
	confidence: 0.95,
	sound: true,
	resolved: false,
	...more,
});
const result = (kind: FindingKind, text: string, more?: Partial<Finding>) => {
	const { result: word, remark } = compare(finding(kind, text, more), facts);
	return remark ? `${word} ${remark}` : word;
};

describe('V13 what was read is held against the case', () => {
	it('a USCC: alike, another, or one that does not check', () => {
		expect(result('uscc', facts.uscc)).toBe('match');
		expect(result('uscc', '91310117MA1J00000X')).toBe('differs');
		expect(result('uscc', '91330100MA0000023R', { sound: false })).toBe('unsure checkDigit');
	});

	it('a name: blanks and brackets do not count, faint print is not held against anybody', () => {
		expect(result('name', '杭州 澄砚精密仪器 有限公司')).toBe('match');
		expect(result('name', '上海澄砚精密仪器有限公司')).toBe('differs');
		expect(result('name', '杭州澄研精密仪器有限公司', { confidence: 0.5 })).toBe('unsure faint');
	});

	it('personal numbers: only by the digits that the page knows, and never more of them', () => {
		expect(result('citizenId', ID)).toBe('match visibleDigits');
		expect(compare(finding('citizenId', ID), facts).read).toBe(facts.citizenId);
		expect(result('citizenId', completeCitizenId('31011719900101002'))).toBe('differs visibleDigits');
		expect(result('phone', '13812340000')).toBe('match visibleDigits');
		expect(result('phone', '13912340000')).toBe('differs visibleDigits');
	});

	it('dates: one that is over, or not yet', () => {
		expect(result('date', '2019-03-12', { sense: 'day' })).toBe('none');
		expect(result('date', '2027-01-01', { sense: 'day' })).toBe('differs future');
		expect(result('date', '2025-01-31', { sense: 'until' })).toBe('differs expired');
		expect(result('date', '2039-03-11', { sense: 'until' })).toBe('none');
	});

	it('a machine’s code by the USCC or the name in it', () => {
		expect(result('qr', `http://www.gsxt.gov.cn/index.html?uniscid=${facts.uscc}`)).toBe('match');
		expect(result('qr', 'http://www.gsxt.gov.cn/index.html?uniscid=91310000MA1FL00018')).toMatch(
			/^(differs|none)$/,
		);
		expect(result('qr', `https://example.cn/?n=${encodeURIComponent(facts.name)}`)).toBe('match');
		expect(result('barcode', '6901234567892')).toBe('none');
	});

	it('keeps no personal number, and of a code that says nothing of the case only the address', () => {
		expect(recorded(finding('citizenId', ID), facts, false).text).toBe(facts.citizenId);
		expect(recorded(finding('phone', '13812340000'), facts, true)).toMatchObject({
			text: '138****0000',
			result: 'misread',
		});
		expect(recorded(finding('qr', `https://a.cn/b?id=${ID}&name=何某`), facts, false).text).toBe(
			'https://a.cn/b',
		);
		expect(recorded(finding('qr', `姓名:何某;证件:${ID}`), facts, false).text).toBe('');
		expect(recorded(finding('qr', `https://a.cn/${ID}`), facts, false).text).toBe('');
	});
});
