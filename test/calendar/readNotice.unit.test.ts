import { expect, test } from 'vitest';
import { readNotice } from '../../web/src/features/calendar/readNotice.ts';
import { datesOf, YEAR_2026 } from './year2026.ts';

/** As it is published. */
const NOTICE_2026 = `国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：

经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。

一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。

三、清明节：4月4日（周六）至6日（周一）放假，共3天。

四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。

五、端午节：6月19日（周五）至21日（周日）放假，共3天。

六、中秋节：9月25日（周五）至27日（周日）放假，共3天。

七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。

节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。

国务院办公厅
2025年11月4日`;

test('the notice of a year is read as it is published, with its number, and the day of its signature is no day off', () => {
	expect(readNotice(NOTICE_2026, 2026)).toEqual({
		year: 2026,
		daysOff: YEAR_2026.daysOff,
		workedWeekends: YEAR_2026.workedWeekends,
		source: YEAR_2026.source,
		elsewhere: [],
		doubts: [],
	});
});

test('full-width figures, dashes, 星期 and encouraged rest are understood', () => {
	const text = `元旦：１月１日放假，与周末连休。春节：2月10日—17日放假调休，共8天。2月4日（星期日）、2月18日（星期天）上班。
鼓励各单位结合带薪年休假等制度落实，安排职工在除夕2月9日休息。`;
	expect(readNotice(text, 2024)).toMatchObject({
		daysOff: ['2024-01-01', ...datesOf('2024-02-10', '2024-02-17')],
		workedWeekends: ['2024-02-04', '2024-02-18'],
		doubts: [],
	});
});

test('a holiday that crosses the turn of the year gives each year its own days, with years named or not', () => {
	for (const text of [
		'一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。',
		'一、元旦：12月31日至1月2日放假调休，共3天。',
	])
		expect(readNotice(text, 2023), text).toMatchObject({
			daysOff: ['2023-01-01', '2023-01-02'],
			elsewhere: ['2022-12-31'],
			doubts: [],
		});
	expect(readNotice('2027-01-01 至 2027-01-03 放假', 2027).daysOff).toEqual(
		datesOf('2027-01-01', '2027-01-03'),
	);
});

test('the notice of another year shows itself by its title and its weekdays', () => {
	const { year, doubts } = readNotice(NOTICE_2026, 2027);
	expect(year).toBe(2026);
	expect(doubts).toContainEqual({ kind: 'weekday', date: '2027-01-01', said: '周四' });
});

test('what cannot be read, or does not add up, is doubted and not dropped in silence', () => {
	expect(readNotice('春节：2月15日至23日放假，共8天。', 2026)).toMatchObject({
		daysOff: datesOf('2026-02-15', '2026-02-23'),
		doubts: [{ kind: 'count', said: 8, read: 9 }],
	});
	for (const text of ['2月30日放假', '1月3日至1月1日放假', '5月1日至10月1日放假', '5月4日歇业', '3日放假'])
		expect(readNotice(text, 2026), text).toMatchObject({ daysOff: [], doubts: [{ kind: 'unread', text }] });
	expect(readNotice('随便写的一段话', 2026)).toMatchObject({ daysOff: [], workedWeekends: [], doubts: [] });
});
