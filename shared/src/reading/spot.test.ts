import { describe, expect, it } from 'vitest';
import { completeCitizenId } from '../codes/citizenId.ts';
import { completeUscc } from '../codes/uscc.ts';
import type { ReadLine } from './ReadLine.ts';
import { spot, withSecondLook } from './spot.ts';

const EM = 30;
/** A line of print at a place: Chinese signs are as wide as high, others half; blanks are gaps. */
function print(text: string, { x = 0, y = 0, confidence = 0.95 } = {}): ReadLine {
	let at = x;
	return Array.from(text).flatMap((sign) => {
		const width = (sign.codePointAt(0) ?? 0) <= 0xff ? EM / 2 : EM;
		const box = { x: at, y, width, height: EM };
		at += width;
		return sign === ' ' ? [] : [{ text: sign, box, confidence }];
	});
}
const NAME = '杭州澄砚精密仪器有限公司';
const CODE = '91330100MA0000023P';
const ID = completeCitizenId('31011719900101001');
const look = (...lines: ReadLine[]) => spot(lines, { name: NAME, today: '2026-11-23' });
const texts = (...lines: ReadLine[]) => look(...lines).found.map(({ kind, text }) => `${kind} ${text}`);

describe('V13 what the lines of a paper hold', () => {
	it('finds a USCC beside its label, in groups, full-width, and says where it stands', () => {
		const { found } = look(print('统一社会信用代码 91330100 MA0000023P', { x: 100, y: 40 }));
		expect(found).toMatchObject([{ kind: 'uscc', text: CODE, sound: true, resolved: false }]);
		expect(found[0]?.box).toEqual({ x: 100 + 8 * EM + EM / 2, y: 40, width: 19 * (EM / 2), height: EM });
		expect(texts(print('９１３３０１００ＭＡ００００２３Ｐ'.padEnd(18)))).toEqual([]);
		expect(texts(print('９１３３０１００ＭＡ０００００２３Ｐ'))).toEqual([`uscc ${CODE}`]);
	});

	it('takes O for 0 where the check digit says so, and says that it did', () => {
		expect(look(print('9133O1OOMAOOOOO23P')).found).toMatchObject([
			{ text: CODE, sound: true, resolved: true },
		]);
	});

	it('takes no code of which two can be made, nor one that does not check', () => {
		const wrong = `${CODE.slice(0, 17)}${CODE.endsWith('P') ? 'R' : 'P'}`;
		const { found, doubtful } = look(print(wrong));
		expect(found).toMatchObject([{ kind: 'uscc', text: wrong, sound: false }]);
		expect(doubtful).toHaveLength(1);
	});

	it('wants a second look at a code with a sign too many, and takes it if it is sound', () => {
		const first = look(print('921330100MA0000023P'));
		expect(first).toMatchObject({ found: [], doubtful: [{ x: 0 }] });
		const second = look(print(CODE));
		expect(withSecondLook(first.found, second.found)).toEqual(second.found);
	});

	it('tells an ID number from an enterprise’s code of digits alone', () => {
		const digits = completeUscc('91110000100000000');
		expect(texts(print(`公民身份号码 ${ID}`))).toEqual([`citizenId ${ID}`]);
		expect(/^\d+$/.test(digits) ? texts(print(digits)) : [`uscc ${digits}`]).toEqual([`uscc ${digits}`]);
		expect(texts(print('账号 621226100100123456'))).toEqual([]);
	});

	it('finds dates in figures and in words, and knows the end of a validity', () => {
		expect(texts(print('成立日期 2019年03月12日'), print('二〇二四年六月十八日', { y: 90 }))).toEqual([
			'date 2019-03-12',
			'date 2024-06-18',
		]);
		const { found } = look(
			print('营业期限 2019-03-12 至 2039.3.11'),
			print('有效期至 2025年1月31日', { y: 90 }),
		);
		expect(look(print('成立日期 2019年03月12日')).found).toMatchObject([{ sense: 'day' }]);
		expect(found.map(({ text, sense }) => `${text} ${sense ?? ''}`)).toEqual([
			'2019-03-12 day',
			'2039-03-11 until',
			'2025-01-31 until',
		]);
		expect(texts(print('2024年13月40日'), print('电话 2019031213', { y: 90 }))).toEqual([]);
	});

	it('finds a mobile number', () => {
		expect(texts(print('联系电话 138 0000 0000'))).toEqual(['phone 13800000000']);
	});

	it('finds the name behind its label, whatever it is, and elsewhere only one that is like the case’s', () => {
		expect(texts(print('名 称 苏州湖光软件有限公司'))).toEqual(['name 苏州湖光软件有限公司']);
		expect(texts(print('根据杭州澄砚精密仪器有限公司章程'))).toEqual([`name ${NAME}`]);
		expect(texts(print('股东苏州湖光软件有限公司出资'))).toEqual([]);
		expect(texts(print('致上海澄砚精密仪器有限公司'))).toEqual(['name 上海澄砚精密仪器有限公司']);
		expect(texts(print('杭州澄砚精密仪器有限公司上海分公司'))).toEqual([]);
		expect(texts(print('杭州 澄砚精密仪器 有限公司'))).toEqual([`name ${NAME}`]);
		expect(texts(print('材料名称 变更登记申请书'))).toEqual([]);
	});

	it('joins what stands side by side, and nothing from other lines', () => {
		const side = [print('成立日期', { x: 0, y: 2 }), print('2019年03月12日', { x: 200, y: 0 })];
		expect(texts(...side)).toEqual(['date 2019-03-12']);
		expect(texts(print('91330100MA'), print('0000023P', { y: 60 }))).toEqual([]);
	});

	it('finds nothing on an empty page, and each text once', () => {
		expect(look()).toEqual({ found: [], doubtful: [] });
		expect(texts(print(CODE), print(CODE, { y: 90 }))).toEqual([`uscc ${CODE}`]);
	});
});
