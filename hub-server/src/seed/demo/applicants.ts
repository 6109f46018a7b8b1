import { cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { completeCitizenId } from '@counter-hub/shared/codes/citizenId.ts';
import { checkUscc, completeUscc } from '@counter-hub/shared/codes/uscc.ts';
import type { PersonData } from '../../features/persons/PersonStore.ts';
import type { Random } from './random.ts';

const FIRST = Array.from('澄曜拓泽岚恒锦朗翊衡沐瀚启砺钧汇嘉盛远宸');
const SECOND = Array.from('砚川石禾序宁途湖谷帆林舟辰光墨屿桥溪岭云');
const TRADES = [
	'精密仪器',
	'新材料',
	'智能装备',
	'生物科技',
	'纺织品',
	'电气',
	'软件',
	'食品',
	'供应链管理',
	'检测技术',
	'模具',
	'光电科技',
	'家居用品',
	'环保工程',
	'茶业',
	'信息技术',
];
const SURNAMES = Array.from('何林周吴郑王冯陈沈韩杨朱秦许吕张孔曹严华金魏陶姜');
const GIVEN = [
	'清',
	'晓明',
	'若言',
	'一帆',
	'亦航',
	'雨桐',
	'建国',
	'思远',
	'佳怡',
	'文博',
	'丽华',
	'志强',
	'静怡',
	'浩然',
	'雪梅',
];

/** An enterprise that does not exist, of that city, with a code whose check digits are right. */
export function fictitiousEnterprise(
	city: CityCode,
	number: number,
	random: Random,
): { name: string; uscc: string } {
	const name = `${cityOf(city).zh}${random.pick(FIRST)}${random.pick(SECOND)}${random.pick(TRADES)}有限公司`;
	return { name, uscc: usccOf(city, `MA00${String(number).padStart(4, '0')}`) };
}

/** The organisation code's own check digit is one of eleven: the one without a warning. */
function usccOf(city: CityCode, organisation: string): string {
	for (const digit of '0123456789X') {
		const code = completeUscc(`91${city}${organisation}${digit}`);
		const check = checkUscc(code);
		if (check.valid && check.warning === undefined) return code;
	}
	throw new RangeError(`no check digit for ${organisation}`);
}

/** A person who does not exist: all were born in 1900. */
export function fictitiousPerson(city: CityCode, number: number, random: Random): PersonData {
	const month = String(random.between(1, 12)).padStart(2, '0');
	const day = String(random.between(1, 28)).padStart(2, '0');
	return {
		name: random.pick(SURNAMES) + random.pick(GIVEN),
		citizenId: completeCitizenId(`${city}1900${month}${day}${String(number % 1000).padStart(3, '0')}`),
		phone: `1380000${String(number).padStart(4, '0')}`,
	};
}
